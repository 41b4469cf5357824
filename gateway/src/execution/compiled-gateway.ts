import type { ApolloGateway, GraphQLDataSource } from '@apollo/gateway';
import {
  type DocumentNode,
  type GraphQLSchema,
  getOperationAST,
  getVariableValues,
  type OperationDefinitionNode,
} from 'graphql';
import { asGraphQLError } from './as-graphql-error.js';
import { batching } from './batching.js';
import { type CompiledOperation, OperationCompiler } from './compile-operation.js';
import type { ServiceAnswer, ServiceCall } from './service-call.js';
import { sharing } from './sharing.js';

type Executor = ApolloGateway['executor'];
type ExecutorRequest = Parameters<Executor>[0];
type ExecutorAnswer = Awaited<ReturnType<Executor>>;

export interface CompiledGatewayOptions {
  /** Composition, updates of the supergraph, health, and what is not compiled. */
  readonly stock: ApolloGateway;
  /** How each service is called. */
  readonly services: ReadonlyMap<string, GraphQLDataSource>;
}

/** Apollo's gateway with plans that are executed as compiled functions. */
export class CompiledGateway {
  readonly #options: CompiledGatewayOptions;
  /** They live as long as their documents, and those are kept by others. */
  #operations = new WeakMap<OperationDefinitionNode, CompiledOperation | null>();
  #compiler: (() => OperationCompiler) | undefined;
  #schema: GraphQLSchema | undefined;

  constructor(options: CompiledGatewayOptions) {
    this.#options = options;
    options.stock.onSchemaLoadOrUpdate(({ apiSchema, coreSupergraphSdl }) => {
      // Another supergraph, other plans.
      this.#operations = new WeakMap();
      this.#schema = apiSchema;
      // Made when it is needed: its planner takes memory, and stock execution has one of its own.
      let made: OperationCompiler | undefined;
      this.#compiler = () => {
        made ??= new OperationCompiler(coreSupergraphSdl, apiSchema);
        return made;
      };
    });
  }

  async load(options: Parameters<ApolloGateway['load']>[0]): ReturnType<ApolloGateway['load']> {
    const loaded = await this.#options.stock.load(options);
    return { ...loaded, executor: (request) => this.#execute(request) };
  }

  onSchemaLoadOrUpdate(
    listener: Parameters<ApolloGateway['onSchemaLoadOrUpdate']>[0],
  ): ReturnType<ApolloGateway['onSchemaLoadOrUpdate']> {
    return this.#options.stock.onSchemaLoadOrUpdate(listener);
  }

  /** Null for what is not compiled. An operation of a document is compiled once. */
  compile(document: DocumentNode, operation: OperationDefinitionNode): CompiledOperation | null {
    const known = this.#operations.get(operation);
    if (known !== undefined) return known;
    const compiled = this.#compiler?.().compile(document, operation) ?? null;
    this.#operations.set(operation, compiled);
    return compiled;
  }

  stop(): Promise<void> {
    return this.#options.stock.stop();
  }

  async #execute(request: ExecutorRequest): Promise<ExecutorAnswer> {
    const { document, request: asked } = request;
    const operation = getOperationAST(document, asked.operationName);
    const compiled = operation && this.compile(document, operation);
    if (!operation || !compiled) return this.#options.stock.executor(request);
    const variables = asked.variables ?? {};
    const wrong = this.#wrongVariables(operation, variables);
    if (wrong) return { errors: wrong };
    const { data, errors, holes } = await compiled.execute(
      variables,
      sharing(batching((call) => this.#send(call, request))),
    );
    if (errors.length > 0) return { data, errors: errors.map(asGraphQLError) };
    return holes.length > 0 ? { data, extensions: { valueCompletion: holes } } : { data };
  }

  #wrongVariables(operation: OperationDefinitionNode, variables: Record<string, unknown>) {
    const { variableDefinitions = [] } = operation;
    if (variableDefinitions.length === 0) return undefined;
    return getVariableValues(this.#schema as GraphQLSchema, variableDefinitions, variables).errors;
  }

  async #send(call: ServiceCall, request: ExecutorRequest): Promise<ServiceAnswer> {
    const { query, operationName, representations } = call;
    const variables = representations ? { ...call.variables, representations } : call.variables;
    const service = this.#options.services.get(call.service);
    if (!service) throw new Error(`The supergraph names a service that nobody knows: ${call.service}`);
    return service.process({
      kind: INCOMING,
      request: { query, operationName, variables },
      incomingRequestContext: request,
      context: request.context,
    });
  }
}

type Call = Extract<
  Parameters<GraphQLDataSource['process']>[0],
  { readonly incomingRequestContext: unknown }
>;

/** Apollo does not export the enumeration that this is of. */
const INCOMING = 'incoming operation' as Call['kind'];
