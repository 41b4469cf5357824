import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

/** A request as it goes over the wire, hostile or not. */
export interface RawRequest {
  readonly method?: string;
  readonly path?: string;
  /** Undefined leaves one out that is otherwise sent. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly body?: string | Buffer;
}

export interface RawAnswer {
  readonly status: string;
  /** Lower-case names, sorted; without `date`. */
  readonly headers: readonly string[];
  readonly body: string;
}

/** Sends a request over a connection of its own. `chunked` does not say how long the body is. */
export async function exchange(url: string, request: RawRequest, chunked = false): Promise<RawAnswer> {
  const { port, host } = new URL(url);
  const { method = 'POST', path = '/graphql', body = '' } = request;
  const bytes = Buffer.from(body);
  const length = chunked
    ? { 'transfer-encoding': 'chunked' }
    : { 'content-length': request.headers?.['content-length'] ?? String(bytes.length) };
  const headers = {
    host,
    'content-type': 'application/json',
    ...request.headers,
    'content-length': undefined,
    ...length,
    connection: 'close',
  };
  const lines = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : `${name}: ${value}`,
  );
  const socket = connect(Number(port), '127.0.0.1');
  socket.write(`${[`${method} ${path} HTTP/1.1`, ...lines].join('\r\n')}\r\n\r\n`, 'latin1');
  if (!chunked) socket.write(bytes);
  else if (bytes.length > 0) {
    socket.write(`${bytes.length.toString(16)}\r\n`);
    socket.write(bytes);
    socket.write('\r\n0\r\n\r\n');
  } else socket.write('0\r\n\r\n');
  const answer = await text(socket);
  const [head = '', ...rest] = answer.split('\r\n\r\n');
  const [status = '', ...given] = head.split('\r\n');
  const sorted = given
    .map((line) => line.replace(/^[^:]+/, (name) => name.toLowerCase()))
    .filter((line) => !line.startsWith('date:'))
    .sort();
  return { status, headers: sorted, body: rest.join('\r\n\r\n') };
}
