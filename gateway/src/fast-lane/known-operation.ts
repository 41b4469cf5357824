import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import type { CompiledOperation } from '../execution/compile-operation.js';
import { MAX_NODES, operationCost } from '../operation-cost.js';
import { variablesFit } from './variables-fit.js';

export type Variables = Readonly<Record<string, unknown>>;

/** An operation that was let through once, with what is left to be asked of every further request. */
export interface KnownOperation {
  /** Stands for the text of the query. */
  readonly digest: string;
  readonly isMutation: boolean;
  /** How long the answer to the public may be kept, in seconds; 0: not at all. */
  readonly maxAge: number;
  readonly execute: CompiledOperation['execute'];
  /** Whether its variables are of their types, and do not make it too dear. */
  takes(variables: Variables): boolean;
}

export function knownOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  { execute }: CompiledOperation,
  { digest, maxAge }: Pick<KnownOperation, 'digest' | 'maxAge'>,
): KnownOperation {
  const fit = variablesFit(schema, operation);
  const cost = operationCost(schema, document, operation);
  return {
    isMutation: operation.operation === 'mutation',
    digest,
    maxAge,
    execute,
    takes: (variables) => fit(variables) && cost(variables) <= MAX_NODES,
  };
}
