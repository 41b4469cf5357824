import {
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isInputObjectType,
  isNonNullType,
  isUnionType,
} from 'graphql';
import type { Dice } from './dice.js';
import { adorned, fragmentsOf, switchedBy, whole } from './operation-adornments.js';
import { type Values, valueFor } from './operation-values.js';

/** What the operations look like. */
export interface Manner {
  /** Fields of the query type that are begun with more often than the others. */
  readonly roots: readonly string[];
  /** Which share of the operations are mutations. */
  readonly mutations: number;
  /**
   * Fields that are followed more often than the others, where they lead somewhere, and asked for where they tell
   * something.
   * @default none
   */
  readonly preferred?: { readonly leading: readonly string[]; readonly telling: readonly string[] };
  /**
   * How many steps deep they go. Each multiplies what a planner has to think of where interfaces meet.
   * @default 5
   */
  readonly deepest?: number;
  /**
   * Whether aliases, fragments, `@include`, `@skip` and `__typename` are strewn over it.
   * @default false
   */
  readonly adorned?: boolean;
}

/** A document, and new values for its variables as often as somebody wants to ask it. */
export interface Generated {
  readonly query: string;
  readonly operation: string;
  variables(values: Values, dice: Dice): Record<string, unknown>;
}

/** A variable, and where its value goes. */
interface Slot {
  readonly variable: string;
  readonly path: string;
  readonly type: GraphQLInputType;
}

/** An operation while it is written. */
export interface Draft {
  readonly schema: GraphQLSchema;
  readonly dice: Dice;
  readonly manner: Manner;
  readonly slots: Slot[];
  /** Variables that decide what is left out, by their names, with their defaults. */
  readonly switches: Map<string, boolean | null>;
  readonly fragments: Map<string, { readonly on: string; readonly text: string }>;
}

/** How likely one more step is at each depth. Every step multiplies what the database has to do. */
const STEPS: Record<number, number> = { 2: 0.55, 3: 0.35, 4: 0.25, 5: 0.2 };

/** Any operation that the schema allows: any fields, to a depth of five, and any arguments. */
export function generate(schema: GraphQLSchema, dice: Dice, manner: Manner): Generated {
  const draft: Draft = { schema, dice, manner, slots: [], switches: new Map(), fragments: new Map() };
  const isMutation = dice.chance(manner.mutations);
  const type = (isMutation ? schema.getMutationType() : schema.getQueryType()) as GraphQLObjectType;
  const fields = Object.keys(type.getFields());
  // What is not for everybody is asked for more often than it would be among so much that is.
  const names = isMutation
    ? [dice.pick(fields), ...(manner.adorned && dice.chance(0.5) ? [dice.pick(fields)] : [])]
    : [
        ...new Set([
          dice.pick(manner.roots.length > 0 && dice.chance(0.6) ? manner.roots : fields),
          ...(dice.chance(0.1) ? [dice.pick(fields)] : []),
        ]),
      ];
  const body = names.map((name) => field(draft, type.getFields()[name], 1, name)).join(' ');
  return {
    operation: names.join(' '),
    query: whole(draft, isMutation ? 'mutation' : 'query', body),
    variables: (values, thrown) =>
      Object.fromEntries([
        ...draft.slots.flatMap(({ variable, path, type }) => {
          const value = valueFor(type, path, values, thrown);
          return value === undefined ? [] : [[variable, value]];
        }),
        ...switchedBy(draft, thrown),
      ]),
  };
}

function field(
  draft: Draft,
  definition: GraphQLField<unknown, unknown> | undefined,
  depth: number,
  path: string,
): string {
  if (!definition) throw new Error(`There is no field at ${path}`);
  const { dice } = draft;
  const given = definition.args.filter(
    // Without a size every list would have twenty, and most operations cost too much.
    ({ name, type }) => isNonNullType(type) || name === 'first' || dice.chance(depth === 1 ? 0.5 : 0.15),
  );
  const list = given
    .filter(({ name }) => name !== 'last' && name !== 'before')
    .map((argument) => `${argument.name}: ${argumentText(draft, argument, `${path}.${argument.name}`)}`);
  const type = getNamedType(definition.type);
  const call = adorned(draft, definition.name, list.length ? `(${list.join(', ')})` : '');
  return isCompositeType(type) ? `${call} ${selection(draft, type, depth + 1, path)}` : call;
}

/** A variable, or an object with variables in it. */
function argumentText(draft: Draft, { type }: Pick<GraphQLArgument, 'type'>, path: string): string {
  const { dice, slots, manner } = draft;
  const nullable = getNullableType(type);
  if (manner.adorned && isInputObjectType(nullable) && dice.chance(0.5)) {
    const parts = Object.values(nullable.getFields())
      .filter((each) => isNonNullType(each.type) || dice.chance(0.3))
      .map((each) => `${each.name}: ${argumentText(draft, each, `${path}.${each.name}`)}`);
    return `{ ${parts.join(', ')} }`;
  }
  const variable = `v${slots.length}`;
  slots.push({ variable, path, type });
  return `$${variable}`;
}

/** What is selected of a type, in braces. */
export function selection(draft: Draft, type: GraphQLCompositeType, depth: number, path: string): string {
  const { dice, manner } = draft;
  const all = isUnionType(type) ? [] : Object.values(type.getFields());
  const leaves = all.filter((each) => !isCompositeType(getNamedType(each.type)));
  const nested = all.filter((each) => isCompositeType(getNamedType(each.type)));
  // A page is only the way to what is on it, so it does not count as a step.
  const isPage = type.name.endsWith('Connection') || type.name.endsWith('Edge');
  const deeper = isPage || (depth <= (manner.deepest ?? 5) && dice.chance(STEPS[depth] ?? 0));
  const telling = manner.preferred?.telling ?? [];
  const chosen = new Set([
    ...(leaves.length && !(isPage && dice.chance(0.7)) ? dice.some(leaves, 3) : []),
    ...leaves.filter(({ name }) => telling.includes(name) && dice.chance(0.5)),
    ...(nested.length && deeper ? dice.some(leading(draft, nested), dice.chance(0.15) ? 2 : 1) : []),
  ]);
  const next = isPage ? depth - 1 : depth;
  const parts = [...chosen].map((each) => field(draft, each, next, `${path}.${each.name}`));
  if (manner.adorned && depth <= (manner.deepest ?? 5) + 1) {
    parts.push(...fragmentsOf(draft, type, (part) => selection(draft, part, depth + 1, path)));
  }
  return parts.length > 0 ? `{ ${parts.join(' ')} }` : '{ __typename }';
}

function leading<T extends { name: string }>({ dice, manner }: Draft, fields: T[]): T[] {
  const those = fields.filter(({ name }) => manner.preferred?.leading.includes(name));
  return those.length && dice.chance(0.6) ? those : fields;
}
