import { Transform } from 'node:stream';
import type { Identity } from '@samspill/identity';
import type { FastifyInstance } from 'fastify';
import { MAX_BODY } from '../limits.js';
import { tooLarge } from '../refusals.js';

export interface BodyLimitOptions {
  /**
   * Bytes that a machine may send in one request: it imports notices, and a large one is some megabytes.
   * @default 16777216
   */
  services?: number;
  /**
   * Bytes that anybody else may send in one request. A query of people's size is some kilobytes.
   * @default 1048576
   */
  others?: number;
}

const OF_SERVICES = MAX_BODY;
const OF_OTHERS = 1024 * 1024;

/** What is within the limit of whoever asks. */
export function smallestLimit({ services = OF_SERVICES, others = OF_OTHERS }: BodyLimitOptions = {}): number {
  return Math.min(services, others);
}

/**
 * Limits the body by who asks, which is known before the body is read. Fastify's own limit must be the largest.
 * `exempt` are paths whose bodies nobody holds in memory, and where a service says how much it takes.
 */
export function useBodyLimit(
  app: FastifyInstance,
  options: BodyLimitOptions = {},
  exempt: readonly string[] = [],
): void {
  const { services = OF_SERVICES, others = OF_OTHERS } = options;
  const limitFor = (identity: Identity) => (identity.kind === 'SERVICE' ? services : others);
  app.addHook('preParsing', async (request, reply, payload) => {
    if (exempt.includes(request.routeOptions.url ?? '')) return payload;
    const limit = limitFor(request.identity);
    const { 'content-length': announced, 'transfer-encoding': chunked } = request.headers;
    if (announced === undefined && chunked === undefined) return payload;
    // Node gives no more than was announced, so what is announced need not be counted.
    if (announced !== undefined && Number(announced) <= limit) return payload;
    // What is still on its way is not read to its end.
    const refuse = () => {
      reply.header('connection', 'close');
      return tooLarge(limit);
    };
    if (announced !== undefined) throw refuse();
    let received = 0;
    const counted = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        received += chunk.length;
        if (received > limit) done(refuse());
        else done(null, chunk);
      },
    });
    payload.once('error', (error) => counted.destroy(error));
    return payload.pipe(counted);
  });
}
