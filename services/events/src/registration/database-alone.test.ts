import 'reflect-metadata';
import type { Identity } from '@samspill/identity';
import { stableId } from '@samspill/values';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registrationsWithStatus } from './registration.filter.js';
import { Registration } from './registration.js';
import { RegistrationStatus, registrationStatus } from './registration.status.js';
import { hours, Place, people, START, type Who } from './registration.test-support.js';

let place: Place;
beforeAll(async () => {
  place = await Place.open();
});
afterAll(() => place?.[Symbol.asyncDispose]());

const GRANTS: Partial<Record<Who, string>> = {
  host: 'MEMBER@3118,EVENT_HOST@3118',
  'host of Marker': 'MEMBER@3122,EVENT_HOST@3122',
};

/** Runs SQL as somebody who writes; gives the rows, or the code of the database's refusal. */
async function as(who: Who, sql: string, parameters: unknown[] = []): Promise<unknown> {
  const identity = people[who] as Extract<Identity, { kind: 'PERSON' }>;
  const em = place.service.store.as('writer', {
    'samspill.person': identity.personId,
    'samspill.organisations': identity.organisations.join(','),
    'samspill.grants': GRANTS[who] ?? '',
  });
  return em.execute(`${sql} returning 1`, parameters).then(
    (rows: unknown[]) => rows.length,
    (error: { code?: string }) => error.code,
  );
}

const REFUSED = '42501';

describe('whoever writes a row may not do everything to it', () => {
  it('seats are counted by the service alone', async () => {
    const eventId = await place.event({}, 3);
    const [session] = await place.sessions(eventId);
    expect(await as('host', 'update events.event set seats_taken = 1 where id = ?', [eventId])).toBe(REFUSED);
    expect(await as('host', 'update events.event set last_place = 9 where id = ?', [eventId])).toBe(REFUSED);
    expect(await as('host', 'update events.session set seats_taken = 1 where id = ?', [session?.id])).toBe(
      REFUSED,
    );
    expect(await as('host', 'update events.event set title = title where id = ?', [eventId])).toBe(1);
  });

  it.each([
    ['confirms itself', `update events.registration set status = 'CONFIRMED'`],
    [
      'offers itself seats',
      `update events.registration set status = 'OFFERED', offered_at = now(), offer_expires_at = now()`,
    ],
    ['moves forward', 'update events.registration set place = 99'],
    ['asks for more', 'update events.registration set seats = seats + 1'],
    ['becomes another’s', `update events.registration set organisation_number = '310000027'`],
  ])('no registration that waits %s', async (_what, sql) => {
    const { id } = await place.given('supplier', await place.event(), { status: RegistrationStatus.WAITING });
    for (const who of ['supplier', 'colleague', 'host'] as const) {
      expect(await as(who, `${sql} where id = ?`, [id])).toBe(REFUSED);
    }
    for (const who of ['supplier-2', 'person', 'officer', 'host of Marker'] as const) {
      expect(await as(who, `${sql} where id = ?`, [id])).toBe(0);
    }
  });

  it('nobody but hosts says who came, and nobody invents codes or seats', async () => {
    const eventId = await place.event({}, 3);
    const [session] = await place.sessions(eventId);
    const { id } = await place.given('supplier', eventId);
    const [attendee] = await place.attendeesOf(id);
    const come = `update events.attendee set checked_in_at = now(), check_in_method = 'BY_HAND' where id = ?`;
    expect(await as('supplier', come, [attendee?.id])).toBe(REFUSED);
    expect(await as('supplier-2', come, [attendee?.id])).toBe(0);
    expect(await as('host', come, [attendee?.id])).toBe(1);
    const code = `update events.attendee set check_in_code = '0000000000' where id = ?`;
    expect(await as('supplier', code, [attendee?.id])).toBe(REFUSED);
    const seat = (held: boolean) =>
      as(
        'supplier',
        `insert into events.session_seat (attendee_id, session_id, held) values (?, ?, ${held})`,
        [attendee?.id, session?.id],
      );
    expect(await seat(true)).toBe(REFUSED);
    expect(await seat(false)).toBe(1);
    expect(await as('supplier', 'delete from events.registration where id = ?', [id])).toBe(0);
  });

  it('an event holds no more than it has, whatever the service does', async () => {
    const eventId = await place.event({ capacity: 2 }, 1);
    const oversell = (table: string, key: string) =>
      place.sql(`update events.${table} set seats_taken = 3 where ${key} = ?`, [eventId]);
    await expect(oversell('event', 'id')).rejects.toMatchObject({ code: '23514' });
    await expect(oversell('session', 'event_id')).rejects.toMatchObject({ code: '23514' });
  });
});

