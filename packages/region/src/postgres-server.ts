import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { MendableError } from '@samspill/environment';

export interface PostgresServer {
  /** The address of its database `samspill`; it answers once this is known. */
  readonly url: Promise<string>;
  stop(): Promise<void>;
}

/** A real PostgreSQL 18 from npm, for those who want one without installing a server. Loopback only. */
export function startPostgres(dataDirectory: string): PostgresServer {
  // Always the built program: tests run this module from its source, and Node runs no TypeScript of ours.
  const program = fileURLToPath(new URL('../dist/postgres-process.js', import.meta.url));
  const child = fork(program, [dataDirectory], { detached: true, execArgv: [] });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = new Promise<string>((resolve, reject) => {
    child.once('message', (address) => resolve(String(address)));
    child.once('error', reject);
    void ended.then(() => reject(new MendableError('PostgreSQL ended before it answered.')));
  });
  // When it ends while nobody waits for its address any more, that is no defect.
  url.catch(() => undefined);
  return {
    url,
    stop: async () => {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}
