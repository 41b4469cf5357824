import type { ApolloServerPlugin } from '@apollo/server';
import { DEFAULT_PAGE, LARGEST_PAGE, type Messages } from '@samspill/subgraph/protocol';
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  SchemaMetaFieldDef,
  type SelectionSetNode,
  TypeMetaFieldDef,
  type ValueNode,
  visit,
} from 'graphql';
import type { RequestScope } from './request-scope.js';

/**
 * How many nodes one operation may possibly give. Depth and page size each have a limit, but not their
 * product: pages of 200 inside pages of 200 inside pages of 200 are eight million nodes, a dozen tokens
 * long, and an answer is put together in memory.
 */
export const MAX_NODES = 100_000;

/** What a list without pages is taken to hold. Such lists are short: the lots of a competition, the winners of a lot. */
const PLAIN_LIST = 10;
/** How many values cost as much as a node. Aliases make any number of values of one node. */
const VALUES_PER_NODE = 20;

/**
 * Refuses an operation that could give more than {@link MAX_NODES}, before anything is planned or fetched. A schema
 * without pages is somebody else's: it does not say how long its lists are, and ours are no measure of them.
 */
export function useCostLimit(maxNodes = MAX_NODES): ApolloServerPlugin<RequestScope> {
  return {
    async requestDidStart() {
      return {
        // Not a validation rule: how large a page is often stands in a variable.
        async didResolveOperation({ schema, document, operation, request }) {
          if (!operation || !hasPages(schema)) return;
          const nodes = possibleNodes(schema, operation, fragmentsOf(document), request.variables ?? {});
          if (nodes <= maxNodes) return;
          const messages = tooMany(nodes, maxNodes);
          throw new GraphQLError(messages.en, {
            extensions: { code: 'BAD_USER_INPUT', messages, http: { status: 400 } },
          });
        },
      };
    },
  };
}

/** Page sizes that were asked for are few; whoever makes some up pays for each. */
const REMEMBERED = 100;

/**
 * {@link possibleNodes} of one operation, as a function of the only thing that it still depends on: the variables
 * that are page sizes. Nothing costs anything in a schema that has no pages.
 */
export function operationCost(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): (variables: Readonly<Record<string, unknown>>) => number {
  if (!hasPages(schema)) return () => 0;
  const fragments = fragmentsOf(document);
  const names = pageVariables(document);
  const known = new Map<string, number>();
  return (variables) => {
    const key = names.map((name) => (Object.hasOwn(variables, name) ? String(variables[name]) : '')).join();
    let cost = known.get(key);
    if (cost === undefined) {
      cost = possibleNodes(schema, operation, fragments, variables);
      if (known.size >= REMEMBERED) known.clear();
      known.set(key, cost);
    }
    return cost;
  };
}

