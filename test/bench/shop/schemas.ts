import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { type GraphQLSchema, parse } from 'graphql';
import { type Reference, references, resolvers } from './resolvers.ts';

export const serviceNames = ['accounts', 'inventory', 'products', 'reviews'] as const;
export type ServiceName = (typeof serviceNames)[number];

/** Where a service's schema lies; in the spelling of Federation 1 for who knows no other. */
export const schemaFile = (service: ServiceName, folder: 'schemas' | 'federation-1' = 'schemas'): string =>
  fileURLToPath(new URL(`./${folder}/${service}.graphql`, import.meta.url));

const typeDefs = (service: ServiceName) => parse(readFileSync(schemaFile(service), 'utf8'));

/** A service that can be asked. */
export function serviceSchema(service: ServiceName): GraphQLSchema {
  const document = typeDefs(service);
  const own = new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === 'ObjectTypeDefinition'
        ? [[definition.name.value, new Set(definition.fields?.map(({ name }) => name.value))]]
        : [],
    ),
  );
  // Apollo takes resolvers of fields that a schema does not have for a mistake.
  const taken = Object.entries(resolvers).flatMap(([type, fields]) => {
    const names = own.get(type);
    if (!names) return [];
    return [[type, Object.fromEntries(Object.entries(fields).filter(([name]) => names.has(name)))]];
  });
  const schema = buildSubgraphSchema([{ typeDefs: document, resolvers: Object.fromEntries(taken) }]);
  const entities = schema.getQueryType()?.getFields()._entities;
  if (entities) entities.resolve = findEntities;
  return schema;
}

/**
 * As Apollo's, without a promise for each, so that a call is answered in one go. What is required of another service
 * stands in the reference.
 */
function findEntities(_: unknown, { representations }: { representations: readonly Reference[] }) {
  return representations.map((reference) => {
    const found = references[reference.__typename]?.(reference);
    return found ? { ...found, ...reference } : null;
  });
}

/** The supergraph, with the services at `<url>/<name>`. @throws when they do not compose. */
export function shopSupergraph(url: string): string {
  const { errors, supergraphSdl } = composeServices(
    serviceNames.map((name) => ({ name, url: `${url}/${name}`, typeDefs: typeDefs(name) })),
  );
  if (errors) throw new AggregateError(errors, 'The shop does not compose');
  return supergraphSdl;
}
