import { vi } from 'vitest';

const HOUR = 3_600_000;

/** What a service does every hour it does every second, until this is disposed of. Nobody waits an hour for a test. */
export function hoursAsSeconds(): Disposable {
  const wait = globalThis.setTimeout;
  const spy = vi
    .spyOn(globalThis, 'setTimeout')
    .mockImplementation(((act: (...given: unknown[]) => void, time?: number, ...given: unknown[]) =>
      wait(act, time === HOUR ? 1_000 : time, ...given)) as typeof setTimeout);
  return { [Symbol.dispose]: () => spy.mockRestore() };
}
