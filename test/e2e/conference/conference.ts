import { AdjustableClock } from '@samspill/values';
import { expect } from 'vitest';
import type { DatabaseKind } from '../../support/databases.js';
import { type Letter, mailbox } from '../../support/mailbox.js';
import { type Answer, startTestRegion, type TestRegion } from '../../support/region.js';
import { type Group, group, groups, LIMIT, randomNumbers } from './groups.js';
import { type Asked, Line, type Status, sum } from './line.js';
import { chosen } from './programme.js';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export const CAPACITY = 150;
export const REQUESTS = 180;
export const ASKIM = '0124';
export const TITLE = 'Innkjøpskonferansen 2017: Sammen blir vi gode';

/** On the clock in Oslo: summer time until the last Sunday of October. */
export const oslo = (day: string, time: string, offset = '+02:00') =>
  new Date(`${day}T${time}:00${offset}`).toISOString();

/** What of a registration the hosts of the event see. */
export interface Seen {
  readonly id: string;
  readonly status: Status;
  readonly seats: number;
  readonly contactName: string | null;
  readonly contactEmail: string | null;
  readonly placeInLine: number | null;
  readonly attendees: readonly SeenAttendee[];
}

export interface SeenAttendee {
  readonly id: string;
  readonly name: string | null;
  readonly organisationName: string | null;
  readonly checkInCode: string | null;
  readonly checkedInAt: string | null;
  readonly certificateUrl: string | null;
  readonly sessions: readonly { readonly held: boolean; readonly session: { readonly title: string } }[];
}

const BOOKS = 'id status seats placeInLine attendees { id checkInCode }';
const ALL = `id status seats contactName contactEmail placeInLine attendees {
  id name organisationName checkInCode checkedInAt certificateUrl sessions { held session { title } } }`;

/** Who came, as the host prints it. */
export const ALL_NAMES = `query ($id: ID!) { event(id: $id) { attendance { attendees(first: 200, orderBy: ORGANISATION, filter: { checkedIn: true }) {
  totalCount nodes { id name organisationName } } } } }`;

const INPUTS: Readonly<Record<string, string>> = { acceptOffer: 'AnswerOffer', declineOffer: 'AnswerOffer' };

/** The product with a clock that the test moves, the conference in it, and the test's own bookkeeping of the line. */
export class Conference implements AsyncDisposable {
  id = '';
  /** Of the items of the programme, by title. */
  readonly sessions = new Map<string, string>();
  readonly groups = new Map<string, Group>();
  readonly line: Line;
  /** Whom letters about a change went to, which no registration causes alone. */
  readonly changeLetters: string[] = [];
  readonly #letters = new Map<string, Letter>();

  private constructor(
    readonly place: TestRegion,
    readonly clock: AdjustableClock,
    /** Those who will ask for seats, in this order. */
    readonly everybody: readonly Group[],
    /** Goes to another event than the conference. */
    readonly guest: Group,
    readonly random: () => number,
  ) {
    const rooms = chosen.map(({ title, capacity = 0 }) => [title, capacity] as const);
    this.line = new Line(CAPACITY, LIMIT, 24 * HOUR, new Map(rooms));
  }

  static async open(kind: DatabaseKind, seed: number): Promise<Conference> {
    const clock = new AdjustableClock(oslo('2017-08-14', '09:00'));
    const everybody = await groups(seed, REQUESTS);
    const guest = await group({ number: 901, company: null, seats: 1 });
    const random = randomNumbers(seed + 1);
    return new Conference(await startTestRegion(kind, { clock }), clock, everybody, guest, random);
  }

  get now(): number {
    return this.clock.now().getTime();
  }

  async ask(who: Group | 'event-host' | 'public', query: string, variables: object = {}): Promise<Answer> {
    return typeof who === 'string'
      ? this.place.query(query, variables, {}, who)
      : this.place.query(query, variables, who.headers);
  }

  /** What a query gives that nothing is wrong with. */
  // biome-ignore lint/suspicious/noExplicitAny: a test reads the answer to its own query
  async reads(who: Group | 'event-host' | 'public', query: string, variables: object = {}): Promise<any> {
    const { data, errors } = await this.ask(who, query, variables);
    expect(errors).toBeUndefined();
    return data;
  }

