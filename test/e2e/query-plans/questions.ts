import {
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
} from 'graphql';

/** One way to ask for a list: by one of its filters or none, in one of its orders. */
export interface Question {
  readonly name: string;
  readonly list: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Lists at the root that hold what one municipality or one person has, so that they never grow large. */
export const SHORT_LISTS: Readonly<Record<string, string>> = {
  municipalities: 'as many as the country has had',
  members: 'those of one municipality',
  myFollowedNeeds: 'what one person follows',
  myRegistrations: 'those of one person',
};

/** A value for every filter that is offered, of which some rows have it and most have not. */
export type Values = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/**
 * Every list that a schema offers, in each of its orders, by each of its filters. Taken from the schema, so that
 * a filter or an order that nobody has thought of an index for is asked for as well.
 * @throws when a filter has no value to be asked with.
 */
export function questionsOf(schema: GraphQLSchema, values: Values): Question[] {
  const lists = Object.values(schema.getQueryType()?.getFields() ?? {}).filter(
    ({ name, type }) => getNamedType(type).name.endsWith('Connection') && !Object.hasOwn(SHORT_LISTS, name),
  );
  return lists.flatMap(({ name, args }) => {
    const filter = args.find((arg) => arg.name === 'filter');
    const orderBy = args.find((arg) => arg.name === 'orderBy');
    const orders = orderBy ? namesOf(orderBy) : [undefined];
    const filters = [undefined, ...(filter ? fieldsOf(filter) : [])];
    const head = [filter && `$filter: ${filter.type}`, orderBy && `$orderBy: ${orderBy.type}`];
    const given = [filter && 'filter: $filter', orderBy && 'orderBy: $orderBy', 'first: 20'];
    const query = `query (${head.filter(Boolean).join(', ')}) { ${name}(${given.filter(Boolean).join(', ')}) { nodes { id } } }`;
    return filters.flatMap((field) =>
      orders.map((order): Question => {
        const variables = {
          ...(order && { orderBy: order }),
          ...(field && filter && { filter: { [field]: sampleOf(values, filter, field) } }),
        };
        return {
          name: [name, field ?? 'all', order].filter(Boolean).join(', '),
          list: name,
          query,
          variables,
        };
      }),
    );
  });
}

function namesOf({ type }: GraphQLArgument): string[] {
  const named = getNamedType(type);
  if (!isEnumType(named)) throw new Error(`An order that is no enum: ${named}`);
  return named.getValues().map(({ name }) => name);
}

function fieldsOf({ type }: GraphQLArgument): string[] {
  const named = getNamedType(type);
  if (!isInputObjectType(named)) throw new Error(`A filter that is no input: ${named}`);
  return Object.values(named.getFields()).map(({ name }: GraphQLInputField) => name);
}

function sampleOf(values: Values, { type }: GraphQLArgument, field: string): unknown {
  const { name } = getNamedType(type);
  const value = values[name]?.[field];
  if (value === undefined) throw new Error(`${name}.${field} has no value here to be asked with`);
  return value;
}
