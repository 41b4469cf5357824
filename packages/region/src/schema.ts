import { readFileSync, writeFileSync } from 'node:fs';
import { composeServices } from '@apollo/composition';
import { run } from '@samspill/hosting';
import { federatedSchema } from '@samspill/subgraph';
import { parse } from 'graphql';
import { definitions } from './region.js';

const root = new URL('../../../', import.meta.url);

/**
 * `npm run schema` prints the schema of each service and composes the supergraph; with `--check` it only
 * says what would change. The printed files are what front ends and other routers work with, so they are
 * committed, and CI refuses code that says something else.
 */
run(async () => {
  const check = process.argv.includes('--check');
  const subgraphs = definitions.map((definition) => ({
    name: definition.name,
    sdl: federatedSchema(definition).sdl,
  }));
  const files = new Map(
    subgraphs.map(({ name, sdl }) => [`services/${name}/schema.graphql`, `${sdl.trimEnd()}\n`]),
  );
  const composed = composeServices(
    subgraphs.map(({ name, sdl }) => ({
      name,
      typeDefs: parse(sdl),
      url: `http://${name}.samspill.local/graphql`,
    })),
  );
  if (composed.errors) {
    throw new Error(
      `The subgraphs do not compose:\n${composed.errors.map((error) => `  ${error.message}`).join('\n')}`,
    );
  }
  for (const hint of composed.hints ?? [])
    process.stderr.write(`hint ${hint.definition.code}: ${hint.message}\n`);
  files.set('gateway/supergraph.graphql', `${composed.supergraphSdl.trimEnd()}\n`);

  const stale = [...files].filter(([path, text]) => current(path) !== text).map(([path]) => path);
  if (!check) {
    for (const [path, text] of files) writeFileSync(new URL(path, root), text);
    process.stdout.write(
      stale.length ? `Written anew: ${stale.join(', ')}\n` : 'The schemas are as they were.\n',
    );
  } else if (stale.length) {
    throw new Error(
      `These files do not say what the code says; run "npm run schema" and commit: ${stale.join(', ')}`,
    );
  } else {
    process.stdout.write('The committed schemas are what the code says.\n');
  }
});

function current(path: string): string | null {
  try {
    return readFileSync(new URL(path, root), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