  /** What a mutation gives, and the codes of what is to be mended or was refused. */
  async does(
    who: Group | 'event-host' | 'public',
    mutation: string,
    input: object,
    fields = 'registration { id status seats }',
    // biome-ignore lint/suspicious/noExplicitAny: each mutation gives something else
  ): Promise<{ done: any; codes: string[] }> {
    const type = INPUTS[mutation] ?? `${mutation[0]?.toUpperCase()}${mutation.slice(1)}`;
    const query = `mutation ($input: ${type}Input!) { ${mutation}(input: $input) { ${fields} userErrors { code } } }`;
    const { data, errors } = await this.ask(who, query, { input });
    if (errors) return { done: null, codes: errors.map(({ extensions }) => String(extensions?.code)) };
    const { userErrors, ...rest } = data[mutation];
    return { done: Object.values(rest)[0], codes: userErrors.map(({ code }: { code: string }) => code) };
  }

  /** The same where nothing is to be mended. */
  async did(...[who, mutation, input, fields]: Parameters<Conference['does']>) {
    const { done, codes } = await this.does(who, mutation, input, fields);
    expect(codes, mutation).toEqual([]);
    return done;
  }

  /** What whoever registered does to their registration. */
  doesTo({ id }: Asked, mutation: string, input: object = {}) {
    return this.did(this.groupOf(id), mutation, { id, ...input });
  }

  /** The secret address of somebody's own calendar. */
  async calendarOf(who: Group): Promise<string> {
    const data = await this.reads(who, 'mutation { createCalendarLink(input: {}) { url } }');
    return data.createCalendarLink.url;
  }

  /**
   * All letters so far. A letter is emptied after 30 days, and the clock of this test leaps further: so they are read
   * before it does.
   */
  async letters(): Promise<readonly Letter[]> {
    for (const letter of await mailbox(this.place, 'events')) {
      const known = this.#letters.get(letter.path);
      if (!known || letter.text.includes('@')) this.#letters.set(letter.path, letter);
    }
    return [...this.#letters.values()];
  }

  pick<T>(some: readonly T[]): T {
    return some[Math.floor(this.random() * some.length)] as T;
  }

  inputOf(group: Group, choices = group.choices): object {
    const { organisation, contactName, email, names } = group;
    return {
      ...{ eventId: this.id, contactName, contactEmail: email, seats: names.length },
      ...(organisation && { organisationNumber: organisation.number, organisationName: organisation.name }),
      attendees: names.map((name, at) => ({
        name,
        sessionIds: (choices[at] ?? []).map((each) => this.sessions.get(chosen[each]?.title ?? '')),
      })),
    };
  }

  requestOf({ email, organisation }: Group, choices: Group['choices']) {
    const titles = choices.map((each) => each.map((at) => chosen[at]?.title ?? ''));
    return { email, organisation: organisation?.number ?? null, choices: titles };
  }

  /** Asks for seats, and holds the answer against the bookkeeping. Choices that are full are given up. */
  async registers(group: Group): Promise<Seen> {
    const full = this.line.roomsFullFor(this.requestOf(group, group.choices).choices);
    const wanted = this.line.answerTo(this.requestOf(group, group.choices));
    const { done, codes } = await this.does(group, 'registerForEvent', this.inputOf(group));
    if (wanted === 'SESSION_FULL') {
      expect([done, [...new Set(codes)]]).toEqual([null, ['SESSION_FULL']]);
      const without = group.choices.map((each) =>
        each.filter((at) => !full.includes(chosen[at]?.title ?? '')),
      );
      return this.registers({ ...group, choices: without });
    }
    expect([codes, done?.status, done?.seats]).toEqual([[], wanted, group.names.length]);
    this.#asked(group, done.id);
    return done;
  }

  /** Many at once: who came first is for the product to say, and what follows from it for the bookkeeping. */
  async registerAtOnce(some: readonly Group[]): Promise<void> {
    const answers = await Promise.all(
      some.map(async (group) => ({
        group,
        ...(await this.does(group, 'registerForEvent', this.inputOf(group))),
      })),
    );
    expect(answers.flatMap(({ codes }) => codes)).toEqual([]);
    const order = (await this.registrations('id')).map(({ id }) => id);
    answers.sort((a, b) => order.indexOf(a.done.id) - order.indexOf(b.done.id));
    for (const { group, done } of answers) {
      this.#asked(group, done.id);
      expect(done.status).toBe(this.line.all.at(-1)?.status);
    }
  }

  #asked(group: Group, id: string): void {
    this.groups.set(id, group);
    this.line.asks(id, this.requestOf(group, group.choices));
  }

