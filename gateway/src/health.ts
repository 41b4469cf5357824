import type { FastifyInstance } from 'fastify';

export interface HealthOptions {
  isReady: () => Promise<boolean>;
  /** What is known of each service, for people and for start scripts; it does not decide readiness. */
  services?: () => Promise<Record<string, 'up' | 'down'>>;
}

export interface Health {
  /** From here on the gateway says that it is not ready, while it still answers. */
  stopping(): void;
  /** Whether it has said so. */
  readonly isStopping: boolean;
}

/**
 * /health: the gateway is up and has its supergraph, whatever its services say of themselves, for whoever knows no
 * other address. /health/live: the process runs; restart it otherwise. /health/ready: send it traffic. One service that
 * is down is no reason to take the gateway out: answering for the rest is what it is for.
 */
export function useHealth(app: FastifyInstance, options: HealthOptions): Health {
  let isStopping = false;
  app.addHook('onSend', async (_request, reply) => {
    // A connection that is kept would be waited for, and its client would miss that we are leaving.
    if (isStopping) reply.header('connection', 'close');
  });
  app.get('/health', async (_request, reply) =>
    reply.code(isStopping ? 503 : 200).send({ status: isStopping ? 'stopping' : 'ok' }),
  );
  app.get('/health/live', async () => ({ status: 'ok' }));
  app.get('/health/ready', async (_request, reply) => {
    const [ready, services] = await Promise.all([
      isStopping ? false : options.isReady().catch(() => false),
      options.services?.().catch(() => undefined),
    ]);
    const status = isStopping ? 'stopping' : ready ? 'ok' : 'unavailable';
    return reply
      .code(ready ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({ status, services });
  });
  return {
    stopping: () => {
      isStopping = true;
    },
    get isStopping() {
      return isStopping;
    },
  };
}
