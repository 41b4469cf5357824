import { AsyncLocalStorage } from 'node:async_hooks';
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
import { answerRoute, routePrefix } from './answer-route.js';
import { askedProperties } from './asked-properties.js';
import { CHANGES_PATH, useChangesRoute } from './changes-route.js';
import type { RequestContext } from './context.js';
import { PublicError, preferredLanguage } from './errors.js';
import { documentStore } from './kept-documents.js';
import { type ErrorAudience, presentError } from './present-errors.js';
import { requestIdFrom } from './request-id.js';
import { rootFields } from './root-fields.js';
import type { Headers, Service } from './service.js';
import { toWebRequest } from './web-request.js';

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
  requestId: requestIdFrom(headers['x-request-id']),
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
    documentStore: documentStore(),
    introspection: true,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    plugins: [
      fastifyApolloDrainPlugin(app),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      readingWhatIsAsked(service),
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
      const signed =
        isRoute(request) || isChanges(request) ? routeCall(request) : (bodies.get(request) ?? '');
      callers.set(request, await options.authenticate(headers, signed));
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
  const prefix = routePrefix(service.name);
  const isRoute = ({ url }: FastifyRequest) => url.startsWith(prefix);
  const isChanges = ({ url }: FastifyRequest) => url === CHANGES_PATH;
  useChangesRoute(app, service, (request) => callers.get(request));
  // In a scope of its own: bodies are handed on as they come, whatever they call themselves.
  await app.register(async (routes) => {
    routes.removeAllContentTypeParsers();
    routes.addContentTypeParser('*', (_request, _payload, done) => done(null));
    routes.all(`${prefix}*`, async (request, reply) => {
      const incoming = {
        headers: request.headers as Headers,
        identity: callers.get(request) as Identity,
      };
      return reply.send(await answerRoute(service, toWebRequest(request.raw, request.url), incoming));
    });
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

/** What the gateway signs of a call to a route, whose body may be larger than anybody holds in memory. */
const routeCall = ({ method, url }: FastifyRequest): string => `${method} ${url}`;

/** Only the columns are read that the document asks for. */
function readingWhatIsAsked({ schema }: Service): ApolloServerPlugin<RequestContext> {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ contextValue, document }) {
          contextValue.asked = askedProperties(schema, document);
        },
      };
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
