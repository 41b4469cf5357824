import type { EntityManager } from '@mikro-orm/postgresql';
import type { Database } from '@samspill/database';
import { withoutDetail } from '@samspill/values';
import type { Kysely } from 'kysely';
import { fromKysely, fromPglite, PgBoss } from 'pg-boss';
import { allMessageTypes } from './contracts.js';
import { type MessageType, queueName, type ServiceName } from './message-type.js';

export interface MessageBusOptions {
  /** Told about every message that could not be handled, and, without a message, about faults of the queue. */
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
 * The queue would delete what nobody has fetched for two weeks and what failed a week ago, but nothing is
 * published twice: a notice that is imported again is unchanged and says nothing. So what waits stays for as
 * long as the queue can count (68 years), and what failed until an operator has dealt with it.
 */
const RETENTION = { retentionSeconds: 2 ** 31 - 1, deleteAfterSeconds: 0 } as const;

/** Not deleting failed messages keeps the queue from deleting handled ones; those are of no use after a week. */
const HANDLED_KEPT_DAYS = 7;
const SWEEP_EVERY_MS = 3_600_000;
/** Those about persons are of harm before that: whoever was forgotten is not to be found in the queue. */
const FORGOTTEN_AFTER_MS = 1_000;

const ABOUT_PERSONS = allMessageTypes
  .filter(({ isAboutPersons }) => isAboutPersons)
  .flatMap((type) => type.receivers.map((receiver) => queueName(type, receiver)));

/**
 * The transactional outbox. `publish` writes into the queue's tables through the transaction of the
 * change that the message tells of: both are there after a crash, or neither.
 */
export class MessageBus {
  readonly #sweeping: NodeJS.Timeout;
  #forgetting: NodeJS.Timeout | null = null;

  private constructor(
    private readonly boss: PgBoss,
    private readonly database: Database,
    private readonly options: Required<MessageBusOptions>,
  ) {
    this.#sweeping = setInterval(() => this.#sweep().catch(options.onError), SWEEP_EVERY_MS).unref();
  }

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
          const queue = queueName(type, receiver);
          await boss.createQueue(queue, {
            ...RETENTION,
            notify: true,
            retryLimit: 20,
            retryDelay: 1,
            retryBackoff: true,
            retryDelayMax: 300,
            heartbeatSeconds: ABANDONED_AFTER_SECONDS,
          });
          // A queue that is there already is not made again, and one of an earlier version forgets.
          await boss.updateQueue(queue, RETENTION);
        }
      }
      // The embedded database has one process at a time: what still counts as being handled was left
      // behind by one that was killed, and there is nobody to wait for.
      if (database.native.kind === 'pglite') {
        await boss.getDb().executeSql(`update ${SCHEMA}.job set state = 'retry' where state = 'active'`);
      }
    });
    const bus = new MessageBus(boss, database, { pollingSeconds: 2, ...options });
    await bus.#sweep();
    return bus;
  }

  /**
   * Lets the database roles of a service publish: the messages that it sends, and no others. Whoever took a
   * service over could otherwise tell the others that anybody has any role.
   */
  async admit(service: ServiceName, roles: readonly string[]): Promise<void> {
    const queues = allMessageTypes
      .filter((type) => type.senders.includes(service))
      .flatMap((type) => type.receivers.map((receiver) => queueName(type, receiver)));
    await this.database.exclusively('samspill.messages', () =>
      this.boss.getDb().executeSql(admission(roles, queues)),
    );
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

  /**
   * Begins to receive. A process handles a queue's messages one at a time, the oldest first. That is no
   * promise of order: a message that is tried again comes after later ones, and replicas share a queue.
   */
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
            results.push({
              id: job.id,
              status: 'failed' as const,
              output: { message: withoutDetail(failure.message) },
            });
          }
        }
        // The queue says itself that they are handled, once it has been told so.
        if (type.isAboutPersons) this.#forgetSoon();
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
    clearInterval(this.#sweeping);
    if (this.#forgetting) clearTimeout(this.#forgetting);
    await this.boss.stop({ graceful: true, timeout: 10_000 });
  }

  async #sweep(): Promise<void> {
    await this.boss
      .getDb()
      .executeSql(
        `delete from ${SCHEMA}.job where state = 'completed' and completed_on < now() - interval '${HANDLED_KEPT_DAYS} days'`,
      );
    await this.#forget();
  }

  /** Also what another process handled, or this one before it was killed. */
  async #forget(): Promise<void> {
    const { rows } = await this.boss.getDb().executeSql(
      `with forgotten as (
         delete from ${SCHEMA}.job where name = any ($1) and state = 'completed'
       )
       select exists (select from ${SCHEMA}.job where name = any ($1) and state = 'active') as more`,
      [ABOUT_PERSONS],
    );
    if (rows[0].more) this.#forgetSoon();
  }

  #forgetSoon(): void {
    this.#forgetting ??= setTimeout(() => {
      this.#forgetting = null;
      this.#forget().catch(this.options.onError);
    }, FORGOTTEN_AFTER_MS).unref();
  }
}

/** What roles may do in the queue's tables. Nothing is granted again that is: two services may start at once. */
function admission(roles: readonly string[], queues: readonly string[]): string {
  const list = (values: readonly string[]) =>
    `array[${values.map((each) => `'${each}'`).join(', ')}]::text[]`;
  return `do $$ declare
      t record;
      r text;
      wanted text;
      stale name;
    begin
      foreach r in array ${list(roles)} loop
        if not has_schema_privilege(r, '${SCHEMA}', 'usage') then
          execute format('grant usage on schema ${SCHEMA} to %I', r);
          execute format('grant select on ${SCHEMA}.queue to %I', r);
        end if;
      end loop;
      -- What a queue holds is in "job" or in a part of it.
      for t in
        select c.oid, c.relname, c.relrowsecurity from pg_class c
        where c.relnamespace = '${SCHEMA}'::regnamespace and c.relkind in ('r', 'p')
          and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'singleton_key')
          and c.relname like 'job%'
      loop
        if not t.relrowsecurity then
          execute format('alter table ${SCHEMA}.%I enable row level security', t.relname);
        end if;
        foreach r in array ${list(roles)} loop
          -- Named after what it lets through: one that is right is left alone, for to drop it stops the queue.
          wanted := r || ' ' || md5(${list(queues)}::text);
          continue when exists (select from pg_policy where polrelid = t.oid and polname = wanted);
          for stale in select polname from pg_policy where polrelid = t.oid and starts_with(polname::text, r || ' ') loop
            execute format('drop policy %I on ${SCHEMA}.%I', stale, t.relname);
          end loop;
          execute format('grant select, insert on ${SCHEMA}.%I to %I', t.relname, r);
          execute format(
            'create policy %I on ${SCHEMA}.%I to %I using (name = any (%L)) with check (name = any (%L))',
            wanted, t.relname, r, ${list(queues)}, ${list(queues)}
          );
        end loop;
      end loop;
    end $$`;
}
