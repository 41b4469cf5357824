import type { GraphQLDataSource } from '@apollo/gateway';
import { ASSERTION_HEADER, everybody, type Identity } from '@samspill/identity';
import type { GraphQLFormattedError } from 'graphql';
import { Pool } from 'undici';
import type { RequestScope } from './request-scope.js';
import { AssertionRefused, ServiceUnavailable } from './service-unavailable.js';

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

interface Answer {
  data?: Record<string, unknown> | null;
  errors?: readonly GraphQLFormattedError[];
}

/**
 * Calls a service over HTTP. Apollo's own data source spends most of a request in its HTTP client and
 * hands addresses and whole error bodies to clients; this one keeps its connections and tells nothing.
 */
export function subgraphDataSource(options: SubgraphDataSourceOptions): GraphQLDataSource & AsyncDisposable {
  const { name, timeout = 30_000, connections = 64, sign } = options;
  const { origin, pathname, search } = new URL(options.url);
  // The pool opens connections when it needs them, so a service that comes back is simply used again.
  const pool = new Pool(origin, { connections, connect: { timeout } });

  async function post(body: string, scope: Partial<RequestScope>): Promise<Answer> {
    const response = await pool.request({
      path: pathname + search,
      method: 'POST',
      headers: {
        ...scope.forwarded,
        'content-type': 'application/json',
        accept: 'application/json',
        ...(sign && { [ASSERTION_HEADER]: sign(scope.identity ?? everybody, body) }),
      },
      body,
      signal: AbortSignal.timeout(timeout),
    });
    const text = await response.body.text();
    // Below 500 the service understood the call: a refusal is a GraphQL answer like any other.
    if (response.statusCode >= 500) throw new Error(`HTTP ${response.statusCode}: ${text.slice(0, 500)}`);
    if (response.statusCode === 401) throw new AssertionRefused(text);
    const answer: unknown = JSON.parse(text);
    if (!isAnswer(answer)) throw new Error(`HTTP ${response.statusCode}, not GraphQL: ${text.slice(0, 500)}`);
    if (answer.errors?.some(isAboutUs)) throw new AssertionRefused(text);
    return answer;
  }

  return {
    async process(call) {
      const { query, variables, operationName } = call.request;
      try {
        return await post(
          JSON.stringify({ query, variables, operationName }),
          call.context as Partial<RequestScope>,
        );
      } catch (cause) {
        // What was refused at the door was not done: nobody has to wonder whether it was.
        const operation =
          'incomingRequestContext' in call && !(cause instanceof AssertionRefused)
            ? call.incomingRequestContext.operation.operation
            : 'query';
        throw new ServiceUnavailable({ service: name, operation, cause });
      }
    },
    [Symbol.asyncDispose]: () => pool.close(),
  };
}

/**
 * A resolver that wants its reader logged in says where in the answer it stands. Without a place it is the
 * call as a whole that was not believed, and the call is ours.
 */
function isAboutUs({ path, extensions }: GraphQLFormattedError): boolean {
  return extensions?.code === 'UNAUTHENTICATED' && path === undefined;
}

function isAnswer(value: unknown): value is Answer {
  return typeof value === 'object' && value !== null && ('data' in value || 'errors' in value);
}
