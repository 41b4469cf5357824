import './no-telemetry.js';
import { setTimeout as delay } from 'node:timers/promises';
import { ApolloGateway, type GraphQLDataSource } from '@apollo/gateway';
import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { fastifyApolloDrainPlugin, fastifyApolloHandler } from '@as-integrations/fastify';
import type { Headers, Operation } from '@samspill/subgraph';
import Fastify, { type FastifyBaseLogger, LogController } from 'fastify';
import type { FormattedExecutionResult } from 'graphql';
import type { Logger } from 'pino';
import { errorFormatter } from './errors.js';
import { type HealthOptions, useHealth } from './health.js';
import { MAX_BODY, MAX_TOKENS, useShapeLimits } from './limits.js';
import { useNulCheck } from './nul-check.js';
import { useNullErrors } from './null-errors.js';
import { useOperationCheck } from './operation-check.js';
import { useCostLimit } from './operation-cost.js';
import { usePlayground } from './playground/serve.js';
import { useRefusals } from './refusals.js';
import { currentRequest, type RequestScope, requestIdFrom, requestScope } from './request-scope.js';

export interface GatewayOptions extends HealthOptions {
  /** The composed supergraph. */
  supergraphSdl: string;
  /** How each service is called: over HTTP, or within this process. `url` is what the supergraph says. */
  dataSource: (subgraphName: string, url?: string) => GraphQLDataSource;
  log: Logger;
  host: string;
  /** 0 lets the system choose. */
  port: number;
  /** Whether clients may read the schema. Without it, errors do not suggest names of fields either. */
  introspection: boolean;
  /** Whether the playground is served at `/`. It reads the schema, so it needs `introspection`. */
  playground: boolean;
  /**
   * How long the gateway goes on answering after it has said that it is not ready any more, in
   * milliseconds: the time a load balancer needs to notice.
   * @default 0
   */
  drainDelay?: number;
}

export interface RunningGateway extends AsyncDisposable {
  /** Where it answers, such as `http://127.0.0.1:4000`; GraphQL is at `/graphql` below it. */
  readonly url: string;
  /** Answers an operation of a caller in this process, by the same rules as over HTTP. */
  execute(operation: Operation, headers?: Headers): Promise<FormattedExecutionResult>;
  /** Finishes what is in flight, and takes nothing new. */
  close(): Promise<void>;
}

export async function startGateway(options: GatewayOptions): Promise<RunningGateway> {
  const { log, drainDelay = 0 } = options;
  const dataSources: GraphQLDataSource[] = [];
  const app = Fastify({
    loggerInstance: log as FastifyBaseLogger,
    // A line for every request is the business of whoever stands in front.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: MAX_BODY,
    genReqId: (request) => requestIdFrom(request.headers['x-request-id']),
  });
  const formatError = errorFormatter(log);
  const apollo = new ApolloServer<RequestScope>({
    gateway: new ApolloGateway({
      supergraphSdl: options.supergraphSdl,
      buildService: ({ name, url }) => {
        const dataSource = options.dataSource(name, url);
        dataSources.push(dataSource);
        return dataSource;
      },
      // Outside production it would show the query plan, with the services' own schemas, to whoever asks.
      __exposeQueryPlanExperimental: false,
      logger: quiet(log),
    }),
    introspection: options.introspection,
    hideSchemaDetailsFromClientErrors: !options.introspection,
    includeStacktraceInErrorResponses: false,
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
  const health = useHealth(app, options);
  if (options.playground && options.introspection) await usePlayground(app, log);
  const answer = fastifyApolloHandler(apollo, {
    context: async () => currentRequest.getStore() as RequestScope,
  });
  app.route({
    method: ['GET', 'POST', 'OPTIONS'],
    url: '/graphql',
    handler(request, reply) {
      const scope = requestScope(request.headers as Headers, request.id);
      return currentRequest.run(scope, () => answer.call(app, request, reply));
    },
  });
  const url = await app.listen({ host: options.host, port: options.port });

  let closing: Promise<void> | undefined;
  const close = async () => {
    health.stopping();
    await delay(drainDelay);
    await apollo.stop();
    await Promise.all(dataSources.map((each) => (each as Partial<AsyncDisposable>)[Symbol.asyncDispose]?.()));
  };
  const closeOnce = () => (closing ??= close());
  return {
    url,
    execute: (operation, headers = {}) => {
      const scope = requestScope(headers);
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
