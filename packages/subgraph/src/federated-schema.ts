import { buildSubgraphSchema } from '@apollo/subgraph';
import { printSchemaWithDirectives } from '@graphql-tools/utils';
import { type DocumentNode, type GraphQLSchema, parse } from 'graphql';
import { buildSchemaSync, createResolversMap, type NonEmptyArray } from 'type-graphql';
import { enforceAccess } from './access/enforce.js';
import { rememberReads } from './asked-properties.js';
import { CACHE_CONTROL_SDL, inferCacheHints } from './cache-control.js';
import type { RequestContext } from './context.js';
import { DateTimeScalar } from './scalars.js';

/** An entity of the graph, and how it is found again when another subgraph refers to it by key. */
export interface EntityReference {
  readonly type: new () => object;
  readonly resolve: (reference: never, context: RequestContext) => unknown;
}

/**
 * `R` is what the entity's own @key (and @requires) fields make of it. A subgraph that only adds fields to
 * somebody else's entity needs no `resolve`: the reference is all there is.
 */
export function entity<R>(
  type: new () => object,
  resolve: (reference: R, context: RequestContext) => unknown = (reference) => reference,
): EntityReference {
  return { type, resolve };
}

export interface SubgraphDefinition {
  // biome-ignore lint/complexity/noBannedTypes: this is what type-graphql calls a resolver class
  readonly resolvers: NonEmptyArray<Function>;
  readonly references: readonly EntityReference[];
}

const FEDERATION =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@external", "@requires", "@provides", "@inaccessible", "@composeDirective"])\n\n';

/** The subgraph's SDL and its executable schema, from the decorated classes. */
export function federatedSchema(definition: SubgraphDefinition): { sdl: string; schema: GraphQLSchema } {
  const plain = buildSchemaSync({
    resolvers: definition.resolvers,
    // Entities that only other subgraphs lead to are mentioned by no resolver here.
    orphanedTypes: definition.references.map((reference) => reference.type),
    scalarsMap: [{ type: Date, scalar: DateTimeScalar }],
    // The directives of federation are known to the subgraph schema below, not to this intermediate one.
    skipCheck: true,
    validate: false,
  });
  const resolvers = createResolversMap(plain) as Record<string, Record<string, unknown>>;
  enforceAccess(plain, resolvers);
  inferCacheHints(plain);
  // printSchema would drop the applied directives, and @key with them.
  const sdl =
    FEDERATION + CACHE_CONTROL_SDL + printSchemaWithDirectives(plain, { commentDescriptions: false });
  for (const { type, resolve } of definition.references) {
    resolvers[type.name] = { ...resolvers[type.name], __resolveReference: resolve };
  }
  const typeDefs: DocumentNode = parse(sdl);
  const schema = buildSubgraphSchema([{ typeDefs, resolvers: resolvers as never }]);
  rememberReads(schema, plain);
  return { sdl, schema };
}
