import { type GraphQLFieldResolver, type GraphQLSchema, isObjectType } from 'graphql';
import type { RequestContext } from '../context.js';
import { type AccessRule, declaredAccess } from './rules.js';

type Resolvers = Record<string, Record<string, unknown>>;
type Resolver = GraphQLFieldResolver<unknown, RequestContext>;

/** An operation that says nothing about who may use it. */
export class UndeclaredAccess extends Error {
  override readonly name = 'UndeclaredAccess';
  constructor(operations: readonly string[]) {
    super(
      `Nobody has said who may use ${operations.join(', ')}. Put @Access(…) at the resolver; @Access(anyone) if it is for everybody.`,
    );
  }
}

/**
 * Puts each declared rule in front of its resolver, and says it in the schema's documentation.
 * @throws UndeclaredAccess when an operation has none: what nobody has thought about is refused to everybody.
 */
export function enforceAccess(schema: GraphQLSchema, resolvers: Resolvers): void {
  const undeclared: string[] = [];
  const operations = [schema.getQueryType(), schema.getMutationType()];
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const name = `${type.name}.${field.name}`;
      const rule = declaredAccess(field.extensions);
      const isOperation = operations.includes(type);
      if (!rule && isOperation) undeclared.push(name);
      if (!rule || (rule.says === null && type !== schema.getMutationType())) continue;
      if (rule.says !== null) field.description = `${field.description ?? ''} Only for ${rule.says}.`.trim();
      const owner = resolvers[type.name];
      if (!owner || typeof owner[field.name] !== 'function') {
        throw new Error(`${name} has a rule but no resolver that it could stand in front of.`);
      }
      owner[field.name] = guarded(
        owner[field.name] as Resolver,
        rule,
        isOperation ? field.name : name,
        type === schema.getMutationType(),
      );
    }
  }
  if (undeclared.length) throw new UndeclaredAccess(undeclared);
}

function guarded(resolve: Resolver, rule: AccessRule, operation: string, isMutation: boolean): Resolver {
  return async (source, args, context, info) => {
    if (context.isPermissionChecked && !rule.admits(context.actor, args)) {
      throw await context.refusal(operation, args);
    }
    // Mutations run one after the other, so what the context says is true of the one that runs.
    if (isMutation) context.operation = operation;
    const answer = await resolve(source, args, context, info);
    // Not before: the resolver may refuse what the rule has admitted, once it sees whose the object is.
    if (!isMutation) context.noteRestrictedRead(operation);
    return answer;
  };
}
