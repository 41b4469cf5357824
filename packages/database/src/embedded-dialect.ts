import type { PGlite } from '@electric-sql/pglite';
import {
  CompiledQuery,
  type DatabaseConnection,
  type DialectAdapter,
  type Driver,
  PGliteAdapter,
  PGliteDialect,
  PGliteDriver,
  type QueryResult,
} from 'kysely';
import { EmbeddedQueries } from './embedded-query.js';

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
 * The embedded database's only connection, and the waiting line in front of it: several dialects share it,
 * each under a role of its own. The role is set when it has to change, so that whoever comes again and
 * again under the same role, which is the public, pays nothing for it.
 *
 * The line ends. Code that awaits a second connection while it holds the first would wait for ever, and a
 * test that hangs explains nothing.
 */
export class EmbeddedConnection implements DatabaseConnection {
  readonly #queries: EmbeddedQueries;
  readonly #waiting: { admit: () => void }[] = [];
  #held = false;
  #role: string | null = null;

  /** `patience` is in milliseconds. */
  constructor(
    readonly pglite: PGlite,
    private readonly patience = 30_000,
  ) {
    this.#queries = new EmbeddedQueries(pglite);
  }

  executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    return this.#queries.query(sql, parameters);
  }

  // biome-ignore lint/correctness/useYield: there is nothing to give before it fails
  async *streamQuery<R>(): AsyncGenerator<QueryResult<R>> {
    throw new Error('The embedded database gives whole results only.');
  }

  /** Waits for the connection, and takes it under a role; null is the database's owner. */
  async take(role: string | null): Promise<void> {
    if (this.#held) await this.#turn();
    this.#held = true;
    if (role === this.#role) return;
    try {
      await this.pglite.query(role === null ? 'reset role' : `set role "${role}"`);
      this.#role = role;
    } catch (error) {
      // Nobody got it, so nobody will give it back, and everybody after would wait in vain.
      this.release();
      throw error;
    }
  }

  release(): void {
    const next = this.#waiting.shift();
    if (next) next.admit();
    else this.#held = false;
  }

  /** What the message queue works on: PGlite as it is, in the same line as everybody else, as the owner. */
  asOwner(): Pick<PGlite, 'query' | 'exec' | 'listen'> {
    const inLine = async <T>(work: () => Promise<T>): Promise<T> => {
      await this.take(null);
      try {
        return await work();
      } catch (error) {
        // The queue sends whole transactions as one text. One that fails half way is still open, and whoever comes
        // next would find themselves in it.
        await this.pglite.exec('rollback');
        throw error;
      } finally {
        this.release();
      }
    };
    return {
      query: (...args) => inLine(() => this.pglite.query(...args)) as never,
      exec: (...args) => inLine(() => this.pglite.exec(...args)),
      // In line as well: within somebody's transaction it would be undone with it.
      listen: (...args) => inLine(() => this.pglite.listen(...args)),
    };
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
        reject(new ConnectionHeldTooLong(this.patience / 1000));
      }, this.patience);
      this.#waiting.push(place);
    });
  }
}

/** Kysely's PGlite dialect on a shared connection, under a role. */
export class EmbeddedDialect extends PGliteDialect {
  readonly #connection: EmbeddedConnection;
  readonly #role: string | null;

  constructor(connection: EmbeddedConnection, role: string | null) {
    super({ pglite: connection.pglite });
    this.#connection = connection;
    this.#role = role;
  }

  override createAdapter(): DialectAdapter {
    return new AdapterWithoutMutex();
  }

  override createDriver(): Driver {
    return new SharedConnectionDriver(this.#connection, this.#role);
  }
}

/** Says that connections may be asked for at the same time, so that the waiting line above is the only one. */
class AdapterWithoutMutex extends PGliteAdapter {
  override get supportsMultipleConnections(): boolean {
    return true;
  }
}

class SharedConnectionDriver extends PGliteDriver {
  readonly #shared: EmbeddedConnection;
  readonly #role: string | null;

  constructor(shared: EmbeddedConnection, role: string | null) {
    super({ pglite: shared.pglite });
    this.#shared = shared;
    this.#role = role;
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    await this.#shared.take(this.#role);
    return this.#shared;
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin'));
  }

  override async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('commit'));
  }

  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('rollback'));
  }

  override async releaseConnection(): Promise<void> {
    this.#shared.release();
  }
}
