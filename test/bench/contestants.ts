import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gatewayNodeOptions } from '@samspill/environment';
import { peersFolder } from './peers.ts';
import { schemaFile, serviceNames } from './shop/schemas.ts';

/** What a gateway is put in front of. */
export interface Place {
  /** Below it, each service of the shop answers at its name. */
  readonly shop: string;
  /** The supergraph's file. */
  readonly supergraph: string;
  /** Where the gateway listens. */
  readonly port: number;
  /** A directory to itself. */
  readonly directory: string;
}

export interface Command {
  readonly command: readonly string[];
  readonly environment: Record<string, string>;
}

export interface Contestant {
  /** In tables. */
  readonly name: string;
  /** Who made it, for ratios to the best of each. */
  readonly family: 'stock' | 'hive' | 'mercurius' | 'grafbase' | 'relay' | 'ours' | 'ours, stock execution';
  /** Whether it answers what others have asked at the same time, or before, without asking the services again. */
  readonly shares: boolean;
  /** What it needs of the peers' folder, to say in what version it was measured. */
  readonly packages: readonly string[];
  /** How it is started. */
  start(place: Place): Command;
}

const node = (file: string, ...args: string[]) => [process.execPath, join(peersFolder, file), ...args];
const NO_TELEMETRY = { APOLLO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' };

const stock: Contestant = {
  name: 'stock `@apollo/server` + `@apollo/gateway`',
  family: 'stock',
  shares: false,
  packages: ['@apollo/server', '@apollo/gateway'],
  start: ({ port, supergraph }) => ({
    command: node('apollo.mjs'),
    environment: { ...NO_TELEMETRY, PORT: String(port), SUPERGRAPH: supergraph },
  }),
};

function hive(name: string, options: { args?: string[]; answerEqualOnce?: boolean }): Contestant {
  const { args = [], answerEqualOnce = false } = options;
  return {
    name: `Hive Gateway, ${name}`,
    family: 'hive',
    shares: answerEqualOnce,
    packages: ['@graphql-hive/gateway', '@graphql-hive/router-runtime'],
    start: ({ port, supergraph }) => ({
      command: [
        ...node('node_modules/@graphql-hive/gateway/dist/bin.js', 'supergraph', supergraph),
        ...['--host', '127.0.0.1', '--port', String(port)],
        ...['--config-path', join(peersFolder, 'hive.config.mjs'), ...args],
      ],
      environment: { ...NO_TELEMETRY, ANSWER_EQUAL_ONCE: answerEqualOnce ? 'yes' : 'no' },
    }),
  };
}

const mercurius: Contestant = {
  name: 'Mercurius gateway with JIT (Federation 1)',
  family: 'mercurius',
  shares: false,
  packages: ['mercurius', '@mercuriusjs/gateway'],
  start: ({ port, shop }) => ({
    command: node('mercurius.mjs'),
    environment: {
      PORT: String(port),
      SHOP: shop,
      SCHEMAS: JSON.stringify(
        Object.fromEntries(serviceNames.map((name) => [name, schemaFile(name, 'federation-1')])),
      ),
    },
  }),
};

/**
 * Its gateway itself is not on npm, its command line is, and serves the same engine for developing. It composes the
 * schemas itself and answers equal calls in flight once, as it does by default.
 */
const grafbase: Contestant = {
  name: 'Grafbase gateway (Rust)',
  family: 'grafbase',
  shares: true,
  packages: ['@grafbase/cli-x86_64-unknown-linux-musl'],
  start: ({ port, shop, directory }) => {
    const subgraphs = serviceNames.map(
      (name) => `[subgraphs.${name}]\nurl = "${shop}/${name}"\nschema_path = "${schemaFile(name)}"\n`,
    );
    const file = join(directory, 'grafbase.toml');
    writeFileSync(file, subgraphs.join('\n'));
    const program = join(peersFolder, 'node_modules/@grafbase/cli-x86_64-unknown-linux-musl/grafbase');
    return {
      command: [
        program,
        '--home',
        directory,
        'dev',
        '--config',
        file,
        '--listen-address',
        `127.0.0.1:${port}`,
      ],
      environment: { ...NO_TELEMETRY, HOME: directory },
    };
  },
};

const relay: Contestant = {
  name: 'a relay by hand, no GraphQL',
  family: 'relay',
  shares: false,
  packages: ['undici'],
  start: ({ port, shop }) => ({
    command: node('relay.mjs'),
    environment: { PORT: String(port), SHOP: shop },
  }),
};

const gatewayProgram = fileURLToPath(new URL('../../gateway/dist/main.js', import.meta.url));
const key = randomBytes(32).toString('base64url');

function ours(
  name: string,
  environment: Record<string, string>,
  kind: Pick<Contestant, 'family' | 'shares'>,
): Contestant {
  return {
    name: `Samspill, ${name}`,
    ...kind,
    packages: [],
    start: ({ port, supergraph, directory }) => ({
      command: [process.execPath, ...gatewayNodeOptions, gatewayProgram],
      environment: {
        HOST: '127.0.0.1',
        PORT: String(port),
        SUPERGRAPH: supergraph,
        GATEWAY_KEY: key,
        DATA_DIR: directory,
        LOG_LEVEL: 'warn',
        ...environment,
      },
    }),
  };
}

/** No answer is kept for another request, and none is shared between requests in flight. */
export const NOTHING_SHARED = { CACHE_MB: '0', SHARE_IN_FLIGHT: 'false' };
/** Both. The shop says nothing of how long its answers may be kept, so the gateway is told. */
const ALL_SHARED = { CACHE_MAX_AGE: '60', SHARE_IN_FLIGHT: 'true' };

/** Stock first: the others are compared with it. */
export const contestants: readonly Contestant[] = [
  stock,
  hive('planner in JavaScript, JIT', { args: ['--jit'] }),
  // Without --jit: with it, this planner's answers are null in 2.15.1.
  hive('planner in Rust', { args: ['--hive-router-runtime'] }),
  hive('planner in Rust, equal requests in flight answered once', {
    args: ['--hive-router-runtime'],
    answerEqualOnce: true,
  }),
  mercurius,
  grafbase,
  relay,
  ours(
    'stock execution',
    { EXECUTION: 'stock', ...NOTHING_SHARED },
    { family: 'ours, stock execution', shares: false },
  ),
  ours('nothing shared', { EXECUTION: 'compiled', ...NOTHING_SHARED }, { family: 'ours', shares: false }),
  ours(
    'answers cached and shared',
    { EXECUTION: 'compiled', ...ALL_SHARED },
    { family: 'ours', shares: true },
  ),
];
