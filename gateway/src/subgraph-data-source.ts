import { ASSERTION_HEADER, everybody, type Identity } from '@samspill/identity';
import type { GraphQLFormattedError } from 'graphql';
import { isMutation } from './execution/service-call.js';
import type { RequestScope } from './request-scope.js';
import { ServiceConnections } from './service-connection/service-connections.js';
import type { ServiceAnswer, ServiceCall, ServiceDataSource } from './service-data-source.js';
import { AssertionRefused, type ServiceFailure, ServiceUnavailable } from './service-unavailable.js';

export interface SubgraphDataSourceOptions {
  /** The service's name in the supergraph. */
  name: string;
  /** Where it answers GraphQL, such as `http://127.0.0.1:4001/graphql`. */
  url: string;
  /**
   * How long one call may take from first to last byte, in milliseconds.
   * @default 30000
   */
  timeout?: number;
  /**
   * How many connections are kept to the service.
   * @default 64
   */
  connections?: number;
  /**
   * Our word to the service about who asks, for exactly this body. Without it the service is told nothing,
   * and answers only if it believes anybody who reaches it.
   */
  sign?: (identity: Identity, body: string) => string;
}

type Kind = ServiceFailure['operation'];

/**
 * Calls a service over HTTP. Apollo's own data source spends most of a request in its HTTP client and
 * hands addresses and whole error bodies to clients; this one keeps its connections and tells nothing.
 */
export function subgraphDataSource(options: SubgraphDataSourceOptions): ServiceDataSource & AsyncDisposable {
  const { name, timeout = 30_000, connections = 64, sign } = options;
  const url = new URL(options.url);
  // Connections are opened when they are needed, so a service that comes back is simply used again.
  const service = new ServiceConnections({ origin: url, most: connections, timeout });
  const head = `POST ${url.pathname}${url.search} HTTP/1.1\r\nhost: ${url.host}\r\nconnection: keep-alive\r\ncontent-type: application/json\r\naccept: application/json\r\n`;

  async function post(body: string, kind: Kind, scope: Partial<RequestScope>): Promise<ServiceAnswer> {
    let request = head;
    for (const header in scope.forwarded) request += `${header}: ${scope.forwarded[header]}\r\n`;
    if (sign) request += `${ASSERTION_HEADER}: ${sign(scope.identity ?? everybody, body)}\r\n`;
    request += `content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
    try {
      const { status, body: text } = await service.ask(request, kind === 'query');
      // Below 500 the service understood the call: a refusal is a GraphQL answer like any other.
      if (status >= 500) throw new Error(`HTTP ${status}: ${text.slice(0, 500)}`);
      if (status === 401) throw new AssertionRefused(text);
      const answer: unknown = JSON.parse(text);
      if (!isAnswer(answer)) throw new Error(`HTTP ${status}, not GraphQL: ${text.slice(0, 500)}`);
      const told = withReadableErrors(answer);
      if (told.errors?.some(isAboutUs)) throw new AssertionRefused(text);
      return told;
    } catch (cause) {
      // What was refused at the door was not done: nobody has to wonder whether it was.
      const operation = cause instanceof AssertionRefused ? 'query' : kind;
      throw new ServiceUnavailable({ service: name, operation, cause });
    }
  }

  return {
    process(call) {
      const { query, variables, operationName } = call.request;
      // Of this call, and not of the client's operation: a change is followed by reads.
      const kind = isMutation(query) ? 'mutation' : 'query';
      const body = JSON.stringify({ query, variables, operationName });
      return post(body, kind, call.context as Partial<RequestScope>) as ReturnType<
        ServiceDataSource['process']
      >;
    },
    // A promise from the first: variables that are nested too deep to be written down fail as all else does.
    send: async (call, scope) => post(bodyOf(call), call.kind, scope),
    [Symbol.asyncDispose]: () => service[Symbol.asyncDispose](),
  };
}

/** The beginnings of bodies: a question is the same each time, and only its variables differ. */
const beginnings = new WeakMap<ServiceCall['question'], string>();

function bodyOf({ question, query, operationName, variables, representations }: ServiceCall): string {
  let beginning = beginnings.get(question);
  if (beginning === undefined) {
    beginning = `${JSON.stringify({ query, operationName }).slice(0, -1)},"variables":`;
    beginnings.set(question, beginning);
  }
  return `${beginning}${JSON.stringify(representations ? { ...variables, representations } : variables)}}`;
}

/**
 * A resolver that wants its reader logged in says where in the answer it stands. Without a place it is the
 * call as a whole that was not believed, and the call is ours.
 */
function isAboutUs({ path, extensions }: GraphQLFormattedError): boolean {
  return extensions?.code === 'UNAUTHENTICATED' && path === undefined;
}

/** What stands for errors in an answer of another's making, as the specification has it: a list, with paths that are some. */
function withReadableErrors(answer: ServiceAnswer): ServiceAnswer {
  const { errors, ...rest } = answer;
  if (errors === undefined) return answer;
  if (!Array.isArray(errors)) return errors === null ? rest : { ...rest, errors: [{ message: '' }] };
  return { ...rest, errors: errors.map(readableError) };
}

function readableError(error: unknown): GraphQLFormattedError {
  if (typeof error !== 'object' || error === null) return { message: String(error) };
  const { path, ...rest } = error as GraphQLFormattedError;
  return isPath(path) ? { ...rest, path } : rest;
}

function isPath(path: unknown): path is (string | number)[] {
  return (
    Array.isArray(path) &&
    path.every((each) => typeof each === 'string' || (Number.isSafeInteger(each) && each >= 0))
  );
}

function isAnswer(value: unknown): value is ServiceAnswer {
  return typeof value === 'object' && value !== null && ('data' in value || 'errors' in value);
}
