import type { EntityManager } from '@mikro-orm/postgresql';
import type { Attendee } from '../attendee/attendee.js';
import { SessionSeat } from '../attendee/session-seat.js';
import { Event } from '../event/event.js';
import { Session } from '../event/session.js';
import type { Seats, Waiting } from './waiting-line.js';
import type { WholeRegistration } from './whole-registration.js';

/** Somebody in the line, without who they are: others’ registrations are nothing that an actor reads. */
export type InLine = Waiting & { readonly id: string };

/**
 * The seats of one event and its sessions, held against everybody else until the transaction ends. All that gives or
 * takes seats goes through here, as the service itself.
 */
export class Books {
  private constructor(
    private readonly em: EntityManager,
    readonly event: Event,
    readonly sessions: ReadonlyMap<string, Session>,
  ) {}

  /**
   * Locks the event first of all: whoever wrote a row that points at the event before, and then waited for it, could
   * stand in the way of one who waits for them. Not the key of the event, so that whoever only points at it goes on.
   */
  static async open(em: EntityManager, eventId: string): Promise<Books | null> {
    await em.execute('select from events.event where id = ? for no key update', [eventId]);
    const event = await em.findOne(Event, { id: eventId }, { refresh: true });
    if (!event) return null;
    const sessions = await em.find(Session, { event: eventId }, { refresh: true });
    return new Books(em, event, new Map(sessions.map((session) => [session.id, session])));
  }

  get seats(): Seats {
    return { capacity: this.event.capacity, taken: this.event.seatsTaken };
  }

  /** Those who wait, the first first. */
  line(): Promise<InLine[]> {
    return this.em.execute<InLine[]>(
      `select id, place::int as place, seats from events.registration
       where event_id = ? and status = 'WAITING' order by place`,
      [this.event.id],
    );
  }

  /** The seats that an organisation has or waits for. */
  async seatsOf(organisationNumber: string): Promise<number> {
    const [row] = await this.em.execute<{ seats: number }[]>(
      `select coalesce(sum(seats), 0)::int as seats from events.registration
       where event_id = ? and organisation_number = ? and status in ('CONFIRMED', 'OFFERED', 'WAITING')`,
      [this.event.id, organisationNumber],
    );
    return row?.seats ?? 0;
  }

  /** Whether somebody has registered, or waits, for themselves. */
  async hasPrivately(personId: string): Promise<boolean> {
    const rows = await this.em.execute<unknown[]>(
      `select 1 from events.registration where event_id = ? and person_id = ? and organisation_number is null
         and status in ('CONFIRMED', 'OFFERED', 'WAITING') limit 1`,
      [this.event.id, personId],
    );
    return rows.length > 0;
  }

  /** The next place in the order of requests. */
  async nextPlace(): Promise<number> {
    const [row] = await this.em.execute<{ place: number }[]>(
      'update events.event set last_place = last_place + 1 where id = ? returning last_place::int as place',
      [this.event.id],
    );
    return row?.place as number;
  }

  /** How many more a session has room for. */
  roomIn(session: Session): number {
    return session.capacity === null ? Number.POSITIVE_INFINITY : session.capacity - session.seatsTaken;
  }

  /**
   * Gives a registration its seats, and at the sessions that its people wish for where there is room. Gives back
   * the sessions where there is none; those wishes are gone.
   */
  give(whole: WholeRegistration): Session[] {
    this.event.seatsTaken += whole.registration.seats;
    const full: Session[] = [];
    for (const choice of [...whole.choices]) {
      const session = this.sessions.get(choice.sessionId);
      if (!session || choice.held) continue;
      if (this.roomIn(session) > 0) {
        session.seatsTaken += 1;
        choice.held = true;
      } else {
        if (!full.includes(session)) full.push(session);
        this.forget(whole, choice);
      }
    }
    return full;
  }

  /** Takes people off a registration, with their seats if it has any. */
  takeBack(whole: WholeRegistration, attendees: readonly Attendee[], hadSeats: boolean): void {
    const leaving = new Set(attendees.map(({ id }) => id));
    if (hadSeats) this.event.seatsTaken -= leaving.size;
    for (const choice of whole.choices.filter(({ attendeeId }) => leaving.has(attendeeId)))
      this.drop(whole, choice);
    for (const each of attendees) this.em.remove(each);
    whole.attendees = whole.attendees.filter(({ id }) => !leaving.has(id));
  }

  /** Undoes a choice, and frees the seat at the session. */
  drop(whole: WholeRegistration, choice: WholeRegistration['choices'][number]): void {
    const session = this.sessions.get(choice.sessionId);
    if (choice.held && session) session.seatsTaken -= 1;
    this.forget(whole, choice);
  }

  /** Somebody chooses a session: a seat there, or a wish for one. Whoever asks has made sure that there is room. */
  choose(whole: WholeRegistration, { id: attendeeId }: Attendee, session: Session, held: boolean): void {
    if (held) session.seatsTaken += 1;
    whole.choices = [
      ...whole.choices,
      this.em.create(SessionSeat, { attendeeId, sessionId: session.id, held }),
    ];
  }

  private forget(whole: WholeRegistration, choice: WholeRegistration['choices'][number]): void {
    this.em.remove(choice);
    whole.choices = whole.choices.filter((each) => each !== choice);
  }
}
