import {
  type GraphQLInputType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';
import type { Dice } from './dice.js';

/** What an argument gets: by its path, such as `need.id` or `createNeed.input.title`, or else by its type. */
export type Values = (path: string, type: string, dice: Dice) => unknown;

export function valueFor(type: GraphQLInputType, path: string, values: Values, dice: Dice): unknown {
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