function pageVariables(document: DocumentNode): string[] {
  const names = new Set<string>();
  visit(document, {
    Argument: ({ name, value }) => {
      if (isPageArgument(name.value) && value.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names];
}

function fragmentsOf(document: DocumentNode): FragmentDefinitionNode[] {
  return document.definitions.filter((each) => each.kind === Kind.FRAGMENT_DEFINITION);
}

const PAGE_ARGUMENTS = ['first', 'last'];
const isPageArgument = (name: string) => PAGE_ARGUMENTS.includes(name);

/**
 * How many nodes an operation gives at most: list sizes multiplied down every path, and all paths added.
 * A connection itself counts as one, so that asking for `totalCount` alone is nearly free.
 */
export function possibleNodes(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  fragments: readonly FragmentDefinitionNode[],
  variables: Readonly<Record<string, unknown>>,
): number {
  const fragmentNamed = new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
  const known = new Map<string, number>();

  /** What one object of this type costs; `page` is how many nodes it gives if it is a connection. */
  const costOf = (
    selections: SelectionSetNode,
    type: GraphQLNamedType | undefined | null,
    page: number,
  ): number => {
    let cost = 0;
    for (const selection of selections.selections) {
      if (selection.kind === Kind.FIELD) cost += costOfField(selection, type, page);
      else if (selection.kind === Kind.INLINE_FRAGMENT) {
        const name = selection.typeCondition?.name.value;
        cost += costOf(selection.selectionSet, name ? schema.getType(name) : type, page);
      } else cost += costOfFragment(selection.name.value, page);
    }
    return cost;
  };

  // Once for each page size, however often it is spread: spreading doubles at every level if one lets it.
  const costOfFragment = (name: string, page: number): number => {
    const key = `${name} ${page}`;
    const fragment = fragmentNamed.get(name);
    if (!fragment) return 0;
    const cost =
      known.get(key) ??
      costOf(fragment.selectionSet, schema.getType(fragment.typeCondition.name.value), page);
    known.set(key, cost);
    return cost;
  };

  const costOfField = (
    field: FieldNode,
    parent: GraphQLNamedType | undefined | null,
    page: number,
  ): number => {
    const name = field.name.value;
    const definition =
      isObjectType(parent) || isInterfaceType(parent)
        ? (parent.getFields()[name] ??
          [SchemaMetaFieldDef, TypeMetaFieldDef].find((each) => each.name === name))
        : undefined;
    const type = definition && getNamedType(definition.type);
    if (!definition || !isCompositeType(type) || !field.selectionSet) return 1 / VALUES_PER_NODE;
    const isList = isListType(getNullableType(definition.type));
    const size = !isList ? 1 : isConnection(parent) && isPageField(name) ? page : PLAIN_LIST;
    return size * (1 + costOf(field.selectionSet, type, isConnection(type) ? pageSize(field) : 0));
  };

  const pageSize = (field: FieldNode): number => {
    const given = PAGE_ARGUMENTS.flatMap((name) => {
      const argument = field.arguments?.find((each) => each.name.value === name);
      return argument ? (numberOf(argument.value) ?? []) : [];
    });
    // The service refuses a page that is larger, in words of its own.
    return given.length ? Math.min(Math.max(0, ...given), LARGEST_PAGE) : DEFAULT_PAGE;
  };

  const numberOf = (value: ValueNode): number | undefined => {
    if (value.kind === Kind.INT) return Number(value.value);
    if (value.kind !== Kind.VARIABLE) return undefined;
    const name = value.name.value;
    if (Object.hasOwn(variables, name)) {
      const given = variables[name];
      return typeof given === 'number' ? given : undefined;
    }
    const preset = operation.variableDefinitions?.find((each) => each.variable.name.value === name);
    return preset?.defaultValue?.kind === Kind.INT ? Number(preset.defaultValue.value) : undefined;
  };

  return Math.ceil(costOf(operation.selectionSet, schema.getRootType(operation.operation), 0));
}

const isPageField = (name: string) => name === 'nodes' || name === 'edges';

const withPages = new WeakMap<GraphQLSchema, boolean>();

/** Looked for once in each schema, which is all of its fields. */
function hasPages(schema: GraphQLSchema): boolean {
  const known = withPages.get(schema);
  if (known !== undefined) return known;
  const fields = Object.values(schema.getTypeMap()).flatMap((type) =>
    isObjectType(type) ? Object.values(type.getFields()) : [],
  );
  const has = fields.some(
    ({ type, args }) => isConnection(getNamedType(type)) && args.some(({ name }) => isPageArgument(name)),
  );
  withPages.set(schema, has);
  return has;
}

function isConnection(type: GraphQLNamedType | undefined | null): boolean {
  if (!isObjectType(type)) return false;
  const { nodes, edges } = type.getFields();
  return [nodes, edges].some((field) => field && isListType(getNullableType(field.type)));
}

function tooMany(nodes: number, limit: number): Messages {
  const inWords = (locale: string) => [nodes, limit].map((each) => each.toLocaleString(locale));
  const [nb, nbLimit] = inWords('nb');
  const [en, enLimit] = inWords('en');
  return {
    nb: `Spørringen kan gi ${nb} noder, og grensen er ${nbLimit}. Be om mindre sider med «first», eller del den i flere.`,
    nn: `Spørjinga kan gje ${nb} nodar, og grensa er ${nbLimit}. Be om mindre sider med «first», eller del ho i fleire.`,
    en: `The query may give ${en} nodes, and the limit is ${enLimit}. Ask for smaller pages with "first", or split it.`,
  };
}
