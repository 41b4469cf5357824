import {
  buildASTSchema,
  type ConstDirectiveNode,
  type DocumentNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  getOperationAST,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  parse,
  type SelectionSetNode,
} from 'graphql';

export interface CachePolicyOptions {
  /**
   * The age, in seconds, of fields that say nothing: those at the root, and those that are objects or lists of them.
   * @default 0: what nobody has thought about is not kept
   */
  readonly defaultMaxAge?: number;
}

/**
 * How many seconds an answer to an operation may be kept for the public; 0: not at all. Of what a service is asked
 * about entities (`_entities`), how long the entities may be.
 */
export type CachePolicy = (document: DocumentNode, operationName?: string | null) => number;

interface Hint {
  readonly maxAge?: number;
  readonly isPrivate?: boolean;
  readonly inherits?: boolean;
}

/**
 * Reads `@cacheControl` in a supergraph, and tells of an operation what is least in it, by the rules of Apollo's
 * documentation: a field's own hint counts before that of its type; an object that says nothing has the default, a
 * scalar is as old as the object that it is in; and one private field makes the answer private.
 *
 * It is decided from the operation alone, before anything is asked. So a field that is skipped counts as well, and of
 * an interface or a union whatever it may turn out to be: an answer is kept too short rather than too long.
 */
export function readCachePolicy(supergraphSdl: string, options: CachePolicyOptions = {}): CachePolicy {
  const schema = buildASTSchema(parse(supergraphSdl, { noLocation: true }), { assumeValidSDL: true });
  const known = new WeakMap<DocumentNode, Map<string, number>>();
  return (document, operationName) => {
    const ages = known.get(document) ?? new Map<string, number>();
    known.set(document, ages);
    const name = operationName ?? '';
    let age = ages.get(name);
    if (age === undefined) {
      age = leastAge(schema, document, operationName, options.defaultMaxAge ?? 0);
      ages.set(name, age);
    }
    return age;
  };
}

function leastAge(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null | undefined,
  defaultMaxAge: number,
): number {
  const operation = getOperationAST(document, operationName);
  const root = schema.getQueryType();
  if (operation?.operation !== 'query' || !root) return 0;
  let age = Number.POSITIVE_INFINITY;
  const restrict = ({ maxAge = Number.POSITIVE_INFINITY, isPrivate }: Hint) => {
    age = Math.min(age, isPrivate ? 0 : maxAge);
  };
  // What a fragment holds is the same wherever it is spread.
  const seen = new Set<string>();

  const visit = (selections: SelectionSetNode, parent: GraphQLCompositeType): void => {
    for (const selection of selections.selections) {
      if (age <= 0) return;
      if (selection.kind === Kind.FIELD) {
        const { name, selectionSet } = selection;
        if (name.value === '__typename') continue;
        if (parent === root && name.value === '_entities' && selectionSet) {
          visitEntities(selectionSet);
          continue;
        }
        const field = fieldOf(parent, name.value);
        // The schema itself, and whatever validation should have refused.
        if (!field) {
          age = 0;
          return;
        }
        const type = getNamedType(field.type);
        restrict(hintOfField(field, type, parent === root));
        for (const hint of otherHints(schema, parent, field.name, type)) restrict(hint);
        if (selectionSet && isCompositeType(type)) visit(selectionSet, type);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        visit(selection.selectionSet, typeNamed(selection.typeCondition?.name.value, parent));
      } else if (!seen.has(selection.name.value)) {
        seen.add(selection.name.value);
        const fragment = document.definitions.find(
          (each) => each.kind === Kind.FRAGMENT_DEFINITION && each.name.value === selection.name.value,
        );
        if (fragment?.kind !== Kind.FRAGMENT_DEFINITION) {
          age = 0;
          return;
        }
        visit(fragment.selectionSet, typeNamed(fragment.typeCondition.name.value, parent));
      }
    }
  };

  /** No field has led to these: each type says for itself how old its objects may be. */
  function visitEntities({ selections }: SelectionSetNode): void {
    for (const each of selections) {
      const name = each.kind === Kind.INLINE_FRAGMENT ? each.typeCondition?.name.value : undefined;
      const type = name === undefined ? undefined : schema.getType(name);
      if (each.kind !== Kind.INLINE_FRAGMENT || !isCompositeType(type)) {
        age = 0;
        return;
      }
      const types = isAbstractType(type) ? [type, ...schema.getPossibleTypes(type)] : [type];
      for (const one of types) restrict({ maxAge: defaultMaxAge, ...hintIn(one.astNode?.directives) });
      visit(each.selectionSet, type);
    }
  }

  function hintOfField(field: GraphQLField<unknown, unknown>, type: GraphQLNamedType, isRoot: boolean): Hint {
    const own = hintIn(field.astNode?.directives);
    const ofType = isCompositeType(type) ? hintIn(type.astNode?.directives) : {};
    const hint = { ...ofType, ...own };
    const saysNothing = hint.maxAge === undefined && (isRoot || (isCompositeType(type) && !hint.inherits));
    return saysNothing ? { ...hint, maxAge: defaultMaxAge } : hint;
  }

  const typeNamed = (name: string | undefined, otherwise: GraphQLCompositeType): GraphQLCompositeType => {
    const type = name === undefined ? otherwise : schema.getType(name);
    return isCompositeType(type) ? type : otherwise;
  };

  visit(operation.selectionSet, root);
  // Nothing but __typename: nobody has said anything, and it costs nothing to ask again.
  return Number.isFinite(age) ? age : 0;
}

/** What else a field may turn out to be: the same field of those that implement its interface, the members of a union. */
function* otherHints(
  schema: GraphQLSchema,
  parent: GraphQLCompositeType,
  name: string,
  type: GraphQLNamedType,
): Generator<Hint> {
  if (isInterfaceType(parent)) {
    for (const each of schema.getPossibleTypes(parent))
      yield hintIn(each.getFields()[name]?.astNode?.directives);
  }
  if (isAbstractType(type)) {
    for (const each of schema.getPossibleTypes(type)) yield hintIn(each.astNode?.directives);
  }
}

const fieldOf = (type: GraphQLCompositeType, name: string): GraphQLField<unknown, unknown> | undefined =>
  isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;

/** Read from the text: a supergraph of somebody else's need not have the directive in the form that we know. */
function hintIn(directives: readonly ConstDirectiveNode[] = []): Hint {
  let hint: Hint = {};
  for (const { name, arguments: given = [] } of directives) {
    if (name.value !== 'cacheControl') continue;
    for (const { name: argument, value } of given) {
      if (argument.value === 'maxAge' && value.kind === Kind.INT) {
        hint = { ...hint, maxAge: Math.min(hint.maxAge ?? Number.POSITIVE_INFINITY, Number(value.value)) };
      }
      if (argument.value === 'scope' && value.kind === Kind.ENUM) {
        hint = { ...hint, isPrivate: value.value === 'PRIVATE' };
      }
      if (argument.value === 'inheritMaxAge' && value.kind === Kind.BOOLEAN) {
        hint = { ...hint, inherits: value.value };
      }
    }
  }
  return hint;
}
