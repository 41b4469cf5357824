import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { PGlite } from '@electric-sql/pglite';
import { Client } from 'pg';

/** What a transaction announces on it that has changed a service's tables: `<schema>:<name of what they are now>`. */
export const CHANGES_CHANNEL = 'samspill_changes';

/**
 * Told which generation of its data a schema is at: now, and whenever it has changed. Null when nobody can tell: from
 * then on it may have changed unheard.
 */
export type GenerationListener = (generation: string | null) => void;

/** Hears the announcements of a database, for as long as it is wanted. */
type Listen = (hears: Hears) => () => Promise<void>;

interface Hears {
  announced(payload: string): void;
  /** From here on nothing is missed. */
  began(): void;
  ended(): void;
}

/**
 * Tells what the database says of changes: whose they are, and a name for the state that they led to. Everybody who
 * listens hears the same names in the same order, that of the commits, so two that have last heard the same name have
 * seen the same changes. Whoever begins to listen cannot know the last name, and begins with one of their own.
 *
 * It connects when somebody follows it for the first time.
 */
export class ChangeFeed {
  readonly #listen: Listen;
  readonly #listeners = new Map<string, Set<GenerationListener>>();
  /** What has been announced since it began; null while nothing is heard. */
  #heard: Map<string, string> | null = null;
  #beginning = '';
  #stop: (() => Promise<void>) | null = null;

  constructor(listen: Listen) {
    this.#listen = listen;
  }

  follow(schema: string, listener: GenerationListener): () => void {
    const listeners = this.#listeners.get(schema) ?? new Set();
    this.#listeners.set(schema, listeners.add(listener));
    this.#stop ??= this.#listen({
      announced: (payload) => this.#announced(payload),
      began: () => this.#set(new Map(), randomUUID()),
      ended: () => this.#set(null, ''),
    });
    listener(this.#generationOf(schema));
    return () => void listeners.delete(listener);
  }

  async close(): Promise<void> {
    await this.#stop?.();
  }

  #generationOf(schema: string): string | null {
    return this.#heard && (this.#heard.get(schema) ?? this.#beginning);
  }

  #announced(payload: string): void {
    const colon = payload.indexOf(':');
    const schema = payload.slice(0, colon);
    this.#heard?.set(schema, payload.slice(colon + 1));
    this.#tell(schema);
  }

  #set(heard: Map<string, string> | null, beginning: string): void {
    this.#heard = heard;
    this.#beginning = beginning;
    for (const schema of this.#listeners.keys()) this.#tell(schema);
  }

  #tell(schema: string): void {
    const generation = this.#generationOf(schema);
    for (const listener of this.#listeners.get(schema) ?? []) listener(generation);
  }
}

/** The embedded database hands an announcement over before whoever committed it gets their answer. */
export function changesOfPglite(pglite: Pick<PGlite, 'listen'>): ChangeFeed {
  return new ChangeFeed((hears) => {
    const listening = pglite.listen(CHANGES_CHANNEL, hears.announced);
    listening.then(hears.began, hears.ended);
    return async () => {
      await (await listening)();
    };
  });
}

/** How often the connection is tried, and how long it may take to say that it is there; in milliseconds. */
const CHECK_EVERY = 2_000;
const PATIENCE = 2_000;

/** A connection of its own, because a pool's come and go. It is taken up again when it is lost. */
export function changesOfPostgres(url: string): ChangeFeed {
  return new ChangeFeed((hears) => {
    const stopping = new AbortController();
    const listening = (async () => {
      while (!stopping.signal.aborted) {
        // Whatever ended it, what is told is the same, and so is what is done about it.
        await listenOnce(url, hears, stopping.signal).catch(() => undefined);
        hears.ended();
        await delay(500, undefined, { signal: stopping.signal, ref: false }).catch(() => undefined);
      }
    })();
    return async () => {
      stopping.abort();
      await listening;
    };
  });
}

/** Listens until the connection ends, which a query now and then finds out: a cable that is pulled says nothing. */
async function listenOnce(url: string, hears: Hears, signal: AbortSignal): Promise<void> {
  const client = new Client({
    connectionString: url,
    application_name: 'samspill-changes',
    connectionTimeoutMillis: PATIENCE,
    query_timeout: PATIENCE,
  });
  const lost = new AbortController();
  client.on('error', () => lost.abort());
  client.on('end', () => lost.abort());
  client.on('notification', ({ payload = '' }) => hears.announced(payload));
  const either = AbortSignal.any([signal, lost.signal]);
  try {
    await client.connect();
    await client.query(`listen ${CHANGES_CHANNEL}`);
    hears.began();
    while (!either.aborted) {
      await delay(CHECK_EVERY, undefined, { signal: either, ref: false });
      await client.query('select 1');
    }
  } finally {
    await client.end().catch(() => undefined);
  }
}
