import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { unwrapResolverError } from '@apollo/server/errors';
import {
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import fastifyApollo, { fastifyApolloDrainPlugin } from '@as-integrations/fastify';
import { type Identity, TokenRefused } from '@samspill/identity';
import Fastify, { type FastifyBaseLogger, type FastifyRequest, LogController } from 'fastify';
import { GraphQLError } from 'graphql';
import type { RequestContext } from './context.js';
import { PublicError, preferredLanguage } from './errors.js';
import { type ErrorAudience, presentError } from './present-errors.js';
import { rootFields } from './root-fields.js';
import type { Headers, Service } from './service.js';

/** Somewhat more than the gateway takes: what it let through must not fail here. */
const LARGEST_BODY = 24 * 1024 * 1024;

export interface ServeOptions {
  host: string;
  port: number;
  isReady: () => Promise<boolean>;
  /**
   * Who calls: whom the gateway vouches for, or who shows a token. A service believes nobody because of where
   * the call comes from.
   * @throws TokenRefused
   */
  authenticate: (headers: Headers, body: string) => Identity | Promise<Identity>;
}

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
export async function serveService(service: Service, options: ServeOptions): Promise<ServedService> {
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
      recordingReads(service),
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
  const callers = new WeakMap<FastifyRequest, Identity>();
  const bodies = new WeakMap<FastifyRequest, string>();
  app.addHook('onRequest', (request, _reply, next) => {
    currentAudience.run(audienceOf(request.headers as Headers), next);
  });
  // As it was sent, because that is what the gateway has signed.
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    bodies.set(request, body as string);
    app.getDefaultJsonParser('error', 'error')(request, body as string, done);
  });
  app.addHook('preHandler', async (request, reply) => {
    if (request.url.startsWith('/health/')) return;
    const headers = request.headers as Headers;
    try {
      callers.set(request, await options.authenticate(headers, bodies.get(request) ?? ''));
    } catch (error) {
      if (!(error instanceof TokenRefused)) {
        // What it takes to know who calls does not answer: nobody is let in, and nothing is told about why.
        const { requestId, language } = audienceOf(headers);
        service.log.error({ err: error, requestId }, 'Nobody can be told from anybody');
        const presented = presentError(notNow(), { requestId, language, onInternalError: () => undefined });
        return reply.code(503).send({ errors: [presented] });
      }
      service.log.warn(
        { fault: error.fault, detail: error.detail, requestId: audienceOf(headers).requestId },
        'A call was refused that neither the gateway nor a token vouches for',
      );
      const presented = presentError(notVouchedFor(error), {
        ...audienceOf(headers),
        onInternalError: () => undefined,
      });
      return reply
        .code(401)
        .header('www-authenticate', 'Bearer error="invalid_token"')
        .send({ errors: [presented] });
    }
  });
  await app.register(fastifyApollo(apollo), {
    context: async (request) =>
      service.context({
        headers: request.headers as Headers,
        identity: callers.get(request) as Identity,
      }),
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

/** What is not for everybody is told only once it stands in the audit log who got to see it. */
function recordingReads(service: Service): ApolloServerPlugin<RequestContext> {
  return {
    async requestDidStart() {
      return {
        async willSendResponse({ contextValue, document, operationName, response }) {
          if (!document) return;
          try {
            await contextValue.recordReads(rootFields(document, operationName));
          } catch (error) {
            const errors = [
              presentError(new GraphQLError('', { originalError: error as Error }), {
                language: contextValue.language,
                requestId: contextValue.requestId,
                onInternalError: (err, requestId) =>
                  service.log.error({ err, requestId }, 'A read could not be recorded'),
              }),
            ];
            response.body = { kind: 'single', singleResult: { errors } };
          }
        },
      };
    },
  };
}

function notNow(): PublicError {
  return new PublicError('SERVICE_UNAVAILABLE', {
    nb: 'Tjenesten kan ikke sjekke hvem som spør akkurat nå. Prøv igjen om litt.',
    nn: 'Tenesta kan ikkje sjekke kven som spør akkurat no. Prøv igjen om litt.',
    en: 'The service cannot check who asks just now. Try again in a moment.',
  });
}

function notVouchedFor({ fault }: TokenRefused): PublicError {
  return new PublicError(
    'UNAUTHENTICATED',
    {
      nb: 'Denne tjenesten svarer bare gjennom gatewayen, eller den som viser et gyldig tilgangstoken.',
      nn: 'Denne tenesta svarar berre gjennom gatewayen, eller den som viser eit gyldig tilgangstoken.',
      en: 'This service answers only through the gateway, or whoever shows a valid access token.',
    },
    { reason: fault },
  );
}
