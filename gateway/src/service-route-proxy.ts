import { Readable } from 'node:stream';
import type { ReadableStream as NodeStream } from 'node:stream/web';
import { ASSERTION_HEADER, type Identity } from '@samspill/identity';
import type { Logger } from 'pino';
import { Pool } from 'undici';
import { Refusal } from './refusals.js';
import type { RouteHandler } from './service-routes.js';
import { ServiceUnavailable } from './service-unavailable.js';

export interface ServiceRouteProxyOptions {
  readonly name: string;
  /** Where the service answers GraphQL; its routes are beside it. */
  readonly url: string;
  /** How long a service may be silent, in milliseconds. */
  readonly timeout: number;
  readonly log: Logger;
  /** Our word about who asks, for this call: its method and its path. The body may be a large file on its way. */
  readonly sign: (identity: Identity, call: string) => string;
}

/** What a connection is about and not what goes through it. */
const HOP_BY_HOP = ['connection', 'keep-alive', 'transfer-encoding'];

/** Calls the routes of a service in another process. */
export function serviceRouteProxy(options: ServiceRouteProxyOptions): RouteHandler & AsyncDisposable {
  const { name, timeout, sign } = options;
  const pool = new Pool(new URL(options.url).origin, { connections: 32, headersTimeout: timeout });
  const handle: RouteHandler = async (request, scope) => {
    const { pathname, search } = new URL(request.url);
    const path = pathname + search;
    try {
      const response = await pool.request({
        path,
        method: request.method as 'GET',
        headers: {
          ...Object.fromEntries(request.headers),
          [ASSERTION_HEADER]: sign(scope.identity, `${request.method} ${path}`),
        },
        body: request.body && Readable.fromWeb(request.body as NodeStream),
      });
      const headers = new Headers();
      for (const [header, value] of Object.entries(response.headers)) {
        if (value !== undefined && !HOP_BY_HOP.includes(header)) headers.set(header, String(value));
      }
      const { statusCode: status } = response;
      const isEmpty = request.method === 'HEAD' || status === 204 || status === 304;
      if (isEmpty) await response.body.dump();
      return new Response(isEmpty ? null : (Readable.toWeb(response.body) as ReadableStream), {
        status,
        headers,
      });
    } catch (cause) {
      options.log.error({ err: cause, requestId: scope.requestId }, 'A service did not answer at its routes');
      const { code, messages } = new ServiceUnavailable({ service: name, operation: 'query', cause });
      throw new Refusal(503, code, messages);
    }
  };
  return Object.assign(handle, { [Symbol.asyncDispose]: () => pool.close() });
}
