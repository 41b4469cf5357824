import type { QueryPlanSelectionNode } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import { type Data, isData, merge, own, put } from './data.js';
import { typeCondition } from './type-conditions.js';

/** Takes of an entity what another service needs to know it by; null when that is not there. */
export type Picker = (entity: unknown) => Data | null;

/** Puts a part of an entity into what is picked; false when it is missing, and nothing can be asked. */
type Part = (entity: Data, picked: Data) => boolean;

/** The fields that a fetch requires, compiled; which fragments fit is found out once for each type. */
export function compilePicker(schema: GraphQLSchema, selections: readonly QueryPlanSelectionNode[]): Picker {
  const byType = new Map<unknown, readonly Part[]>();
  return (entity) => {
    if (!isData(entity)) return null;
    let parts = byType.get(entity.__typename);
    if (!parts) {
      parts = partsOf(schema, selections, entity);
      byType.set(entity.__typename, parts);
    }
    const picked: Data = {};
    for (const part of parts) if (!part(entity, picked)) return null;
    return picked;
  };
}

/** What is picked of entities of the same type as this one. */
function partsOf(schema: GraphQLSchema, selections: readonly QueryPlanSelectionNode[], entity: Data): Part[] {
  return selections.flatMap((selection) => {
    if (selection.kind === 'Field') return [fieldPart(schema, selection)];
    const { typeCondition: name, selections: inner } = selection;
    if (!name || !typeCondition(schema, name, false)(entity)) return [];
    const pick = compilePicker(schema, inner);
    return [
      (each: Data, picked: Data) => {
        merge(picked, pick(each));
        return true;
      },
    ];
  });
}

function fieldPart(
  schema: GraphQLSchema,
  { alias, name, selections }: Extract<QueryPlanSelectionNode, { kind: 'Field' }>,
): Part {
  const key = alias ?? name;
  const inner = selections && compilePicker(schema, selections);
  return (entity, picked) => {
    const value = own(entity, key);
    if (value === undefined) return false;
    put(picked, key, inner ? pickWithin(value, inner) : value);
    return true;
  };
}

function pickWithin(value: unknown, pick: Picker): unknown {
  return Array.isArray(value) ? value.map((element) => pickWithin(element, pick)) : pick(value);
}
