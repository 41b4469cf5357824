import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eraseWhatIsOver } from '../personal-data/erase-after-events.js';
import { forgetPerson } from '../personal-data/forget-person.js';
import { contactsOf } from './registration.loader.js';
import { hours, Place, people, START, type Who } from './registration.test-support.js';

let place: Place;
beforeAll(async () => {
  place = await Place.open();
});
afterAll(() => place?.[Symbol.asyncDispose]());
beforeEach(() => place.clock.set(START));

const NUMBERS = `query ($id: ID!) { event(id: $id) {
  seatsTaken seatsFree waiting { registrations seats } attendance { registered checkedIn }
} }`;
const numbers = async (id: string) => (await place.ask('public', NUMBERS, { id })).data.event;

/** All that is stored in the service, the audit log and the queue included, as text. */
async function everything(): Promise<string> {
  const tables = await place.sql(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname = 'events' and tablename not like 'migration%' and tablename <> 'membership'`,
  );
  const texts = await Promise.all(
    tables.map(
      async ({ name }) =>
        (await place.database.owner.executeQuery(raw(`select t::text as text from ${name} t`))).rows,
    ),
  );
  return JSON.stringify(texts);
}

const raw = (sql: string) => ({ sql, parameters: [], query: { kind: 'RawNode' } }) as never;

/** An event with a company, a private person and somebody who waits, all with names that stand nowhere else. */
async function filled(colleague = 'Kollega Kollegasen', tag = 'privat') {
  const eventId = await place.event({ capacity: 3, personalDataDays: 30 });
  const company = await place.registers('supplier', eventId, 2, {
    ...{
      contactName: 'Lise Kontakt',
      contactEmail: 'lise.kontakt@eksempel.no',
      clientKey: 'lise-sin-nøkkel',
    },
    attendees: [{ name: 'lise kontakt' }, { name: colleague }],
  });
  const own = { contactName: 'Petra Privat', contactEmail: `petra.${tag}@eksempel.no` };
  const person = await place.registers('person', eventId, 1, own);
  await place.registers('supplier-2', eventId, 1, { contactName: 'Venter Ventesen' });
  return { eventId, company, person };
}

describe('erasing', () => {
  it('after the event leaves no name, address or code in any table, and every count as it was', async () => {
    const { eventId, company } = await filled();
    place.clock.set(hours(241));
    const [first] = await place.attendeesOf(company.id);
    await place.does('host', 'checkInByHand', { attendeeIds: [first?.id] });
    await place.sql('update events.event set capacity = 4 where id = ?', [eventId]);
    await place.does('host', 'addWalkIn', { eventId, name: 'Innom Innomsen', organisationName: 'Drop AS' });
    const codes = (
      await place.sql('select check_in_code as code from events.attendee where event_id = ?', [eventId])
    ).map(({ code }) => code);
    const before = await numbers(eventId);
    expect(before.attendance).toEqual({ registered: 4, checkedIn: 2 });
    const named = ['Lise', 'lise', 'Kollega', 'Petra', 'petra.privat', 'Venter', 'Innom', ...codes];
    const text = await everything();
    for (const name of named) expect(text, name).toContain(name);

    place.clock.set(hours(247 + 30 * 24));
    expect(await eraseWhatIsOver(place.service.store)).toContain(eventId);
    const after = await everything();
    for (const name of named) expect(after, name).not.toContain(name);
    for (const who of ['supplier', 'supplier-2', 'person'] as Who[]) {
      const { personId } = people[who] as { personId: string };
      const rows = await place.sql('select 1 from events.registration where person_id = ?', [personId]);
      expect(rows).toEqual([]);
    }
    // What companies are called is nobody's name.
    expect(after).toContain('Firma supplier AS');
    expect(after).toContain('Drop AS');
    expect(await numbers(eventId)).toEqual(before);
    expect(await contactsOf(place.service.store.as('system'), eventId)).toEqual([]);
    const { data } = await place.ask(
      'host',
      'query ($id: ID!) { event(id: $id) { registrations { totalCount nodes { contactName attendees { name checkInCode } } } } }',
      { id: eventId },
    );
    expect(data.event.registrations.totalCount).toBe(4);
    expect(JSON.stringify(data)).not.toMatch(/"(name|checkInCode|contactName)":"/);
  });

  it('one person who asks takes them along everywhere, and not their colleagues', async () => {
    const { eventId, company, person } = await filled();
    const before = await numbers(eventId);
    for (const who of ['supplier', 'person'] as const) {
      const { personId } = people[who] as { personId: string };
      await place.service.store.change('person-forgotten', async (change) => {
        await forgetPerson(change, place.service.store, personId);
        change.audit({ object: { type: 'Person', id: 'somebody' } });
      });
    }
    const text = await everything();
    for (const name of ['Lise Kontakt', 'lise kontakt', 'lise-sin', 'Petra', 'petra.privat']) {
      expect(text, name).not.toContain(name);
    }
    expect(text).toContain('Kollega Kollegasen');
    expect(await numbers(eventId)).toEqual(before);
    // The company goes on with its seats, and says whom to ask from now on.
    const { id } = company;
    const change = { id, contactName: 'Ny Kontakt', contactEmail: 'ny@eksempel.no' };
    expect(await place.does('colleague', 'updateRegistration', change, '{ contactName }')).toEqual({
      contactName: 'Ny Kontakt',
    });
    expect(await place.does('host', 'updateRegistration', { id: person.id, contactName: 'X' })).toEqual([
      'PERSONAL_DATA_ERASED',
    ]);
  });

  it('one attendee on request: by their own people or the hosts, and by nobody else', async () => {
    const { eventId, company, person } = await filled('Borte Bortesen', 'borte');
    const [first, second] = company.attendees;
    const before = await numbers(eventId);
    const contents = await place.contents();
    for (const who of ['supplier-2', 'person', 'officer', 'host of Marker'] as const) {
      expect(await place.does(who, 'eraseAttendee', { attendeeId: second.id })).toEqual(['NOT_FOUND']);
    }
    expect(await place.contents()).toBe(contents);
    const [, entries] = await place.audited(async () => {
      expect(await place.does('host', 'eraseAttendee', { attendeeId: second.id })).toBe(second.id);
      // Once more is no change.
      expect(await place.does('supplier', 'eraseAttendee', { attendeeId: second.id })).toBe(second.id);
      expect(await place.does('person', 'eraseAttendee', { attendeeId: person.attendees[0].id })).toBe(
        person.attendees[0].id,
      );
    });
    expect(entries.filter(({ outcome }) => outcome === 'DONE').map(({ id }) => id)).toEqual([
      company.id,
      person.id,
    ]);
    const text = await everything();
    for (const name of ['Borte', 'petra.borte', second.checkInCode.replace('-', '')]) {
      expect(text, name).not.toContain(name);
    }
    expect(text).toContain(first.checkInCode.replace('-', ''));
    expect(await numbers(eventId)).toEqual(before);
  });
});
