import { setTimeout as delay } from 'node:timers/promises';
import { ASSERTION_HEADER, type Identity, scopes } from '@samspill/identity';
import { CHANGES_BEAT, CHANGES_PATH } from '@samspill/subgraph/protocol';
import type { Logger } from 'pino';
import { Client } from 'undici';
import type { FollowChanges } from './follow-changes.js';

export interface ChangeStreamOptions {
  /** The service's name. */
  readonly name: string;
  /** Where it answers GraphQL; what it says of changes is beside it. */
  readonly url: string;
  /** Our word about who asks, for this call: its method and its path. */
  readonly sign: (identity: Identity, call: string) => string;
  readonly log: Logger;
}

/** The gateway in its own name, and not for anybody who asks. */
const GATEWAY: Identity = {
  kind: 'SERVICE',
  issuer: 'samspill',
  clientId: 'gateway',
  organisation: null,
  scopes: [scopes.followChanges],
};

/** So many beats may fail to come before the line counts as dead. */
const SILENCE = 3 * CHANGES_BEAT;
/** Pauses between attempts, in milliseconds: short at first, because nothing is kept meanwhile. */
const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 3_000;

/** Listens to a service in another process. A line that ends, for whatever reason, is taken up again. */
export function changeStream({ name, url, sign, log }: ChangeStreamOptions): FollowChanges {
  const { origin, pathname } = new URL(CHANGES_PATH, url);
  return (listener) => {
    const stopping = new AbortController();
    const { signal } = stopping;
    let isLive = false;
    let pause = FIRST_PAUSE;

    const listenOnce = async () => {
      // A connection of its own each time: where replicas stand behind one address, another may answer.
      const client = new Client(origin, { connect: { timeout: SILENCE } });
      try {
        const { statusCode, body } = await client.request({
          path: pathname,
          method: 'GET',
          headers: { [ASSERTION_HEADER]: sign(GATEWAY, `GET ${pathname}`) },
          headersTimeout: SILENCE,
          bodyTimeout: SILENCE,
          signal,
        });
        if (statusCode !== 200) throw new Error(`HTTP ${statusCode}: ${(await body.text()).slice(0, 500)}`);
        for await (const line of linesOf(body)) {
          const { generation } = JSON.parse(line) as { generation: string | null };
          if (generation === null) {
            listener.lost();
            continue;
          }
          listener.heard(generation);
          if (!isLive) log.debug({ service: name }, 'The service says when it changes');
          isLive = true;
          pause = FIRST_PAUSE;
        }
        throw new Error('The service has hung up');
      } finally {
        listener.lost();
        await client.destroy();
      }
    };
    const listening = (async () => {
      while (!signal.aborted) {
        await listenOnce().catch((err: unknown) => {
          if (signal.aborted) return;
          if (isLive) log.warn({ err, service: name }, 'Nobody says what changes, so nothing of it is kept');
          isLive = false;
        });
        await delay(pause, undefined, { signal, ref: false }).catch(() => undefined);
        pause = Math.min(pause * 2, LONGEST_PAUSE);
      }
    })();
    return async () => {
      stopping.abort();
      await listening;
    };
  };
}

/** No line of ours is longer; whatever sends one is no service of ours. */
const LONGEST_LINE = 4_096;

async function* linesOf(body: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of body) {
    const lines = (rest + Buffer.from(chunk).toString('latin1')).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > LONGEST_LINE) throw new Error('Not a line of changes');
    yield* lines;
  }
}
