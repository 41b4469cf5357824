import { randomUUID } from 'node:crypto';
import { ApolloServer } from '@apollo/server';
import { unwrapResolverError } from '@apollo/server/errors';
import fastifyApollo, { fastifyApolloDrainPlugin } from '@as-integrations/fastify';
import Fastify from 'fastify';
import { GraphQLError } from 'graphql';
import type { RequestContext } from './context.js';
import { presentError } from './present-errors.js';
import type { Headers, Service } from './service.js';

export interface ServedService {
  /** Where the service answers GraphQL, such as `http://127.0.0.1:4001/graphql`. */
  readonly url: string;
  close(): Promise<void>;
}

/** Puts a service on a port of its own: GraphQL at /graphql, health at /health/live and /health/ready. */
export async function serveService(
  service: Service,
  options: { host: string; port: number; isReady: () => Promise<boolean> },
): Promise<ServedService> {
  const app = Fastify({ loggerInstance: service.log as never, disableRequestLogging: true, bodyLimit: 64 * 1024 * 1024 });
  const apollo = new ApolloServer<RequestContext>({
    schema: service.schema,
    introspection: true,
    includeStacktraceInErrorResponses: false,
    plugins: [fastifyApolloDrainPlugin(app)],
    formatError: (formatted, error) => {
      const original = unwrapResolverError(error);
      // Apollo's own refusals (a GET with a mutation, say) carry their code already.
      const graphqlError =
        error instanceof GraphQLError
          ? error
          : new GraphQLError(formatted.message, { originalError: original as Error });
      return presentError(graphqlError, {
        language: 'nb',
        requestId: randomUUID(),
        onInternalError: (err, requestId) => service.log.error({ err, requestId }, 'A resolver failed'),
      });
    },
  });
  await apollo.start();
  app.get('/health/live', async () => ({ status: 'ok' }));
  app.get('/health/ready', async (_request, reply) =>
    (await options.isReady()) ? { status: 'ok' } : reply.code(503).send({ status: 'unavailable' }),
  );
  await app.register(fastifyApollo(apollo), {
    context: async (request) => service.context(request.headers as Headers),
  });
  const address = await app.listen({ host: options.host, port: options.port });
  return {
    url: `${address}/graphql`,
    close: async () => {
      await app.close();
      await apollo.stop();
    },
  };
}
