import { composeServices } from '@apollo/composition';
import { federatedSchema } from '@samspill/subgraph';
import { parse } from 'graphql';
import { definitions } from './region.js';

export interface SchemaFiles {
  /** Path from the root of the repository → what the code says should be in it. */
  readonly files: ReadonlyMap<string, string>;
  /** What composition finds odd without refusing it. */
  readonly hints: readonly { code: string; message: string }[];
}

/**
 * Prints the schema of each service and composes the supergraph.
 * @throws Error when the services do not fit together.
 */
export function schemaFiles(): SchemaFiles {
  const subgraphs = definitions.map((definition) => ({
    name: definition.name,
    sdl: federatedSchema(definition).sdl,
  }));
  const composed = composeServices(
    subgraphs.map(({ name, sdl }) => ({
      name,
      typeDefs: parse(sdl),
      url: `http://${name}.samspill.local/graphql`,
    })),
  );
  if (composed.errors) {
    const reasons = composed.errors.map((error) => `  ${error.message}`);
    throw new Error(`The subgraphs do not compose:\n${reasons.join('\n')}`);
  }
  const files = new Map(
    subgraphs.map(({ name, sdl }) => [`services/${name}/schema.graphql`, `${sdl.trimEnd()}\n`]),
  );
  files.set('gateway/supergraph.graphql', `${composed.supergraphSdl.trimEnd()}\n`);
  const hints = composed.hints.map(({ definition, message }) => ({ code: definition.code, message }));
  return { files, hints };
}
