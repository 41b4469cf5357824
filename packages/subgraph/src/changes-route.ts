import { type Identity, scopes } from '@samspill/identity';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Service } from './service.js';

/** Where a service tells the gateway what its data is at. Beside `/graphql`, and below no prefix that leads outside. */
export const CHANGES_PATH = '/changes';

/**
 * How often it is told when nothing happens, in milliseconds. Whoever has heard nothing for some of these knows that
 * the line is dead, also where nobody has hung up.
 */
export const CHANGES_BEAT = 1_000;

/** What may wait for a reader who does not read, in bytes; then the line is cut, and they begin anew. */
const MOST_WAITING = 64 * 1024;

/**
 * A stream of lines, each a JSON object with the generation that the service's data is at: at once, whenever it has
 * changed, and every second. Null when the service itself does not know.
 */
export function useChangesRoute(
  app: FastifyInstance,
  service: Pick<Service, 'followChanges'>,
  identityOf: (request: FastifyRequest) => Identity | undefined,
): void {
  const ends = new Set<() => void>();
  app.get(CHANGES_PATH, (request, reply) => {
    const identity = identityOf(request);
    // Nothing secret is told. But every reader holds a connection, and only gateways have a reason to.
    if (identity?.kind !== 'SERVICE' || !identity.scopes.includes(scopes.followChanges)) {
      return reply.code(403).send();
    }
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' });
    let generation: string | null = null;
    const tell = () => {
      if (raw.writableLength > MOST_WAITING) raw.destroy();
      else raw.write(`${JSON.stringify({ generation })}\n`);
    };
    const stop = service.followChanges((now) => {
      generation = now;
      tell();
    });
    const beat = setInterval(tell, CHANGES_BEAT);
    const end = () => raw.end();
    ends.add(end);
    raw.on('close', () => {
      clearInterval(beat);
      stop();
      ends.delete(end);
    });
  });
  // A service that stops waits for what is in flight, and this would never end of itself.
  app.addHook('preClose', async () => {
    for (const end of ends) end();
  });
}
