import type { EntityManager } from '@mikro-orm/postgresql';
import type { Database } from '@samspill/database';
import type { Kysely } from 'kysely';
import { fromKysely, fromPglite, PgBoss } from 'pg-boss';
import { allMessageTypes } from './contracts.js';
import { type MessageType, queueName, type ServiceName } from './message-type.js';

export interface MessageBusOptions {
  /** Told about every message that could not be handled, and about faults of the queue itself. */
  onError: (error: Error, message?: { type: string; id: string }) => void;
  /** How often a receiver looks for messages that no notification announced. @default 2 */
  pollingSeconds?: number;
}

/** A receiver's handler. Called at least once for each message, so it must bear being called again. */
export type MessageHandler<T> = (payload: T) => Promise<void>;

const SCHEMA = 'messages';

/**
 * How long a process may be silent before the messages that it was handling are given to another. Handlers
 * that take longer are no problem: the queue reports for them, as long as their process lives.
 */
const ABANDONED_AFTER_SECONDS = 10;

/**
 * The transactional outbox. `publish` writes into the queue's tables through the transaction of the
 * change that the message tells of: both are there after a crash, or neither.
 */
export class MessageBus {
  private constructor(
    private readonly boss: PgBoss,
    private readonly options: Required<MessageBusOptions>,
  ) {}

  static async open(database: Database, options: MessageBusOptions): Promise<MessageBus> {
    const connection =
      database.native.kind === 'pglite'
        ? { db: fromPglite(database.native.pglite), backend: 'pglite' as const }
        : { connectionString: database.native.url, max: 4 };
    const boss = new PgBoss({
      ...connection,
      schema: SCHEMA,
      schedule: false,
      useListenNotify: true,
      superviseIntervalSeconds: ABANDONED_AFTER_SECONDS,
      monitorIntervalSeconds: ABANDONED_AFTER_SECONDS,
    });
    boss.on('error', (error) => options.onError(error));
    await database.exclusively('samspill.messages', async () => {
      await boss.start();
      for (const type of allMessageTypes) {
        for (const receiver of type.receivers) {
          await boss.createQueue(queueName(type, receiver), {
            notify: true,
            retryLimit: 20,
            retryDelay: 1,
            retryBackoff: true,
            retryDelayMax: 300,
            heartbeatSeconds: ABANDONED_AFTER_SECONDS,
          });
        }
      }
      // The embedded database has one process at a time: what still counts as being handled was left
      // behind by one that was killed, and there is nobody to wait for.
      if (database.native.kind === 'pglite') {
        await boss.getDb().executeSql(`update ${SCHEMA}.job set state = 'retry' where state = 'active'`);
      }
    });
    return new MessageBus(boss, { pollingSeconds: 2, ...options });
  }

  /** Writes messages in the transaction that `em` has open; throws when it has none. */
  async publish<T>(em: EntityManager, type: MessageType<T>, payloads: readonly T[]): Promise<void> {
    if (payloads.length === 0) return;
    const transaction = em.getTransactionContext<Kysely<unknown>>();
    if (!transaction) throw new Error(`The message ${type.name} was published outside a transaction.`);
    const db = fromKysely(transaction);
    const jobs = payloads.map((payload) => ({ data: type.shape.parse(payload) as object }));
    for (const receiver of type.receivers) await this.boss.insert(queueName(type, receiver), jobs, { db });
  }

  /** Begins to receive. Messages are handled one at a time, in the order in which they were sent. */
  async receive<T>(receiver: ServiceName, type: MessageType<T>, handler: MessageHandler<T>): Promise<void> {
    if (!type.receivers.includes(receiver)) throw new Error(`${receiver} is not a receiver of ${type.name}.`);
    const options = {
      batchSize: 50,
      burstWhenBatchFull: true,
      perJobResults: true,
      pollingIntervalSeconds: this.options.pollingSeconds,
      notifyPollingIntervalSeconds: this.options.pollingSeconds,
    } as const;
    await this.boss.work<object, unknown, typeof options>(
      queueName(type, receiver),
      options,
      async (jobs) => {
        const results = [];
        for (const job of jobs) {
          try {
            await handler(type.shape.parse(job.data));
            results.push({ id: job.id, status: 'completed' as const });
          } catch (error) {
            const failure = error instanceof Error ? error : new Error(String(error));
            this.options.onError(failure, { type: type.name, id: job.id });
            results.push({ id: job.id, status: 'failed' as const, output: { message: failure.message } });
          }
        }
        return results;
      },
    );
  }

  /** How many messages wait or are being handled. The importer and tests wait for it to become zero. */
  async backlog(): Promise<number> {
    const { rows } = await this.boss
      .getDb()
      .executeSql(
        `select count(*)::int as waiting from ${SCHEMA}.job where state in ('created', 'retry', 'active') and name not like '\\_\\_pgboss%'`,
      );
    return rows[0].waiting;
  }

  /** Lets handlers in progress finish, then stops. */
  async close(): Promise<void> {
    await this.boss.stop({ graceful: true, timeout: 10_000 });
  }
}
