import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { IssuerConfiguration } from '@samspill/identity';
import { emptyDatabase } from './databases.js';
import { freePorts, killGroup, startProgram } from './programs.js';
import { type Answer, ask } from './region.js';
import { authorization, testTools, type Who } from './tokens.js';

export const SERVICES = ['tenders', 'suppliers', 'dialogue', 'events'] as const;
export type Service = (typeof SERVICES)[number];
export type Member = Service | 'gateway';

export interface Distributed extends AsyncDisposable {
  readonly url: string;
  /** The process that each member was started as. */
  readonly processes: Readonly<Record<Member, number>>;
  /** The services' own ports, without a path. */
  readonly services: Readonly<Record<Service, string>>;
  /** Where the processes keep the keys that they agree on. */
  readonly directory: string;
  readonly databaseUrl: string;
  /** The token of a persona, of the development issuer beside the processes. */
  token(persona: string): Promise<string>;
  query(query: string, variables?: object, headers?: Record<string, string>, as?: Who): Promise<Answer>;
}

/** What `npm run start:distributed` starts: five processes, on an empty PostgreSQL database. */
export async function startDistributed({
  demo = true,
  issuers = [],
}: {
  demo?: boolean;
  /** Whom the processes believe besides the issuers of all tests. */
  issuers?: readonly IssuerConfiguration[];
} = {}): Promise<Distributed> {
  const database = await emptyDatabase('postgresql');
  const port = await freePorts(6);
  const directory = mkdtempSync(join(tmpdir(), 'samspill-keys-'));
  const { child, ended } = startProgram('packages/region/dist/distributed.js', [], {
    environment: {
      ...database.environment,
      PORT: String(port),
      DEMO: String(demo),
      DATA_DIR: directory,
      DEVELOPMENT_ISSUER: 'true',
      ISSUERS: JSON.stringify([testTools, ...issuers]),
    },
  });
  const processes: Partial<Record<Member, number>> = {};
  await new Promise<void>((resolve, reject) => {
    const said: string[] = [];
    createInterface({ input: child.stderr as NodeJS.ReadableStream }).on('line', (line) => {
      said.push(line);
      const [, name, pid] = /^(\w+) +http\S+ +process (\d+)$/.exec(line) ?? [];
      if (name) processes[name as Member] = Number(pid);
      if (line.startsWith('Samspill is running')) resolve();
    });
    void ended.then(() => reject(new Error(`It did not start:\n${said.join('\n')}`)));
  });
  const url = `http://127.0.0.1:${port}`;
  const token = async (persona: string) =>
    (await (await fetch(`http://127.0.0.1:${port + 5}/tokens/${persona}`)).text()).trim();
  const authorized = async (who: Who): Promise<Record<string, string>> =>
    who === 'public' || who === 'importer'
      ? authorization(who)
      : { authorization: `Bearer ${await token(who)}` };
  return {
    url,
    processes: processes as Record<Member, number>,
    services: Object.fromEntries(
      SERVICES.map((name, at) => [name, `http://127.0.0.1:${port + 1 + at}`]),
    ) as Record<Service, string>,
    directory,
    databaseUrl: database.options.databaseUrl as string,
    token,
    query: async (query, variables, headers, as = 'public') =>
      ask(url, query, variables, { ...(await authorized(as)), ...headers }),
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM');
      const timer = setTimeout(() => killGroup(child), 15_000);
      await ended;
      clearTimeout(timer);
      killGroup(child);
      await database[Symbol.asyncDispose]();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
