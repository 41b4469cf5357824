import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';

const WITHOUT_BODY = ['GET', 'HEAD', 'OPTIONS'];

/**
 * A request of Node's server as the web's own. Its body is read as it comes, and a caller who hangs up in the middle
 * ends it with an error. The host in it says nothing: whoever asks could have written any.
 */
export function toWebRequest(
  message: IncomingMessage,
  url: string,
  headers: Readonly<Record<string, string | string[] | undefined>> = message.headers,
): Request {
  const { method = 'GET' } = message;
  const plain = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined || name.startsWith(':') ? [] : [[name, String(value)] as [string, string]],
  );
  const body = WITHOUT_BODY.includes(method) ? null : (Readable.toWeb(message) as ReadableStream);
  const init: RequestInit & { duplex: 'half' } = { method, headers: plain, body, duplex: 'half' };
  return new Request(new URL(url, 'http://samspill.internal'), init);
}
