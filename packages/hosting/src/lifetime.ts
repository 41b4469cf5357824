import { DataDirectoryInUse } from '@samspill/database';
import { EnvironmentError } from '@samspill/environment';

/** Closes what is open, in order, when the process is told to stop; a second signal stops it at once. */
export function closeOnSignal(close: () => Promise<void>, announce: (signal: string) => void): void {
  let stopping = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, async () => {
      if (stopping) process.exit(1);
      stopping = true;
      announce(signal);
      try {
        await close();
        process.exit(0);
      } catch (error) {
        process.stderr.write(`${(error as Error).stack}\n`);
        process.exit(1);
      }
    });
  }
}

/** What the user of a program can mend, in a sentence that says how. */
export class MendableError extends Error {
  override readonly name = 'MendableError';
}

/** Runs a program. What its user can mend is told in a sentence, everything else with its stack. */
export function run(main: () => Promise<void>): void {
  main().catch((error: unknown) => {
    process.stderr.write(`\n${isMendable(error) ? explain(error as Error) : (error as Error).stack}\n`);
    process.exit(1);
  });
}

function isMendable(error: unknown): boolean {
  return (
    error instanceof MendableError ||
    error instanceof EnvironmentError ||
    error instanceof DataDirectoryInUse ||
    isAddressInUse(error) ||
    // Wrong options on the command line; Node's sentence names them.
    String((error as NodeJS.ErrnoException | undefined)?.code).startsWith('ERR_PARSE_ARGS')
  );
}

function isAddressInUse(error: unknown): boolean {
  return (error as NodeJS.ErrnoException | undefined)?.code === 'EADDRINUSE';
}

function explain(error: Error): string {
  return isAddressInUse(error)
    ? `${error.message}. Stop the other program or choose another port, such as PORT=4100.`
    : error.message;
}
