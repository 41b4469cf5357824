import {
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';

/** How deep a question goes: a dialogue, its inputs, their answers, what stands there, and what that leads back to. */
const DEPTH = 6;

/**
 * A question for all there is below a type, whoever added it: so that a field of tomorrow cannot leak unseen. Types
 * that lead back to where the question came from are not asked again.
 */
export function everythingOf(schema: GraphQLSchema, type: string, above: readonly string[] = []): string {
  const found = schema.getType(type);
  if (!isObjectType(found) || above.length > DEPTH) return '__typename';
  const path = [...above, type];
  const fields = Object.values(found.getFields()).flatMap((field) => {
    if (field.args.some(isRequiredArgument)) return [];
    // The nodes of a page say all that its edges do.
    if (field.name === 'edges') return [];
    const of = getNamedType(field.type);
    if (isLeafType(of)) return [field.name];
    return isObjectType(of) && !path.includes(of.name)
      ? [`${field.name}${firstHundred(field)} { ${everythingOf(schema, of.name, path)} }`]
      : [];
  });
  return ['__typename', ...fields].join(' ');
}

/** All operations that ask for nothing in particular. */
export function everyList(schema: GraphQLSchema): string[] {
  const fields = Object.values(schema.getQueryType()?.getFields() ?? {});
  return fields
    .filter(({ name, args }) => !name.startsWith('_') && !args.some(isRequiredArgument))
    .map((field) => {
      const of = getNamedType(field.type);
      const selection = isLeafType(of) ? '' : ` { ${everythingOf(schema, of.name)} }`;
      return `{ ${field.name}${firstHundred(field)}${selection} }`;
    });
}

const firstHundred = ({ args }: GraphQLField<unknown, unknown>): string =>
  args.some(({ name }) => name === 'first') ? '(first: 100)' : '';
