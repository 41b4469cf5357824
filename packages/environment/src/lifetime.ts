/** What the user of a program can mend, in a sentence that says how. */
export class MendableError extends Error {
  override readonly name: string = 'MendableError';
}

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

/** Runs a program. What its user can mend is told in a sentence, everything else with its stack. */
export function run(main: () => Promise<void>): void {
  main().catch((error: unknown) => {
    process.stderr.write(`\n${explained(error)}\n`);
    process.exit(1);
  });
}

/** What is written of the error that a program ends with. */
export function explained(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') {
    return `${error.message}. Stop the other program or choose another port, such as PORT=4100.`;
  }
  // Wrong options on the command line have a code of this kind; Node's sentence names them.
  const mendable = error instanceof MendableError || code?.startsWith?.('ERR_PARSE_ARGS');
  return mendable ? error.message : (error.stack ?? error.message);
}
