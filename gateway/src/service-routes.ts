import { routePrefix, toWebRequest } from '@samspill/subgraph/protocol';
import type { FastifyInstance } from 'fastify';
import { type RequestScope, requestScope } from './request-scope.js';

/** Hands a request on to a service, and its answer back. */
export type RouteHandler = (request: Request, scope: RequestScope) => Promise<Response>;

/**
 * The client's headers that a service gets to see at its routes: what they are about, and how an upload goes on.
 * Who asks is said by the gateway, as for GraphQL.
 */
const FORWARDED = [
  'accept',
  'content-length',
  'content-type',
  'if-modified-since',
  'if-none-match',
  'range',
  'tus-resumable',
  'upload-checksum',
  'upload-length',
  'upload-offset',
] as const;

/** The paths of routes, as Fastify names them. */
export const routePaths = (services: readonly string[]): string[] =>
  services.map((service) => `${routePrefix(service)}*`);

/**
 * What services answer beside GraphQL, at `/<service>/…`: documents, calendars, pages to print. Bodies go through
 * as they come, in both directions; the service says how much it takes.
 */
export function useServiceRoutes(
  app: FastifyInstance,
  handlers: Readonly<Record<string, RouteHandler>>,
): void {
  void app.register(async (routes) => {
    routes.removeAllContentTypeParsers();
    routes.addContentTypeParser('*', (_request, _payload, done) => done(null));
    for (const [service, handle] of Object.entries(handlers)) {
      routes.all(`${routePrefix(service)}*`, async (request, reply) => {
        const scope = requestScope(request.headers as Record<string, string>, request.id, request.identity);
        const known = FORWARDED.map((name) => [name, request.headers[name]]);
        const headers = { ...Object.fromEntries(known), ...scope.forwarded };
        return reply.send(await handle(toWebRequest(request.raw, request.url, headers), scope));
      });
    }
  });
}
