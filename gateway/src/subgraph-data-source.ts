import type { GraphQLDataSource } from '@apollo/gateway';
import type { GraphQLFormattedError } from 'graphql';
import { Pool } from 'undici';
import type { RequestScope } from './request-scope.js';
import { ServiceUnavailable } from './service-unavailable.js';

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
  const { name, timeout = 30_000, connections = 64 } = options;
  const { origin, pathname, search } = new URL(options.url);
  // The pool opens connections when it needs them, so a service that comes back is simply used again.
  const pool = new Pool(origin, { connections, connect: { timeout } });

  async function post(body: string, scope: Partial<RequestScope>): Promise<Answer> {
    const response = await pool.request({
      path: pathname + search,
      method: 'POST',
      headers: { ...scope.forwarded, 'content-type': 'application/json', accept: 'application/json' },
      body,
      signal: AbortSignal.timeout(timeout),
    });
    const text = await response.body.text();
    // Below 500 the service understood the call: a refusal is a GraphQL answer like any other.
    if (response.statusCode >= 500) throw new Error(`HTTP ${response.statusCode}: ${text.slice(0, 500)}`);
    const answer: unknown = JSON.parse(text);
    if (!isAnswer(answer)) throw new Error(`HTTP ${response.statusCode}, not GraphQL: ${text.slice(0, 500)}`);
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
        const operation =
          'incomingRequestContext' in call ? call.incomingRequestContext.operation.operation : 'query';
        throw new ServiceUnavailable({ service: name, operation, cause });
      }
    },
    [Symbol.asyncDispose]: () => pool.close(),
  };
}

function isAnswer(value: unknown): value is Answer {
  return typeof value === 'object' && value !== null && ('data' in value || 'errors' in value);
}