describe('the status of a registration', () => {
  it('is the same in the graph and in the filter', async () => {
    const eventId = await place.event({ capacity: null });
    const made: Registration[] = [];
    const offered = { offeredAt: hours(-2) };
    for (const facts of [
      { status: RegistrationStatus.CONFIRMED },
      { status: RegistrationStatus.CONFIRMED, ...offered, offerExpiresAt: hours(-1) },
      { status: RegistrationStatus.WAITING },
      { status: RegistrationStatus.OFFERED, ...offered, offerExpiresAt: hours(1) },
      { status: RegistrationStatus.OFFERED, ...offered, offerExpiresAt: START },
      { status: RegistrationStatus.EXPIRED, ...offered, offerExpiresAt: hours(-1) },
      { status: RegistrationStatus.CANCELLED, cancelledAt: START },
    ]) {
      made.push(
        await place.given('supplier', eventId, { ...facts, id: stableId('status', JSON.stringify(facts)) }),
      );
    }
    const em = place.service.store.as('system');
    for (const status of Object.values(RegistrationStatus)) {
      const found = await em.find(Registration, {
        $and: [{ eventId }, registrationsWithStatus(status, START)],
      });
      const expected = made.filter((each) => registrationStatus(each, START) === status);
      expect(expected.length).toBeGreaterThan(0);
      expect(found.map(({ id }) => id).sort()).toEqual(expected.map(({ id }) => id).sort());
    }
  });
});

describe('a long day of everything at once', () => {
  it('keeps the count and the order, whatever people do', async () => {
    // What a failure here is reproduced with.
    const seed = 20_171_017;
    let state = seed;
    const random = (below: number) => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return (state >>> 8) % below;
    };
    const eventId = await place.event({ capacity: 12, offerHours: 1 });
    const people: Who[] = ['supplier', 'supplier-2'];
    const owners = new Map<string, Who>();
    for (let step = 0; step < 150; step++) {
      const who = people[random(2)] as Who;
      const ids = [...owners.keys()];
      const id = ids[random(Math.max(1, ids.length))] ?? '';
      const owner = owners.get(id) ?? who;
      const what = random(10);
      if (what < 4) {
        const made = await place.registers(who, eventId, 1 + random(4));
        owners.set(made.id, who);
      } else if (what < 6) await place.does(owner, 'cancelRegistration', { id });
      else if (what < 7) await place.does(owner, 'updateRegistration', { id, seats: 1 + random(3) });
      else if (what < 8) await place.does(owner, 'acceptOffer', { id });
      else if (what < 9) await place.does(owner, 'declineOffer', { id });
      else place.clock.advance(20 * 60_000);
      await expectOrder(eventId, `step ${step} of seed ${seed}`);
    }
    expect(owners.size).toBeGreaterThan(30);
  });

  async function expectOrder(eventId: string, where: string): Promise<void> {
    const rows = await place.sql(
      `select status, seats, place::int as place, offered_at from events.registration where event_id = ? order by place`,
      [eventId],
    );
    const held = rows.filter(({ status }) => ['CONFIRMED', 'OFFERED'].includes(status));
    const taken = held.reduce((sum, { seats }) => sum + seats, 0);
    expect(await place.seatsTaken(eventId), where).toBe(taken);
    expect(taken, where).toBeLessThanOrEqual(12);
    const [first] = rows.filter(({ status }) => status === 'WAITING');
    // Nobody behind the first in line has seats, unless they got them before it had asked for its own.
    if (first) {
      expect(
        held.filter(({ place }) => place > first.place),
        where,
      ).toEqual([]);
      expect(first.seats + taken, where).toBeGreaterThan(12);
    }
  }
});
