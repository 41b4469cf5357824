import type { EntityManager } from '@mikro-orm/postgresql';
import type { ServiceStore } from '@samspill/subgraph';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long whoever has taken a letter may hold it; an attempt takes less, see `SmtpSender`. */
export const LEASE = 3 * MINUTE;
/** How long a letter is tried. After three days nobody waits for it any more. */
export const PATIENCE = 3 * DAY;
/** How long it can be seen what a letter said. */
export const KEPT = 30 * DAY;
/** Letters that are delivered or given up in one transaction. */
const BATCH = 200;

/** Nothing of whom a letter was to, or of what it said. */
export const EMPTIED =
  'person_id = null, to_email = null, to_name = null, subject = null, body_text = null, body_html = null, calendar = null';

/** A point in time as JavaScript has them. */
export const MILLISECONDS = '(extract(epoch from queued_at) * 1000)::float8';

/** A letter that somebody has taken to send. */
export interface ClaimedLetter {
  readonly id: string;
  readonly template: string;
  readonly language: string;
  readonly toEmail: string;
  readonly toName: string | null;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly calendar: string | null;
  readonly messageId: string;
  readonly queuedAt: Date;
  /** This one included; also by whom it is held, since whoever takes it next counts one more. */
  readonly attempts: number;
}

/** A letter that was given up. */
export interface GivenUp {
  readonly id: string;
  readonly template: string;
  readonly attempts: number;
  readonly failure: string | null;
}

/**
 * The letters of a service, under its own role. Every method is one statement and so one short transaction: no lock
 * is held while a mail server thinks. None of them stands in the audit log, which tells what was done and not how
 * often it was tried to tell somebody; whoever queued the letter has an entry for that.
 */
export class Outbox {
  constructor(private readonly store: ServiceStore) {}

  /** Takes a letter for a while. Whoever dies with one leaves it to others when the time is over. */
  async claim(): Promise<ClaimedLetter | null> {
    const now = this.now();
    const [letter] = await this.em.execute<(Omit<ClaimedLetter, 'queuedAt'> & { queuedAt: number })[]>(
      `with due as materialized (
         select id from ${this.table} where state = 'WAITING' and due_at <= ?
         order by due_at, id limit 1 for update skip locked
       )
       update ${this.table} letter set attempts = letter.attempts + 1, due_at = ?
       from due where letter.id = due.id
       returning letter.id, template, language, to_email as "toEmail", to_name as "toName", subject,
         body_text as text, body_html as html, calendar, message_id as "messageId", ${MILLISECONDS} as "queuedAt", attempts`,
      [now, new Date(now.getTime() + LEASE)],
    );
    return letter ? { ...letter, queuedAt: new Date(letter.queuedAt) } : null;
  }

  /** Also when the letter was taken by another meanwhile, or withdrawn: it has left. */
  async sent({ id }: Pick<ClaimedLetter, 'id'>): Promise<void> {
    await this.em.execute(
      `update ${this.table} set state = 'SENT', ended_at = ?, failure = null where id = ? and state <> 'SENT'`,
      [this.now(), id],
    );
  }

  /** Later again, unless it was taken by another meanwhile. */
  async postpone({ id, attempts }: ClaimedLetter, failure: string): Promise<void> {
    await this.em.execute(
      `update ${this.table} set due_at = ?, failure = ? where id = ? and attempts = ? and state = 'WAITING'`,
      [new Date(this.now().getTime() + pauseAfter(attempts)), failure, id, attempts],
    );
  }

  /** Never again: the receiving server will not have it. */
  async refused({ id, attempts }: ClaimedLetter, failure: string): Promise<void> {
    await this.em.execute(
      `update ${this.table} set state = 'FAILED', ended_at = ?, failure = ?
       where id = ? and attempts = ? and state = 'WAITING'`,
      [this.now(), failure, id, attempts],
    );
  }

  /**
   * Ends what has been tried for too long, also what ends everybody who tries it. What was never tried gets its
   * chance: a service that stood still for a week still has something to say.
   */
  giveUp(): Promise<GivenUp[]> {
    const now = this.now();
    return this.em.execute<GivenUp[]>(
      `with old as materialized (
         select id from ${this.table}
         where state = 'WAITING' and due_at <= ? and attempts > 0 and queued_at <= ?
         order by due_at limit ${BATCH} for update skip locked
       )
       update ${this.table} letter set state = 'FAILED', ended_at = ?
       from old where letter.id = old.id returning letter.id, template, attempts, failure`,
      [now, new Date(now.getTime() - PATIENCE), now],
    );
  }

  /** Into the mailbox, which is here: there is nothing between delivering and saying so. */
  async deliver(): Promise<number> {
    const now = this.now();
    const delivered = await this.em.execute<unknown[]>(
      `with due as materialized (
         select id from ${this.table} where state = 'WAITING' and due_at <= ?
         order by due_at, id limit ${BATCH} for update skip locked
       )
       update ${this.table} letter set state = 'SENT', attempts = letter.attempts + 1, ended_at = ?, failure = null
       from due where letter.id = due.id returning letter.id`,
      [now, now],
    );
    return delivered.length;
  }

  /** Empties letters that were sent or given up long ago. */
  async clear(): Promise<void> {
    await this.em.execute(
      `update ${this.table} set ${EMPTIED} where to_email is not null and state <> 'WAITING' and ended_at <= ?`,
      [new Date(this.now().getTime() - KEPT)],
    );
  }

  private get em(): EntityManager {
    return this.store.as('system');
  }

  private get table(): string {
    return `"${this.store.name}".mail`;
  }

  private now(): Date {
    return this.store.host.clock.now();
  }
}

/** Half a minute after the first attempt, twice as long after each, two hours at most. */
export function pauseAfter(attempts: number): number {
  return Math.min(30 * SECOND * 2 ** Math.min(attempts - 1, 20), 2 * HOUR);
}
