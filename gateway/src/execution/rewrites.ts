import type { FetchDataRewrite } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import { type Data, isData, own, put } from './data.js';
import { typeCondition } from './type-conditions.js';

/** Changes a value in place. */
export type Rewrite = (value: unknown) => void;

const FRAGMENT = '... on ';

/**
 * What the planner wants changed between two services, compiled: an interface that is an object to one of them
 * (`@interfaceObject`) goes by another type name there, and a field that two of them give other arguments goes by
 * another key.
 */
export function compileRewrites(
  schema: GraphQLSchema,
  rewrites: readonly FetchDataRewrite[] | undefined,
): Rewrite | null {
  if (!rewrites?.length) return null;
  const compiled = rewrites.map((rewrite) => compileRewrite(schema, rewrite));
  return (value) => {
    for (const each of compiled) each(value);
  };
}

function compileRewrite(schema: GraphQLSchema, rewrite: FetchDataRewrite): Rewrite {
  const path = rewrite.path.slice(0, -1);
  const field = rewrite.path.at(-1) as string;
  return alongPath(schema, path, (object) => {
    if (rewrite.kind === 'ValueSetter') return put(object, field, rewrite.setValueTo);
    const value = own(object, field);
    if (!value) return;
    put(object, rewrite.renameKeyTo, value);
    object[field] = undefined;
  });
}

function alongPath(schema: GraphQLSchema, path: readonly string[], change: (object: Data) => void): Rewrite {
  const [first, ...rest] = path;
  const further = first === undefined ? null : alongPath(schema, rest, change);
  const fits = first?.startsWith(FRAGMENT) ? typeCondition(schema, first.slice(FRAGMENT.length), true) : null;
  const rewrite: Rewrite = (value) => {
    if (Array.isArray(value)) return value.forEach(rewrite);
    if (!isData(value)) return;
    if (!further) return change(value);
    if (!fits) return further(own(value, first as string));
    if (fits(value)) further(value);
  };
  return rewrite;
}
