import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { emptyDatabase } from './databases.js';
import { freePorts, killGroup, startProgram } from './programs.js';
import { type Answer, ask } from './region.js';
import { authorization, testTools, type Who } from './tokens.js';

export type Member = 'tenders' | 'suppliers' | 'dialogue' | 'events' | 'gateway';

export interface Distributed extends AsyncDisposable {
  readonly url: string;
  /** The process that each member was started as. */
  readonly processes: Readonly<Record<Member, number>>;
  query(query: string, variables?: object, headers?: Record<string, string>, as?: Who): Promise<Answer>;
}

/** What `npm run start:distributed` starts: five processes, on an empty PostgreSQL database. */
export async function startDistributed({ demo = true } = {}): Promise<Distributed> {
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
      ISSUERS: JSON.stringify([testTools]),
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
  return {
    url,
    processes: processes as Record<Member, number>,
    query: async (query, variables, headers, as = 'public') =>
      ask(url, query, variables, { ...headers, ...(await authorizationAt(port + 5, as)) }),
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

/** Personas log in at the development issuer that runs beside the five processes. */
async function authorizationAt(port: number, who: Who): Promise<Record<string, string>> {
  if (who === 'public' || who === 'importer') return authorization(who);
  const response = await fetch(`http://127.0.0.1:${port}/tokens/${who}`);
  return { authorization: `Bearer ${(await response.text()).trim()}` };
}
