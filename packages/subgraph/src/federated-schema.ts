import { buildSubgraphSchema } from '@apollo/subgraph';
import { printSchemaWithDirectives } from '@graphql-tools/utils';
import { type DocumentNode, type GraphQLSchema, parse } from 'graphql';
import { buildSchemaSync, createResolversMap, type NonEmptyArray } from 'type-graphql';
import type { RequestContext } from './context.js';
import { DateTimeScalar } from './scalars.js';

/** How an entity is found again when another subgraph refers to it by key. */
export type ReferenceResolvers = Record<
  string,
  // biome-ignore lint/suspicious/noExplicitAny: the reference's shape is the entity's own @key, checked by composition
  (reference: any, context: RequestContext) => unknown
>;

export interface SubgraphDefinition {
  // biome-ignore lint/complexity/noBannedTypes: this is what type-graphql calls a resolver class
  resolvers: NonEmptyArray<Function>;
  references: ReferenceResolvers;
  /** Types that only other subgraphs lead to, so that no resolver here mentions them. */
  // biome-ignore lint/complexity/noBannedTypes: as above
  orphanedTypes?: Function[];
}

const FEDERATION =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@external", "@requires", "@provides"])\n\n';

/** The subgraph's SDL and its executable schema, from the decorated classes. */
export function federatedSchema(definition: SubgraphDefinition): { sdl: string; schema: GraphQLSchema } {
  const plain = buildSchemaSync({
    resolvers: definition.resolvers,
    orphanedTypes: definition.orphanedTypes ?? [],
    scalarsMap: [{ type: Date, scalar: DateTimeScalar }],
    // The directives of federation are known to the subgraph schema below, not to this intermediate one.
    skipCheck: true,
    validate: false,
  });
  // printSchema would drop the applied directives, and @key with them.
  const sdl = FEDERATION + printSchemaWithDirectives(plain, { commentDescriptions: false });
  const resolvers = createResolversMap(plain) as Record<string, Record<string, unknown>>;
  for (const [type, resolve] of Object.entries(definition.references)) {
    resolvers[type] = { ...resolvers[type], __resolveReference: resolve };
  }
  const typeDefs: DocumentNode = parse(sdl);
  return { sdl, schema: buildSubgraphSchema([{ typeDefs, resolvers: resolvers as never }]) };
}
