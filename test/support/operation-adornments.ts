import { type GraphQLCompositeType, type GraphQLSchema, isAbstractType, isInterfaceType } from 'graphql';
import type { Dice } from './dice.js';
import type { Draft } from './operation-generator.js';

/** Names that mean something to JavaScript, and nothing to GraphQL. */
const AWKWARD = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'length'];

/** A field's call with an alias and a directive, or without. */
export function adorned(draft: Draft, name: string, argumentsText: string): string {
  const { dice, manner } = draft;
  if (!manner.adorned) return `${name}${argumentsText}`;
  const alias = dice.chance(0.02)
    ? `${dice.pick(AWKWARD)}: `
    : // Two calls with other arguments would be one field; validation refuses that.
      dice.chance(argumentsText ? 0.8 : 0.15)
      ? `a${draft.slots.length}_${dice.below(1_000)}: `
      : '';
  return `${alias}${name}${argumentsText}${directives(draft)}`;
}

function directives(draft: Draft): string {
  const { dice } = draft;
  if (!dice.chance(0.12)) return '';
  const which = dice.pick(['@include', '@skip', '@include', '@skip', 'both']);
  const one = (name: string) => `${name}(if: ${condition(draft)})`;
  return ` ${which === 'both' ? `${one('@include')} ${one('@skip')}` : one(which)}`;
}

function condition({ dice, switches }: Draft): string {
  if (dice.chance(0.15)) return dice.pick(['true', 'false']);
  const known = [...switches.keys()];
  if (known.length > 0 && dice.chance(0.6)) return `$${dice.pick(known)}`;
  const name = `s${switches.size}`;
  switches.set(name, dice.chance(0.4) ? dice.chance(0.5) : null);
  return `$${name}`;
}

/** The values of the switches; one that has a default is left out now and then. */
export function switchedBy({ switches }: Draft, dice: Dice): [string, boolean][] {
  return [...switches].flatMap(([name, preset]): [string, boolean][] => {
    const value = dice.chance(0.5);
    return preset !== null && dice.chance(0.5) ? [] : [[name, value]];
  });
}

/** `__typename`, and fragments on whatever an object of this type may be. */
export function fragmentsOf(
  draft: Draft,
  type: GraphQLCompositeType,
  selected: (type: GraphQLCompositeType) => string,
): string[] {
  const { dice, schema } = draft;
  const parts: string[] = [];
  if (dice.chance(0.25)) parts.push(dice.chance(0.2) ? 'kind: __typename' : '__typename');
  const conditions = isAbstractType(type) ? narrower(schema, type) : [];
  if (conditions.length > 0 && dice.chance(0.9)) {
    for (const each of dice.some(conditions, 3)) {
      parts.push(
        dice.chance(0.3)
          ? spread(draft, each, selected)
          : `... on ${each.name}${directives(draft)} ${selected(each)}`,
      );
    }
  } else if (dice.chance(0.08)) {
    parts.push(
      dice.chance(0.5) ? spread(draft, type, selected) : `...${directives(draft)} ${selected(type)}`,
    );
  }
  return parts;
}

/** The types that an object of an abstract type may be of, other abstract ones that share some of them included. */
function narrower(schema: GraphQLSchema, type: GraphQLCompositeType): GraphQLCompositeType[] {
  if (!isAbstractType(type)) return [];
  const possible = schema.getPossibleTypes(type);
  const interfaces = Object.values(schema.getTypeMap()).filter(
    (each) => isInterfaceType(each) && possible.some((one) => schema.isSubType(each, one)),
  );
  return [...possible, ...possible, ...(interfaces as GraphQLCompositeType[])];
}

function spread(
  draft: Draft,
  type: GraphQLCompositeType,
  selected: (type: GraphQLCompositeType) => string,
): string {
  const { dice, fragments } = draft;
  const known = [...fragments].filter(([, { on, text }]) => on === type.name && text !== '');
  if (known.length > 0 && dice.chance(0.4)) return `...${dice.pick(known)[0]}${directives(draft)}`;
  const name = `F${fragments.size}`;
  // Stands in while the fragment is written, so that it does not spread itself.
  fragments.set(name, { on: type.name, text: '' });
  fragments.set(name, { on: type.name, text: selected(type) });
  return `...${name}${directives(draft)}`;
}

/** The document with its variables and fragments. */
export function whole({ slots, switches, fragments }: Draft, kind: string, body: string): string {
  const declared = [
    ...slots.map(({ variable, type }) => `$${variable}: ${type}`),
    ...[...switches].map(([name, preset]) =>
      preset === null ? `$${name}: Boolean!` : `$${name}: Boolean = ${preset}`,
    ),
  ].join(', ');
  return [
    `${kind} Generated${declared && `(${declared})`} { ${body} }`,
    ...[...fragments].map(([name, { on, text }]) => `fragment ${name} on ${on} ${text}`),
  ].join('\n');
}
