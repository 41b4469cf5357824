import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { ServiceStore } from '@samspill/subgraph';
import { ERRORS, type Lock, type Locker } from '@tus/server';

/** How long a lease holds without being renewed: what it takes to notice that a replica is gone. */
const LEASE_MILLISECONDS = 10_000;
const RENEWAL_MILLISECONDS = 2_000;
/** How long an upload waits for another to let go, before its client is told to come back. */
const PATIENCE_MILLISECONDS = 8_000;
const BUSY = { status_code: 423, body: 'Somebody else is sending this file just now.\n' };

interface Held {
  readonly id: string;
  readonly holder: string;
  /** By the process's own steady clock, from before the database was asked. */
  renewedAt: number;
  /** Asks the holder to let go. */
  readonly release: () => unknown;
}

/**
 * Who works with a file just now, of all replicas: one at a time. In a table, because an advisory lock would keep a
 * connection of the pool for as long as a slow upload lasts. Time is the database's, which is the same for all.
 */
export class Leases implements Locker {
  private readonly held = new Map<string, Held>();
  private timer: NodeJS.Timeout | undefined;
  private readonly table: string;

  constructor(private readonly store: ServiceStore) {
    this.table = `"${store.name}".document_lease`;
  }

  /** As the upload protocol knows it: whoever comes later gets it, so that a client need not wait for its own dead connection. */
  newLock(key: string): Lock {
    const id = key.slice(key.lastIndexOf('/') + 1);
    let lease: Held | null = null;
    return {
      lock: async (signal, release) => {
        const begin = performance.now();
        for (;;) {
          if (signal.aborted) throw ERRORS.ABORTED;
          lease = await this.take(id, release);
          if (lease) return;
          if (performance.now() - begin > PATIENCE_MILLISECONDS) throw BUSY;
          await this.askFor(id);
          await pause(200);
        }
      },
      unlock: async () => {
        if (lease) await this.giveBack(lease);
      },
    };
  }

  /** Runs `work` unless somebody else works with the file: then false. */
  async whileHeld(id: string, work: () => Promise<void>): Promise<boolean> {
    const lease = await this.take(id, () => undefined);
    if (!lease) return false;
    try {
      await work();
    } finally {
      await this.giveBack(lease);
    }
    return true;
  }

  /**
   * Tells, again and again, whether this process still has the lease that it has now. One that stood still may find
   * that others have taken over; it must ask before it writes.
   */
  holding(id: string): () => boolean {
    const lease = this.held.get(id);
    return () =>
      lease !== undefined &&
      this.held.get(id) === lease &&
      performance.now() - lease.renewedAt < LEASE_MILLISECONDS - RENEWAL_MILLISECONDS;
  }

  private async take(id: string, release: () => unknown): Promise<Held | null> {
    const lease = { id, holder: randomUUID(), renewedAt: performance.now(), release };
    const taken = await this.store.as('system').execute<unknown[]>(
      `insert into ${this.table} as lease (document_id, holder, until)
       select id, ?, clock_timestamp() + ? * interval '1 millisecond'
       from "${this.store.name}".document where id = ?
       on conflict (document_id) do update
         set holder = excluded.holder, until = excluded.until, wanted = false
         where lease.until < clock_timestamp()
       returning 1`,
      [lease.holder, LEASE_MILLISECONDS, id],
    );
    if (taken.length === 0) return null;
    this.held.set(id, lease);
    this.timer ??= setInterval(() => void this.renew(), RENEWAL_MILLISECONDS).unref();
    return lease;
  }

  private async askFor(id: string): Promise<void> {
    const mine = this.held.get(id);
    if (mine) await mine.release();
    else
      await this.store
        .as('system')
        .execute(`update ${this.table} set wanted = true where document_id = ?`, [id]);
  }

  private async giveBack(lease: Held): Promise<void> {
    if (this.held.get(lease.id) === lease) this.held.delete(lease.id);
    if (this.held.size === 0) {
      clearInterval(this.timer);
      this.timer = undefined;
    }
    await this.store
      .as('system')
      .execute(`delete from ${this.table} where document_id = ? and holder = ?`, [lease.id, lease.holder]);
  }

  private async renew(): Promise<void> {
    const renewedAt = performance.now();
    const leases = [...this.held.values()];
    try {
      const rows = await this.store.as('system').execute<{ holder: string; wanted: boolean }[]>(
        `update ${this.table} set until = clock_timestamp() + ? * interval '1 millisecond'
         where holder = any (string_to_array(?, ',')) and until > clock_timestamp()
         returning holder, wanted`,
        [LEASE_MILLISECONDS, leases.map(({ holder }) => holder).join(',')],
      );
      const wanted = new Map(rows.map((row) => [row.holder, row.wanted]));
      for (const lease of leases) {
        if (wanted.has(lease.holder)) lease.renewedAt = renewedAt;
        // Gone: the document was removed, or somebody found the lease too old.
        else if (this.held.get(lease.id) === lease) this.held.delete(lease.id);
        if (wanted.get(lease.holder) !== false) await lease.release();
      }
    } catch (err) {
      // Not renewed, the leases end by themselves, and `isHeld` says so.
      this.store.host.log.error({ err }, 'Leases of documents could not be renewed');
    }
  }
}
