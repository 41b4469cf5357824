/** An HTTP/1.1 message that has arrived as a whole. */
export interface HttpMessage {
  /** The first line and the headers. */
  readonly head: string;
  readonly body: Buffer;
  /** How many bytes it took. */
  readonly length: number;
}

const END_OF_HEAD = Buffer.from('\r\n\r\n');

/**
 * The first message in what has arrived, or null as long as it is not complete. Just enough of the protocol for two
 * sides that know each other: a parser for the whole of it would cost as much as a fast gateway.
 */
export function firstMessage(received: Buffer): HttpMessage | null {
  const endOfHead = received.indexOf(END_OF_HEAD);
  if (endOfHead < 0) return null;
  const head = received.toString('latin1', 0, endOfHead);
  const start = endOfHead + END_OF_HEAD.length;
  const [, stated] = /\r\ncontent-length: *(\d+)/i.exec(head) ?? [];
  if (stated !== undefined) {
    const end = start + Number(stated);
    return received.length < end ? null : { head, body: received.subarray(start, end), length: end };
  }
  if (/\r\ntransfer-encoding: *chunked/i.test(head)) return chunked(received, head, start);
  if (head.startsWith('GET ')) return { head, body: Buffer.alloc(0), length: start };
  throw new Error(`A message without a length: ${head}`);
}

function chunked(received: Buffer, head: string, start: number): HttpMessage | null {
  const chunks: Buffer[] = [];
  for (let at = start; ; ) {
    const endOfLine = received.indexOf('\r\n', at);
    if (endOfLine < 0) return null;
    const size = Number.parseInt(received.toString('latin1', at, endOfLine), 16);
    if (Number.isNaN(size)) throw new Error(`A chunk without a size: ${head}`);
    const begin = endOfLine + 2;
    // Two bytes more for the end of the line behind it.
    const end = begin + size + 2;
    if (received.length < end) return null;
    if (size === 0) return { head, body: Buffer.concat(chunks), length: end };
    chunks.push(received.subarray(begin, end - 2));
    at = end;
  }
}
