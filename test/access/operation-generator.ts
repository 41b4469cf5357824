import {
  type GraphQLArgument,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';

/** Numbers that look random and are the same for the same seed (mulberry32). */
export class Dice {
  #state: number;
  constructor(readonly seed: number) {
    this.#state = seed >>> 0;
  }

  /** From 0 to just below 1. */
  throw(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }

  below(limit: number): number {
    return Math.floor(this.throw() * limit);
  }

  chance(share: number): boolean {
    return this.throw() < share;
  }

  pick<T>(from: readonly T[]): T {
    return from[this.below(from.length)] as T;
  }

  some<T>(from: readonly T[], most: number): T[] {
    const left = [...from];
    const taken: T[] = [];
    for (let n = 1 + this.below(most); n > 0 && left.length > 0; n--) {
      taken.push(...left.splice(this.below(left.length), 1));
    }
    return taken;
  }
}

/** What an argument gets: by its path, such as `need.id` or `createNeed.input.title`, or else by its type. */
export type Values = (path: string, type: string, dice: Dice) => unknown;

interface Slot {
  readonly variable: string;
  readonly path: string;
  readonly argument: GraphQLArgument;
}

/** A document, and new values for its variables as often as somebody wants to ask it. */
export interface Generated {
  readonly query: string;
  readonly operation: string;
  variables(values: Values, dice: Dice): Record<string, unknown>;
}

const DEEPEST = 5;
/** How likely one more step is at each depth. Every step multiplies what the database has to do. */
const STEPS: Record<number, number> = { 2: 0.55, 3: 0.35, 4: 0.25, 5: 0.2 };

/** Fields that lead to what is not for everybody, and those that would tell it. */
const LEADING = [
  'needs',
  'capabilities',
  'auditTrail',
  'grants',
  'grantedBy',
  'nodes',
  'edges',
  'node',
  'suppliers',
];
const TELLING = ['title', 'effect', 'description', 'displayName', 'reason', 'requestId'];

function preferred<T extends { name: string }>(fields: T[], dice: Dice): T[] {
  const leading = fields.filter(({ name }) => LEADING.includes(name));
  return leading.length && dice.chance(0.6) ? leading : fields;
}

/** Any operation that the schema allows: any fields, to a depth of five, and any arguments. */
export function generate(
  schema: GraphQLSchema,
  dice: Dice,
  roots: readonly string[],
  mutations: number,
): Generated {
  const slots: Slot[] = [];
  const isMutation = dice.chance(mutations);
  const type = (isMutation ? schema.getMutationType() : schema.getQueryType()) as GraphQLObjectType;
  const fields = Object.keys(type.getFields());
  // What is not for everybody is asked for more often than it would be among so much that is.
  const names = isMutation
    ? [dice.pick(fields)]
    : [
        ...new Set([
          dice.pick(dice.chance(0.6) ? roots : fields),
          ...(dice.chance(0.1) ? [dice.pick(fields)] : []),
        ]),
      ];
  const body = names.map((name) => field(type, name, 1, name, slots, dice)).join(' ');
  const declared = slots.map(({ variable, argument }) => `$${variable}: ${argument.type}`).join(', ');
  return {
    operation: names.join(' '),
    query: `${isMutation ? 'mutation' : 'query'} Generated${declared && `(${declared})`} { ${body} }`,
    variables: (values, thrown) =>
      Object.fromEntries(
        slots.flatMap(({ variable, path, argument }) => {
          const value = valueFor(argument.type, path, values, thrown);
          return value === undefined ? [] : [[variable, value]];
        }),
      ),
  };
}

function field(
  parent: GraphQLObjectType,
  name: string,
  depth: number,
  path: string,
  slots: Slot[],
  dice: Dice,
): string {
  const definition = parent.getFields()[name];
  if (!definition) throw new Error(`${parent.name} has no field ${name}`);
  const given = definition.args.filter(
    // Without a size every list would have twenty, and most operations cost too much.
    (argument) =>
      isNonNullType(argument.type) || argument.name === 'first' || dice.chance(depth === 1 ? 0.5 : 0.15),
  );
  const list = given
    .filter((argument) => argument.name !== 'last' && argument.name !== 'before')
    .map((argument) => {
      const variable = `v${slots.length}`;
      slots.push({ variable, path: `${path}.${argument.name}`, argument });
      return `${argument.name}: $${variable}`;
    });
  const type = getNamedType(definition.type);
  const call = `${name}${list.length ? `(${list.join(', ')})` : ''}`;
  return isObjectType(type) ? `${call} ${selection(type, depth + 1, path, slots, dice)}` : call;
}

function selection(type: GraphQLObjectType, depth: number, path: string, slots: Slot[], dice: Dice): string {
  const all = Object.values(type.getFields());
  const leaves = all.filter((each) => !isObjectType(getNamedType(each.type)));
  const nested = all.filter((each) => isObjectType(getNamedType(each.type)));
  // A page is only the way to what is on it, so it does not count as a step.
  const isPage = type.name.endsWith('Connection') || type.name.endsWith('Edge');
  const deeper = isPage || (depth <= DEEPEST && dice.chance(STEPS[depth] ?? 0));
  const chosen = new Set([
    ...(leaves.length && !(isPage && dice.chance(0.7)) ? dice.some(leaves, 3) : []),
    ...leaves.filter(({ name }) => TELLING.includes(name) && dice.chance(0.5)),
    ...(nested.length && deeper ? dice.some(preferred(nested, dice), dice.chance(0.15) ? 2 : 1) : []),
  ]);
  if (chosen.size === 0) return '{ __typename }';
  const next = isPage ? depth - 1 : depth;
  return `{ ${[...chosen].map((each) => field(type, each.name, next, `${path}.${each.name}`, slots, dice)).join(' ')} }`;
}

function valueFor(type: GraphQLInputType, path: string, values: Values, dice: Dice): unknown {
  if (isNonNullType(type)) return valueFor(type.ofType, path, values, dice);
  if (isListType(type)) {
    return Array.from({ length: 1 + dice.below(3) }, () => valueFor(type.ofType, path, values, dice));
  }
  if (isEnumType(type)) {
    const names = type.getValues().map(({ name }) => name);
    return names.includes('DRAFT') && dice.chance(0.5) ? 'DRAFT' : dice.pick(names);
  }
  if (isInputObjectType(type)) {
    return Object.fromEntries(
      Object.values(type.getFields())
        .filter((each) => isNonNullType(each.type) || dice.chance(0.3))
        .map((each) => [each.name, valueFor(each.type, `${path}.${each.name}`, values, dice)]),
    );
  }
  return values(path, getNamedType(type).name, dice);
}