  groupOf(id: string): Group {
    return this.groups.get(id) as Group;
  }

  async registrations(fields = ALL): Promise<Seen[]> {
    const query = `query ($id: ID!, $after: String) { event(id: $id) { registrations(first: 100, after: $after) {
      nodes { ${fields} } pageInfo { hasNextPage endCursor } } } }`;
    const found: Seen[] = [];
    for (let after: string | null = null; ; ) {
      const { event } = await this.reads('event-host', query, { id: this.id, after });
      const { nodes, pageInfo } = event.registrations;
      found.push(...nodes);
      if (!pageInfo.hasNextPage) return found;
      after = pageInfo.endCursor;
    }
  }

  async seenOf({ id }: Asked): Promise<Seen> {
    return (await this.registrations()).find((each) => each.id === id) as Seen;
  }

  async event() {
    const { event } = await this.reads(
      'public',
      `query ($id: ID!) { event(id: $id) { status capacity seatsTaken seatsFree waiting { registrations seats seatsOffered }
        attendance { registered checkedIn } sessions { id title room seatsTaken capacity startsAt } calendarUrl } }`,
      { id: this.id },
    );
    return event;
  }

  /** Holds everything that the product says of the line against the bookkeeping, and against what must never be. */
  async audit(): Promise<void> {
    const { line } = this;
    const [seen, event] = [await this.registrations(BOOKS), await this.event()];
    const facts = (each: { id: string; status: Status; seats: number }) =>
      `${each.id} ${each.status} ${each.seats}`;
    // Nobody lost, nobody made up, in the order in which they asked.
    expect(seen.map(facts)).toEqual(line.all.map(facts));

    // Never oversold, and no seat that somebody could have stands empty.
    const taken = sum(seen.filter(({ status }) => status === 'CONFIRMED' || status === 'OFFERED'));
    const waiting = seen.filter(({ status }) => status === 'WAITING');
    expect(taken).toBeLessThanOrEqual(CAPACITY);
    expect(event).toMatchObject({ capacity: CAPACITY, seatsTaken: taken, seatsFree: CAPACITY - taken });
    expect(event.waiting).toEqual({
      registrations: waiting.length,
      seats: sum(waiting),
      seatsOffered: sum(line.with('OFFERED')),
    });
    expect(event.attendance.registered).toBe(sum(line.with('CONFIRMED')));
    const [head] = waiting;
    if (head && event.status !== 'HELD') expect(head.seats).toBeGreaterThan(CAPACITY - taken);
    expect(waiting.map(({ placeInLine }) => placeInLine)).toEqual(waiting.map((_, at) => at + 1));

    // Nobody who waits stands before somebody who was served.
    const last = seen.findLastIndex(({ status }) => status === 'CONFIRMED' || status === 'OFFERED');
    const first = seen.findIndex(({ status }) => status === 'WAITING');
    if (first >= 0) expect(first).toBeGreaterThan(last);

    for (const { title, seatsTaken, capacity } of event.sessions) {
      expect([title, seatsTaken]).toEqual([title, line.seatsIn(title)]);
      if (capacity !== null) expect(seatsTaken).toBeLessThanOrEqual(capacity);
    }
    for (const each of seen) {
      const isOver = each.status === 'CANCELLED' || each.status === 'EXPIRED';
      expect(each.attendees).toHaveLength(isOver ? 0 : each.seats);
      for (const { checkInCode } of each.attendees) {
        expect(checkInCode === null).toBe(each.status !== 'CONFIRMED');
      }
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.place[Symbol.asyncDispose]();
  }
}
