/** What a service answered over HTTP. */
export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
}

/** A service that sends what is no answer by RFC 9112. Nothing can be told of where the next one would begin. */
export class UnreadableAnswer extends Error {
  override readonly name = 'UnreadableAnswer';
}

/** More than any server sends as headers; Node's own limit for what it receives is 16 kB. */
const LARGEST_HEAD = 64 * 1024;
/** The size of a chunk with all that may stand behind it, or a trailer. */
const LARGEST_LINE = 8 * 1024;

const NOTHING = Buffer.alloc(0);

type Expected =
  | 'head'
  // Bytes,
  | 'body'
  | 'chunk'
  | 'end of connection'
  // and lines.
  | 'size of chunk'
  | 'end of chunk'
  | 'trailer';

/** Reads the answers of one connection, one after the other, from pieces of any size (RFC 9112 §6.3). */
export class AnswerReader {
  #expected: Expected = 'head';
  /** What came of a line that is not at its end. */
  #pending: Buffer = NOTHING;
  #status = 0;
  /** How many bytes of the body, or of its chunk, are still to come. */
  #left = 0;
  #parts: Buffer[] = [];
  #isReusable = true;
  #idleSeconds: number | undefined;

  /** Whether another answer can come on the connection after this one. */
  get isReusable(): boolean {
    return this.#isReusable;
  }

  /** How long the service keeps an idle connection, if it said so. */
  get idleSeconds(): number | undefined {
    return this.#idleSeconds;
  }

  /** Whether anything of an answer has come. */
  get hasBegun(): boolean {
    return this.#expected !== 'head' || this.#pending.length > 0;
  }

  /**
   * The answer, once its last byte is there.
   * @throws UnreadableAnswer
   */
  read(bytes: Buffer): HttpAnswer | undefined {
    let rest = this.#pending.length === 0 ? bytes : Buffer.concat([this.#pending, bytes]);
    this.#pending = NOTHING;
    for (;;) {
      switch (this.#expected as Expected) {
        case 'head': {
          const end = rest.indexOf('\r\n\r\n');
          if (end < 0) return this.#waitFor(rest, LARGEST_HEAD);
          this.#readHead(rest.toString('latin1', 0, end));
          rest = rest.subarray(end + 4);
          break;
        }
        case 'body':
        case 'chunk':
        case 'end of connection': {
          const part = rest.subarray(0, this.#left);
          this.#left -= part.length;
          rest = rest.subarray(part.length);
          if (part.length > 0) this.#parts.push(part);
          if (this.#left > 0) return undefined;
          if (this.#expected === 'body') return this.#complete(rest);
          this.#expected = 'end of chunk';
          break;
        }
        default: {
          const end = rest.indexOf('\r\n');
          if (end < 0) return this.#waitFor(rest, LARGEST_LINE);
          const line = rest.toString('latin1', 0, end);
          rest = rest.subarray(end + 2);
          if (this.#expected === 'size of chunk') this.#readSize(line);
          else if (line === '' && this.#expected === 'trailer') return this.#complete(rest);
          else if (this.#expected === 'end of chunk') this.#endChunk(line);
        }
      }
    }
  }

  /** The answer that ends with its connection, if it is one. */
  end(): HttpAnswer | undefined {
    return this.#expected === 'end of connection' ? this.#complete(NOTHING) : undefined;
  }

  #waitFor(rest: Buffer, limit: number): undefined {
    if (rest.length > limit) throw new UnreadableAnswer('A line or a head of an answer is too long');
    this.#pending = rest;
  }

  #readHead(head: string): void {
    const [first = '', ...lines] = head.split('\r\n');
    const [, version, status] = /^HTTP\/1\.([01]) (\d{3})(?: |$)/.exec(first) ?? [];
    if (status === undefined) throw new UnreadableAnswer('An answer does not begin as one of HTTP/1.1');
    this.#status = Number(status);
    if (this.#status === 101) throw new UnreadableAnswer('An answer changes the protocol');
    // Others may come before the answer (RFC 9110 §15.2).
    if (this.#status < 200) return;
    this.#isReusable = version === '1';
    this.#idleSeconds = undefined;
    let length: string | undefined;
    let isChunked = false;
    for (const line of lines) {
      const colon = line.indexOf(':');
      const value = () => line.slice(colon + 1).trim();
      switch (line.slice(0, colon).toLowerCase()) {
        case 'content-length':
          // Two that differ are how answers are smuggled past a reader (RFC 9112 §6.3).
          if (length !== undefined && length !== value())
            throw new UnreadableAnswer('An answer has two lengths');
          length = value();
          break;
        case 'transfer-encoding':
          if (value().toLowerCase() !== 'chunked')
            throw new UnreadableAnswer('An answer is in an unknown encoding');
          isChunked = true;
          break;
        case 'connection':
          if (/(^|,)\s*close\s*(,|$)/i.test(value())) this.#isReusable = false;
          break;
        case 'keep-alive':
          this.#idleSeconds = Number(/\btimeout=(\d{1,6})\b/i.exec(value())?.[1] ?? NaN) || undefined;
          break;
      }
    }
    this.#expectBody(isChunked, length);
  }

  #expectBody(isChunked: boolean, length: string | undefined): void {
    if (this.#status === 204 || this.#status === 304) {
      this.#left = 0;
      this.#expected = 'body';
    } else if (isChunked) {
      // Encoding goes before length, and who sends both is not to be relied on for what follows.
      if (length !== undefined) this.#isReusable = false;
      this.#expected = 'size of chunk';
    } else if (length === undefined) {
      this.#isReusable = false;
      this.#left = Number.POSITIVE_INFINITY;
      this.#expected = 'end of connection';
    } else {
      if (!/^\d{1,15}$/.test(length)) throw new UnreadableAnswer('The length of an answer is no number');
      this.#left = Number(length);
      this.#expected = 'body';
    }
  }

  #readSize(line: string): void {
    const size = /^([\da-f]{1,8})[ \t]*(?:;|$)/i.exec(line)?.[1];
    if (size === undefined) throw new UnreadableAnswer('A chunk of an answer does not say its size');
    this.#left = Number.parseInt(size, 16);
    this.#expected = this.#left === 0 ? 'trailer' : 'chunk';
  }

  #endChunk(line: string): void {
    if (line !== '') throw new UnreadableAnswer('A chunk of an answer is longer than it says');
    this.#expected = 'size of chunk';
  }

  #complete(rest: Buffer): HttpAnswer {
    // Nobody has asked for more.
    if (rest.length > 0) this.#isReusable = false;
    const [first = NOTHING] = this.#parts;
    const body = (this.#parts.length > 1 ? Buffer.concat(this.#parts) : first).toString();
    this.#parts = [];
    this.#expected = 'head';
    return { status: this.#status, body };
  }
}
