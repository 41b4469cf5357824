import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { ApolloServer } from '@apollo/server';
import { unwrapResolverError } from '@apollo/server/errors';
import {
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import fastifyApollo, { fastifyApolloDrainPlugin } from '@as-integrations/fastify';
import Fastify, { type FastifyBaseLogger, LogController } from 'fastify';
import { GraphQLError } from 'graphql';
import type { RequestContext } from './context.js';
import { preferredLanguage } from './errors.js';
import { type ErrorAudience, presentError } from './present-errors.js';
import type { Headers, Service } from './service.js';

/** Somewhat more than the gateway takes: what it let through must not fail here. */
const LARGEST_BODY = 24 * 1024 * 1024;

export interface ServedService {
  /** Where the service answers GraphQL, such as `http://127.0.0.1:4001/graphql`. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Apollo's `formatError` is told nothing about the request, so who reads its errors travels along instead:
 * a fault of ours has to be found in the log under the number that the gateway gave the request.
 */
const currentAudience = new AsyncLocalStorage<Pick<ErrorAudience, 'language' | 'requestId'>>();

const audienceOf = (headers: Headers) => ({
  language: preferredLanguage(headers['accept-language']),
  requestId: headers['x-request-id'] ?? randomUUID(),
});

/** Puts a service on a port of its own: GraphQL at /graphql, health at /health/live and /health/ready. */
export async function serveService(
  service: Service,
  options: { host: string; port: number; isReady: () => Promise<boolean> },
): Promise<ServedService> {
  const app = Fastify({
    loggerInstance: service.log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: LARGEST_BODY,
  });
  const apollo = new ApolloServer<RequestContext>({
    schema: service.schema,
    introspection: true,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    plugins: [
      fastifyApolloDrainPlugin(app),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
    ],
    formatError: (formatted, error) => {
      const original = unwrapResolverError(error);
      // Apollo's own refusals (a GET with a mutation, say) carry their code already.
      const graphqlError =
        error instanceof GraphQLError
          ? error
          : new GraphQLError(formatted.message, { originalError: original as Error });
      return presentError(graphqlError, {
        ...(currentAudience.getStore() ?? audienceOf({})),
        onInternalError: (err, requestId) => service.log.error({ err, requestId }, 'A resolver failed'),
      });
    },
  });
  await apollo.start();
  app.get('/health/live', async () => ({ status: 'ok' }));
  app.get('/health/ready', async (_request, reply) =>
    (await options.isReady()) ? { status: 'ok' } : reply.code(503).send({ status: 'unavailable' }),
  );
  app.addHook('onRequest', (request, _reply, next) => {
    currentAudience.run(audienceOf(request.headers as Headers), next);
  });
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
