import './no-telemetry.js';
import { setTimeout as delay } from 'node:timers/promises';
import { ApolloGateway, type GraphQLDataSource } from '@apollo/gateway';
import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { fastifyApolloDrainPlugin, fastifyApolloHandler } from '@as-integrations/fastify';
import type { TrustedProxies } from '@samspill/environment';
import { everybody, type Identify, type Identity, type IssuerConfiguration } from '@samspill/identity';
import {
  documentStore,
  type Headers,
  type Operation,
  requestIdFrom,
  safeLog,
} from '@samspill/subgraph/protocol';
import Fastify, { type FastifyBaseLogger, LogController } from 'fastify';
import type { FormattedExecutionResult } from 'graphql';
import type { Logger } from 'pino';
import { type CachingOptions, useCaching } from './caching/use-caching.js';
import { errorFormatter } from './errors.js';
import { CompiledGateway } from './execution/compiled-gateway.js';
import { useFastLane } from './fast-lane/fast-lane.js';
import { useHandedOnBody } from './fast-lane/handed-on.js';
import { KnownOperations } from './fast-lane/known-operations.js';
import type { MadeAnswer } from './fast-lane/make-answer.js';
import { SharedAnswers } from './fast-lane/shared-answers.js';
import { type HealthOptions, useHealth } from './health.js';
import { useIdentity } from './identity.js';
import { MAX_BODY, MAX_TOKENS, useShapeLimits } from './limits.js';
import { useNulCheck } from './nul-check.js';
import { useNullErrors } from './null-errors.js';
import { useOperationCheck } from './operation-check.js';
import { useCostLimit } from './operation-cost.js';
import { type PlaygroundOptions, usePlayground } from './playground/serve.js';
import { type BodyLimitOptions, smallestLimit, useBodyLimit } from './protection/body-limit.js';
import { type CorsOptions, useCors } from './protection/cors.js';
import { type RateLimit, type RateLimitOptions, useRateLimit } from './protection/rate-limit.js';
import { type SecurityHeaderOptions, useSecurityHeaders } from './protection/security-headers.js';
import { addressBehind, trustProxy } from './protection/trusted-proxies.js';
import { unreadableRequests } from './protection/unreadable-requests.js';
import { useRefusals } from './refusals.js';
import { currentRequest, type RequestScope, requestScope } from './request-scope.js';
import { areSendable } from './service-data-source.js';
import { type RouteHandler, routePaths, useServiceRoutes } from './service-routes.js';

export interface GatewayOptions extends HealthOptions {
  /** The composed supergraph. */
  supergraphSdl: string;
  /** How each service is called: over HTTP, or within this process. `url` is what the supergraph says. */
  dataSource: (subgraphName: string, url?: string) => GraphQLDataSource;
  /**
   * What services answer beside GraphQL, by their names: documents, calendars, pages to print.
   * @default {} nothing
   */
  serviceRoutes?: Readonly<Record<string, RouteHandler & Partial<AsyncDisposable>>>;
  /**
   * Who executes plans: `compiled` is ours, `stock` is Apollo's, for whoever doubts an answer and wants another.
   * @default 'compiled'
   */
  execution?: 'compiled' | 'stock';
  /**
   * Whether equal requests of the public that are in flight at the same time are answered once. Off, every request is
   * worked for, which is what to measure.
   * @default true
   */
  shareInFlight?: boolean;
  log: Logger;
  host: string;
  /** 0 lets the system choose. */
  port: number;
  /** Whether clients may read the schema. */
  introspection: boolean;
  /**
   * Whether errors keep to themselves which names would have been right. Without `introspection` they always do.
   * @default false
   */
  hideSchemaDetails?: boolean;
  /**
   * How an `Authorization` header becomes an identity.
   * @default nobody's token is believed, and whoever sends none is the public
   */
  identify?: Identify;
  /**
   * What keeps the endpoint up and its users apart.
   * @default {} what needs no configuration: body limits, security headers, no other origin, no rate limit
   */
  protection?: ProtectionOptions;
  /**
   * What is kept of answers to the public.
   * @default {} nothing: no service says when it changes
   */
  caching?: CachingOptions;
  /** Whether the playground is served at `/`. It reads the schema, so it needs `introspection`. */
  playground: boolean;
  /**
   * Pages where mail can be read that was sent while developing; the playground links to them.
   * @default []
   */
  mailboxes?: PlaygroundOptions['mailboxes'];
  /**
   * The issuers that `identify` believes. Where the development issuer is among them, the playground offers to
   * log in there.
   * @default []
   */
  issuers?: readonly IssuerConfiguration[];
  /**
   * How long the gateway goes on answering after it has said that it is not ready any more, in
   * milliseconds: the time a load balancer needs to notice.
   * @default 0
   */
  drainDelay?: number;
}

