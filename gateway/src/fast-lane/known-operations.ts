import type { ApolloServerPlugin } from '@apollo/server';
import { RecentlyUsed } from '@samspill/subgraph/protocol';
import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { digestOf } from '../caching/answer-key.js';
import type { CachePolicy } from '../caching/cache-policy.js';
import type { CompiledGateway } from '../execution/compiled-gateway.js';
import { placeOfNul } from '../nul-check.js';
import type { RequestScope } from '../request-scope.js';
import { type KnownOperation, knownOperation } from './known-operation.js';

/** What the reference has let through, until it is asked for again and worth compiling. */
interface Admitted {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly schema: GraphQLSchema;
}

/**
 * What compiled operations may take of memory in a generation, and what one takes by the length of its text, with its
 * document, its plan and its functions; in bytes. So a hundred large ones are kept, or a thousand small
 * ones, and as many again in the old generation.
 */
const MOST = 16 * 1024 * 1024;
const weightOf = ({ length }: string) => 10_000 + 130 * length;

/** By `operationName`, as one document may hold several. */
type ByName = Map<string | undefined, Admitted | KnownOperation | null>;

/**
 * The operations that have been through everything that depends on their text alone: its size and tokens, parsing,
 * validation, the limits on shape, the name of the operation. Apollo Server judges the first time, and the same text
 * is the same operation ever after.
 */
export class KnownOperations {
  readonly #documents = new RecentlyUsed<ByName>({ most: MOST, weigh: weightOf });

  constructor(
    private readonly gateway: Pick<CompiledGateway, 'compile' | 'onSchemaLoadOrUpdate'>,
    /** How long answers may be kept. */
    private readonly policy: CachePolicy,
  ) {
    // Another supergraph: other fields, other plans.
    gateway.onSchemaLoadOrUpdate(() => this.#documents.clear());
  }

  find(query: string, operationName: string | undefined): KnownOperation | undefined {
    const byName = this.#documents.get(query);
    const found = byName?.get(operationName);
    if (!byName || !found) return undefined;
    if ('takes' in found) return found;
    const known = this.#compiled(found, query, operationName);
    byName.set(operationName, known);
    return known ?? undefined;
  }

  #compiled(
    { schema, document, operation }: Admitted,
    query: string,
    operationName: string | undefined,
  ): KnownOperation | null {
    try {
      const compiled = this.gateway.compile(document, operation);
      if (!compiled) return null;
      const about = { digest: digestOf(query), maxAge: this.policy(document, operationName) };
      return knownOperation(schema, document, operation, compiled, about);
    } catch {
      // Some operations cannot be planned. The reference fails with it again, and says so to whoever asks.
      return null;
    }
  }

  /** Admits what Apollo Server is about to execute. */
  admission(): ApolloServerPlugin<RequestScope> {
    return {
      requestDidStart: async () => ({
        executionDidStart: async ({ source, request, document, operation, schema }) => {
          const name = request.operationName ?? undefined;
          if (this.#documents.get(source)?.has(name)) return;
          // What is looked for at every request is only whether a variable has one.
          if (placeOfNul(document, {}) !== undefined) return;
          const byName: ByName = this.#documents.get(source) ?? new Map();
          byName.set(name, { document, operation, schema });
          this.#documents.set(source, byName);
        },
      }),
    };
  }
}
