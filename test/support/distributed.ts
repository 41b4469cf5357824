import { createInterface } from 'node:readline';
import { emptyDatabase } from './databases.js';
import { freePorts, killGroup, startProgram } from './programs.js';
import { type Answer, ask } from './region.js';

export type Member = 'tenders' | 'suppliers' | 'dialogue' | 'events' | 'gateway';

export interface Distributed extends AsyncDisposable {
  readonly url: string;
  /** The process that each member was started as. */
  readonly processes: Readonly<Record<Member, number>>;
  query(query: string, variables?: object, headers?: Record<string, string>): Promise<Answer>;
}

/** What `npm run start:distributed` starts: five processes, on an empty PostgreSQL database. */
export async function startDistributed({ demo = true } = {}): Promise<Distributed> {
  const database = await emptyDatabase('postgresql');
  const port = await freePorts(5);
  const { child, ended } = startProgram('packages/region/dist/distributed.js', [], {
    environment: { ...database.environment, PORT: String(port), DEMO: String(demo) },
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
    query: (query, variables, headers) => ask(url, query, variables, headers),
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM');
      const timer = setTimeout(() => killGroup(child), 15_000);
      await ended;
      clearTimeout(timer);
      killGroup(child);
      await database[Symbol.asyncDispose]();
    },
  };
}
