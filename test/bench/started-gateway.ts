import { setTimeout as delay } from 'node:timers/promises';
import type { Contestant, Place } from './contestants.ts';
import { freePort } from './free-port.ts';
import { lastWords, type Running, start } from './processes.ts';
import { bodyOf, questions } from './shop/questions.ts';
import { temporaryDirectory } from './temporary-directory.ts';

/** How long a gateway may take to start, in milliseconds. */
const PATIENCE = 60_000;

export interface StartedGateway extends Disposable {
  readonly contestant: Contestant;
  readonly running: Running;
  /** Where it answers GraphQL. */
  readonly url: string;
}

/** Starts a gateway in front of the shop. @throws with its last words when it does not answer. */
export async function startContestant(
  contestant: Contestant,
  place: Pick<Place, 'shop' | 'supergraph'>,
): Promise<StartedGateway> {
  const port = await freePort();
  const temporary = temporaryDirectory();
  const { path: directory } = temporary;
  const { command, environment } = contestant.start({ ...place, port, directory });
  const running = start(command, 'measured', { environment, directory });
  const said = lastWords(running);
  const gateway = {
    contestant,
    running,
    url: `http://127.0.0.1:${port}/graphql`,
    [Symbol.dispose]: () => {
      running[Symbol.dispose]();
      temporary[Symbol.dispose]();
    },
  };
  try {
    await answers(gateway);
    return gateway;
  } catch (cause) {
    gateway[Symbol.dispose]();
    throw new Error(`It did not start: ${(cause as Error).message}. ${said().slice(-500)}`, { cause });
  }
}

/** Waits until it answers the first question, however wrong: whether it is right is seen later. */
async function answers({ url, running }: StartedGateway): Promise<void> {
  const end = performance.now() + PATIENCE;
  for (;;) {
    if (running.child.exitCode !== null) throw new Error(`it ended with ${running.child.exitCode}`);
    try {
      const response = await post(url, bodyOf(questions.small));
      if (response.ok) return;
    } catch (error) {
      if (performance.now() > end) throw error;
    }
    if (performance.now() > end) throw new Error(`no answer in ${PATIENCE} ms`);
    await delay(50);
  }
}

export function post(url: string, body: string): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
    signal: AbortSignal.timeout(10_000),
  });
}
