import type { PGlite } from '@electric-sql/pglite';
import {
  type DatabaseConnection,
  type DialectAdapter,
  type Driver,
  PGliteAdapter,
  PGliteDialect,
  PGliteDriver,
} from 'kysely';

/** Somebody held the embedded database's only connection for too long. */
export class ConnectionHeldTooLong extends Error {
  override readonly name = 'ConnectionHeldTooLong';
  constructor(seconds: number) {
    super(
      `Waited ${seconds} s for the embedded database's only connection. Most likely code inside an open transaction awaits something that uses another EntityManager: inside a transaction use that transaction's EntityManager alone.`,
    );
  }
}

/**
 * Kysely's PGlite dialect with a waiting line that ends. PGlite has one connection; code that awaits a
 * second one while it holds the first would wait for ever, and a test that hangs explains nothing.
 */
export class EmbeddedDialect extends PGliteDialect {
  readonly #pglite: PGlite;
  readonly #patience: number;

  /** `patience` is in milliseconds. */
  constructor(pglite: PGlite, patience = 30_000) {
    super({ pglite });
    this.#pglite = pglite;
    this.#patience = patience;
  }

  override createAdapter(): DialectAdapter {
    return new AdapterWithoutMutex();
  }

  override createDriver(): Driver {
    return new WaitingLineDriver(this.#pglite, this.#patience);
  }
}

/** Says that connections may be asked for at the same time, so that the waiting line below is the only one. */
class AdapterWithoutMutex extends PGliteAdapter {
  override get supportsMultipleConnections(): boolean {
    return true;
  }
}

class WaitingLineDriver extends PGliteDriver {
  readonly #patience: number;
  readonly #waiting: { admit: () => void }[] = [];
  #held = false;

  constructor(pglite: PGlite, patience: number) {
    super({ pglite });
    this.#patience = patience;
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    if (this.#held) await this.#turn();
    this.#held = true;
    try {
      return await super.acquireConnection();
    } catch (error) {
      // Nobody got it, so nobody will give it back, and everybody after would wait in vain.
      await this.releaseConnection();
      throw error;
    }
  }

  override async releaseConnection(): Promise<void> {
    const next = this.#waiting.shift();
    if (next) next.admit();
    else this.#held = false;
  }

  #turn(): Promise<void> {
    return new Promise((resolve, reject) => {
      const place = {
        admit: () => {
          clearTimeout(timer);
          resolve();
        },
      };
      const timer = setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(place), 1);
        reject(new ConnectionHeldTooLong(this.#patience / 1000));
      }, this.#patience);
      this.#waiting.push(place);
    });
  }
}