export interface ProtectionOptions {
  cors?: CorsOptions;
  headers?: SecurityHeaderOptions;
  body?: BodyLimitOptions;
  rateLimit?: RateLimitOptions;
  /**
   * Whose `X-Forwarded-For` is believed: addresses and networks, or how many proxies stand in a row.
   * @default nobody's
   */
  trustProxy?: TrustedProxies;
}

export interface RunningGateway extends AsyncDisposable {
  /** Where it answers, such as `http://127.0.0.1:4000`; GraphQL is at `/graphql` below it. */
  readonly url: string;
  /** Answers an operation of a caller in this process, by the same rules as over HTTP; as everybody unless told who. */
  execute(operation: Operation, headers?: Headers, identity?: Identity): Promise<FormattedExecutionResult>;
  /** Finishes what is in flight, and takes nothing new. */
  close(): Promise<void>;
}

const GRAPHQL = '/graphql';

/** How long a request may take to arrive, in milliseconds: 16 MB over a slow line, and not for ever. */
const ARRIVAL = 120_000;

export async function startGateway(options: GatewayOptions): Promise<RunningGateway> {
  const { drainDelay = 0, protection = {}, serviceRoutes = {}, supergraphSdl } = options;
  const log = safeLog(options.log);
  const paths = routePaths(Object.keys(serviceRoutes));
  const hideSchemaDetails = options.hideSchemaDetails || !options.introspection;
  const dataSources = new Map<string, GraphQLDataSource>();
  const caching = useCaching({ ...options.caching, supergraphSdl, log });
  const app = Fastify({
    loggerInstance: log as FastifyBaseLogger,
    // A line for every request is the business of whoever stands in front.
    logController: new LogController({ disableRequestLogging: true }),
    // The largest that anybody may send; who may send less is known before the body is read.
    bodyLimit: Math.max(MAX_BODY, protection.body?.services ?? 0, protection.body?.others ?? 0),
    requestTimeout: ARRIVAL,
    trustProxy: trustProxy(protection.trustProxy),
    clientErrorHandler: unreadableRequests(log),
    genReqId: (request) => requestIdFrom(request.headers['x-request-id']),
  });
  const formatError = errorFormatter(log, { hideSchemaDetails });
  const stock = new ApolloGateway({
    supergraphSdl,
    buildService: ({ name, url }) => {
      const dataSource = caching.witness(name, options.dataSource(name, url));
      dataSources.set(name, dataSource);
      return dataSource;
    },
    // Outside production it would show the query plan, with the services' own schemas, to whoever asks.
    __exposeQueryPlanExperimental: false,
    logger: quiet(log),
  });
  const compiled = new CompiledGateway({ stock, services: dataSources });
  const operations = new KnownOperations(compiled, caching.policy);
  const shared = new SharedAnswers<MadeAnswer>();
  const apollo = new ApolloServer<RequestScope>({
    gateway: options.execution === 'stock' ? stock : compiled,
    introspection: options.introspection,
    // formatError does it, and does more of it.
    hideSchemaDetailsFromClientErrors: false,
    includeStacktraceInErrorResponses: false,
    documentStore: documentStore(),
    parseOptions: { maxTokens: MAX_TOKENS },
    maxRecursiveSelections: true,
    validationRules: [useShapeLimits()],
    csrfPrevention: true,
    // Signals belong to the process, and a process may host more than a gateway.
    stopOnTerminationSignals: false,
    formatError,
    logger: quiet(log),
    plugins: [
      fastifyApolloDrainPlugin(app) as ApolloServerPlugin<RequestScope>,
      useOperationCheck(),
      useCostLimit(),
      useNulCheck(),
      useNullErrors(formatError),
      operations.admission(),
      shared.forgetAfterChanges(),
      caching.plugin,
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
    ],
  });
  await apollo.start();

  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
  useRefusals(app, log);
  await useSecurityHeaders(app, protection.headers);
  // A preflight is answered here: browsers send no token with it.
  await useCors(app, protection.cors);
  useIdentity(app, {
    paths: [GRAPHQL, ...paths],
    identify: options.identify,
    log,
    onRefused: (request, reply) => rateLimit.countRefusedToken(request, reply),
  });
  const rateLimit: RateLimit = await useRateLimit(app, log, protection.rateLimit);
  useHandedOnBody(app);
  useBodyLimit(app, protection.body, paths);
  useServiceRoutes(app, serviceRoutes);
  const health = useHealth(app, options);
  if (options.playground && options.introspection) {
    const { issuers, mailboxes } = options;
    await usePlayground(app, log, { logIn: logInAt(issuers), mailboxes });
  }
  if (options.execution !== 'stock' && areSendable(dataSources)) {
    useFastLane(app, {
      path: GRAPHQL,
      operations,
      services: dataSources,
      origins: protection.cors?.origins,
      identify: options.identify,
      count: rateLimit.count,
      addressOf: addressBehind(protection.trustProxy),
      largestBody: smallestLimit(protection.body),
      shared: options.shareInFlight === false ? null : shared,
      answers: caching.answers,
      entities: caching.entities,
      languageOf: caching.languageOf,
      isOpen: () => !health.isStopping,
      formatError,
      log,
    });
  }
  const answer = fastifyApolloHandler(apollo, {
    context: async () => currentRequest.getStore() as RequestScope,
  });
  app.route({
    method: ['GET', 'POST', 'OPTIONS'],
    url: GRAPHQL,
    handler(request, reply) {
      const scope = requestScope(request.headers as Headers, request.id, request.identity);
      return caching.answer(request, reply, scope, (noted) =>
        currentRequest.run(noted, () => answer.call(app, request, reply)),
      );
    },
  });
  const url = await app.listen({ host: options.host, port: options.port });

  let closing: Promise<void> | undefined;
  const close = async () => {
    health.stopping();
    await delay(drainDelay);
    await apollo.stop();
    await rateLimit[Symbol.asyncDispose]();
    const toServices = [caching, ...dataSources.values(), ...Object.values(serviceRoutes)];
    await Promise.all(toServices.map((each) => (each as Partial<AsyncDisposable>)[Symbol.asyncDispose]?.()));
  };
  const closeOnce = () => (closing ??= close());
  return {
    url,
    execute: (operation, headers = {}, identity = everybody) => {
      const scope = requestScope(headers, undefined, identity);
      return currentRequest.run(scope, async () => {
        const { body } = await apollo.executeOperation(
          {
            query: operation.query,
            variables: operation.variables ?? undefined,
            operationName: operation.operationName ?? undefined,
          },
          { contextValue: scope },
        );
        if (body.kind !== 'single') throw new Error('The gateway answers in one piece');
        return body.singleResult as FormattedExecutionResult;
      });
    },
    close: closeOnce,
    [Symbol.asyncDispose]: closeOnce,
  };
}

/** Where the playground logs in, and as which of the issuer's clients. */
function logInAt(issuers: readonly IssuerConfiguration[] = []) {
  const development = issuers.find(({ profile, jwks }) => profile === 'development' && !jwks);
  return development ? { issuer: development.issuer, clientId: 'samspill-playground' } : null;
}

/** Apollo reports its own start-up as information; one line from whoever starts the gateway is enough. */
function quiet(log: Logger) {
  const child = log.child({ component: 'apollo' });
  return {
    debug: (message?: string) => child.debug(message),
    info: (message?: string) => child.debug(message),
    warn: (message?: string) => child.warn(message),
    error: (message?: string) => child.error(message),
  };
}
