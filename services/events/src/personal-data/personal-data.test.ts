import { personForgotten } from '@samspill/messages';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newCheckInCode } from '../check-in/code.js';
import { EventStatus } from '../event/event.status.js';
import { person, START, startTestEvents, supplier, type TestEvents } from '../event/event.test-support.js';
import { eraseWhatIsOver } from './erase-after-events.js';

let events: TestEvents;
beforeAll(async () => {
  events = await startTestEvents();
});
afterAll(() => events?.[Symbol.asyncDispose]());

const DAY = 24 * 60 * 60 * 1_000;
const system = () => events.service.store.as('system');

async function register(eventId: string, personId: string, name: string): Promise<void> {
  const em = system();
  const id = crypto.randomUUID();
  await em.execute(
    `insert into events.registration (id, event_id, municipality_number, person_id, contact_name, contact_email, seats, status, place, language, registered_at)
     values (?, ?, '3118', ?, ?, ?, 1, 'CONFIRMED', ?, 'nb', ?)`,
    [id, eventId, personId, name, `${name}@example.no`, name.length, START],
  );
  await em.execute(
    `insert into events.attendee (id, registration_id, event_id, number, name, check_in_code, checked_in_at, check_in_method)
     values (?, ?, ?, 1, ?, ?, ?, 'CODE')`,
    [id, id, eventId, name, newCheckInCode(), START],
  );
}

/** Every table of the service, as text: what stands nowhere here stands nowhere. */
async function everything(): Promise<string> {
  const tables = await system().execute<{ name: string }[]>(
    "select relname as name from pg_class where relnamespace = 'events'::regnamespace and relkind = 'r'",
  );
  const texts = [];
  for (const { name } of tables) {
    texts.push(await system().execute(`select jsonb_agg(t) as rows from events."${name}" t`));
  }
  return JSON.stringify(texts);
}

const counts = (eventId: string) =>
  system().execute(
    `select e.seats_taken, count(a.id)::int as attendees, count(a.checked_in_at)::int as came
     from events.event e left join events.attendee a on a.event_id = e.id where e.id = ? group by e.id`,
    [eventId],
  );

it('erases after the days that the event says, once, and keeps the counts', async () => {
  const endsAt = new Date(events.clock.now().getTime() - 10 * DAY);
  const startsAt = new Date(endsAt.getTime() - DAY);
  const id = await events.eventThatIs(EventStatus.HELD, { startsAt, endsAt, personalDataDays: 12 });
  const draft = await events.eventThatIs(EventStatus.DRAFT, { startsAt, endsAt, personalDataDays: 1 });
  await register(id, person.personId, 'Torhild');
  const before = await counts(id);
  expect(await eraseWhatIsOver(events.service.store)).toEqual([]);
  events.clock.set(new Date(endsAt.getTime() + 12 * DAY - 1).toISOString());
  expect(await eraseWhatIsOver(events.service.store)).toEqual([]);
  expect(await everything()).toContain('Torhild');

  events.clock.set(new Date(endsAt.getTime() + 12 * DAY).toISOString());
  const [erased, entries] = await events.audited(() => eraseWhatIsOver(events.service.store));
  expect(erased).toEqual([id]);
  expect(entries).toContainEqual(
    expect.objectContaining({ operation: 'event-personal-data-expired', id, owner: '3118' }),
  );
  const all = await everything();
  for (const trace of ['Torhild', person.personId]) expect(all).not.toContain(trace);
  const [{ code }] = await system().execute<[{ code: unknown }]>(
    'select max(check_in_code) as code from events.attendee where event_id = ?',
    [id],
  );
  expect(code).toBeNull();
  expect(await counts(id)).toEqual(before);
  expect((await events.stored(id)).personalDataErasedAt).toEqual(events.clock.now());
  expect((await events.stored(draft)).personalDataErasedAt).toBeNull();
  const [again, nothing] = await events.audited(() => eraseWhatIsOver(events.service.store));
  expect([again, nothing]).toEqual([[], []]);
  events.clock.set(START);
});

it('forgets a person who asks for it, and nobody else', async () => {
  const id = await events.eventThatIs(EventStatus.HELD);
  await register(id, person.personId, 'Gunvor');
  await register(id, supplier.personId, 'Sigbjørg');
  await events.ask(person, 'mutation { createCalendarLink(input: {}) { url } }');
  const before = await counts(id);
  await events.database.owner.transaction().execute(async (transaction) => {
    const em = { getTransactionContext: () => transaction } as never;
    await events.bus.publish(em, personForgotten, [{ personId: person.personId }]);
  });
  await expect.poll(everything, { timeout: 10_000 }).not.toContain('Gunvor');
  const all = await everything();
  expect(all).not.toContain(person.personId);
  expect(all).toContain('Sigbjørg');
  expect(await counts(id)).toEqual(before);
  expect(events.failures).toEqual([]);
});
