import { type GraphQLSchema, isAbstractType, isInterfaceType, isObjectType } from 'graphql';
import type { Data } from './data.js';

/** Whether an object is of a type that a fragment names, by its `__typename`. */
export type TypeCondition = (object: Data) => boolean;

/**
 * @param ofUnknown what holds of an object that does not say what it is
 */
export function typeCondition(schema: GraphQLSchema, name: string, ofUnknown: boolean): TypeCondition {
  const fitting = new Set<unknown>([name]);
  const type = schema.getType(name);
  if (isAbstractType(type)) {
    for (const other of Object.values(schema.getTypeMap())) {
      if ((isObjectType(other) || isInterfaceType(other)) && schema.isSubType(type, other)) {
        fitting.add(other.name);
      }
    }
  }
  return ({ __typename }) => (__typename ? fitting.has(__typename) : ofUnknown);
}
