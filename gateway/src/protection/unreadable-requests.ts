import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { inLanguage, type Messages } from '@samspill/subgraph/protocol';
import type { Logger } from 'pino';

const STATUS: Record<string, [status: number, messages: Messages]> = {
  ERR_HTTP_REQUEST_TIMEOUT: [
    408,
    {
      nb: 'Forespørselen kom ikke frem i tide. Prøv igjen.',
      nn: 'Førespurnaden kom ikkje fram i tide. Prøv igjen.',
      en: 'The request did not arrive in time. Try again.',
    },
  ],
  HPE_HEADER_OVERFLOW: [
    431,
    {
      nb: 'Hodet i forespørselen er for stort; grensen er 16 kB. Er tokenet for stort, så be utstederen om et mindre.',
      nn: 'Hovudet i førespurnaden er for stort; grensa er 16 kB. Er tokenet for stort, så be utferdaren om eit mindre.',
      en: 'The headers of the request are too large; the limit is 16 kB. If it is the token, ask its issuer for a smaller one.',
    },
  ],
};

const NOT_HTTP: Messages = {
  nb: 'Dette er ikke en HTTP-forespørsel som kan leses.',
  nn: 'Dette er ikkje ein HTTP-førespurnad som kan lesast.',
  en: 'This is no HTTP request that can be read.',
};

/**
 * Answers what Node cannot read as a request, in GraphQL's manner though the reader's language is not known.
 * The error itself is not logged: it holds the first bytes that came, token and all.
 */
export function unreadableRequests(log: Logger) {
  return (error: Error & { code?: string }, socket: Socket): void => {
    if (error.code === 'ECONNRESET' || socket.destroyed) return;
    const [status, messages] = STATUS[error.code ?? ''] ?? [400, NOT_HTTP];
    log.debug({ code: error.code }, 'A request could not be read');
    const body = JSON.stringify({
      errors: [{ message: inLanguage(messages, 'nb'), extensions: { code: 'BAD_USER_INPUT' } }],
    });
    if (socket.writable) {
      socket.write(
        `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
      );
    }
    socket.destroySoon();
  };
}
