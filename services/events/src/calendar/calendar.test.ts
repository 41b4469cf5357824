import { everybody, type Identity } from '@samspill/identity';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EventStatus } from '../event/event.status.js';
import {
  host,
  hostOfMarker,
  machine,
  person,
  START,
  startTestEvents,
  supplier,
  type TestEvents,
} from '../event/event.test-support.js';
import { Session } from '../event/session.js';

let events: TestEvents;
beforeAll(async () => {
  events = await startTestEvents();
});
afterAll(() => events?.[Symbol.asyncDispose]());

/** The lines of a calendar, with those put together that were folded. */
async function linesOf(response: Response): Promise<string[]> {
  expect(response.headers.get('content-type')).toContain('text/calendar');
  return (await response.text()).replaceAll(/\r\n[ \t]/g, '').split('\r\n');
}
const titles = (lines: string[]) =>
  lines.filter((line) => line.startsWith('SUMMARY:')).map((line) => line.slice(8));
const pathOf = (url: string) => {
  expect(url.startsWith('https://samspill.test/events/')).toBe(true);
  return url.slice('https://samspill.test/events'.length);
};

describe('the calendar of an event', () => {
  it('follows changes and cancellation, with a sequence that only goes up', async () => {
    const id = await events.eventThatIs(EventStatus.PUBLISHED, { title: 'Kalenderkurs' });
    const { data } = await events.ask(everybody, `{ event(id: "${id}") { calendarUrl } }`);
    const path = pathOf(data.event.calendarUrl);
    const first = await events.get(path);
    const before = await linesOf(first.clone());
    expect(before).toContain('SEQUENCE:0');
    expect(before).toContain('STATUS:CONFIRMED');
    expect(before).toContain('LOCATION:Mysen bibliotek\\, Mysen');
    const etag = first.headers.get('etag') ?? '';
    expect((await events.get(path, { 'if-none-match': etag })).status).toBe(304);

    await events.ask(
      host,
      `mutation { updateEvent(input: { id: "${id}", startsAt: "2026-03-20T09:00:00Z", endsAt: "2026-03-20T13:00:00Z" }) { userErrors { code } } }`,
    );
    const moved = await events.get(path, { 'if-none-match': etag });
    const after = await linesOf(moved);
    expect(after).toContain('SEQUENCE:1');
    expect(after.find((line) => line.startsWith('DTSTART;TZID='))).toContain('20260320T100000');

    await events.ask(
      host,
      `mutation { cancelEvent(input: { id: "${id}", reason: "Snø." }) { userErrors { code } } }`,
    );
    const cancelled = await linesOf(await events.get(path));
    expect(cancelled).toContain('SEQUENCE:2');
    expect(cancelled).toContain('STATUS:CANCELLED');
    expect(cancelled).toContain('DESCRIPTION:Snø.');
    const uid = (lines: string[]) => lines.filter((line) => line.startsWith('UID:'));
    expect(uid(cancelled)).toEqual(uid(before));
  });

  it('is not there for a draft, or for what there is not', async () => {
    const id = await events.eventThatIs(EventStatus.DRAFT);
    for (const each of [id, 'none', '%00', '..%2F..']) {
      const response = await events.get(`/calendar/events/${each}.ics`);
      expect(response.status).toBe(404);
    }
  });
});

describe('the calendar of many events', () => {
  const ask = async (representation: object) => {
    const { data } = await events.ask(
      everybody,
      `query ($r: [_Any!]!) { _entities(representations: $r) {
        ... on Municipality { calendarUrl } ... on MarketDialogue { calendarUrl } } }`,
      { r: [representation] },
    );
    return pathOf(data._entities[0].calendarUrl);
  };

  it('has what a municipality and those before it hold, and no drafts', async () => {
    await events.eventThatIs(EventStatus.PUBLISHED, { title: 'I dag', municipalityNumber: '3118' });
    await events.eventThatIs(EventStatus.HELD, { title: 'Før', municipalityNumber: '0124' });
    await events.eventThatIs(EventStatus.PUBLISHED, { title: 'Andre', municipalityNumber: '3122' });
    await events.eventThatIs(EventStatus.DRAFT, { title: 'Utkast', municipalityNumber: '3118' });
    const long = new Date('2020-01-01T00:00:00Z');
    await events.eventThatIs(EventStatus.HELD, { title: 'Lenge siden', startsAt: long, endsAt: long });
    const path = await ask({ __typename: 'Municipality', number: '3118', numbers: ['3118', '0124'] });
    expect(path).toBe('/calendar/municipalities/3118.ics?numbers=0124');
    const found = titles(await linesOf(await events.get(path)));
    expect(found).toEqual(expect.arrayContaining(['I dag', 'Før']));
    for (const absent of ['Andre', 'Utkast', 'Lenge siden']) expect(found).not.toContain(absent);
    expect(titles(await linesOf(await events.get('/calendar/municipalities/0124.ics')))).toEqual(['Før']);
    const other = await linesOf(await events.get('/calendar/municipalities/4601.ics'));
    expect(titles(other)).toEqual([]);
  });

  it('takes nothing but municipality numbers', async () => {
    const many = Array.from({ length: 61 }, (_, at) => String(3_000 + at)).join(',');
    for (const bad of ['31x8.ics', '3118.ics?numbers=1', `3118.ics?numbers=${many}`]) {
      expect((await events.get(`/calendar/municipalities/${bad}`)).status).toBe(400);
    }
  });

  it('has the events of a dialogue', async () => {
    await events.eventThatIs(EventStatus.CANCELLED, { title: 'Avlyst møte', dialogueId: 'd1' });
    await events.eventThatIs(EventStatus.PUBLISHED, { title: 'Møte', dialogueId: 'd1' });
    await events.eventThatIs(EventStatus.DRAFT, { title: 'Utkast', dialogueId: 'd1' });
    const path = await ask({ __typename: 'MarketDialogue', id: 'd1' });
    expect(titles(await linesOf(await events.get(path))).sort()).toEqual(['Avlyst: Avlyst møte', 'Møte']);
  });
});

describe('one’s own calendar', () => {
  const CREATE = 'mutation { createCalendarLink(input: {}) { url userErrors { code } } }';
  const REVOKE = 'mutation { revokeCalendarLink(input: { confirm: true }) { revoked userErrors { code } } }';
  const create = async (identity: Identity) => {
    const { data, codes } = await events.ask(identity, CREATE);
    expect(codes).toEqual([]);
    return pathOf(data.createCalendarLink.url);
  };

  it('shows what somebody has seats at, with what they chose', async () => {
    const id = await events.eventThatIs(EventStatus.REGISTRATION_OPEN, { title: 'Mitt kurs' });
    const waiting = await events.eventThatIs(EventStatus.FULL, { title: 'Venter på' });
    await events.eventThatIs(EventStatus.REGISTRATION_OPEN, { title: 'Andres kurs' });
    const em = events.service.store.as('system');
    for (const [eventId, status] of [
      [id, 'CONFIRMED'],
      [waiting, 'WAITING'],
    ]) {
      await em.execute(
        `insert into events.registration (id, event_id, person_id, contact_name, contact_email, seats, status, place, language, registered_at)
         values (?, ?, ?, 'Kari', 'kari@example.no', 1, ?, 1, 'nb', ?)`,
        [`r-${eventId}`, eventId, person.personId, status, START],
      );
    }
    const session = await em.findOneOrFail(Session, { event: id });
    await em.execute(
      "insert into events.attendee (id, registration_id, event_id, number, name) values ('a', ?, ?, 1, 'Kari')",
      [`r-${id}`, id],
    );
    await em.execute("insert into events.session_seat values ('a', ?::uuid, true)", [session.id]);
    const path = await create(person);
    const lines = await linesOf(await events.get(path));
    expect(titles(lines)).toEqual(['Mitt kurs', 'Innledning (Mitt kurs)']);
    expect(lines.join('\n')).not.toContain('Kari');
    await em.execute("update events.registration set status = 'CANCELLED', cancelled_at = ? where id = ?", [
      START,
      `r-${id}`,
    ]);
    expect(titles(await linesOf(await events.get(path)))).toEqual([]);
  });

  it('has one secret address, kept as a hash, until it is revoked', async () => {
    const first = await create(supplier);
    const second = await create(supplier);
    expect((await events.get(first)).status).toBe(404);
    expect((await events.get(second)).status).toBe(200);
    const token = second.slice('/calendar/mine/'.length, -'.ics'.length);
    expect(token).toMatch(/^[\w-]{43}$/);
    const rows = await events.service.store.as('system').execute('select * from events.calendar_link');
    expect(JSON.stringify(rows)).not.toContain(token);
    const [{ data }, entries] = await events.audited(() => events.ask(supplier, REVOKE));
    expect(data.revokeCalendarLink).toEqual({ revoked: true, userErrors: [] });
    expect(entries).toMatchObject([
      { operation: 'revokeCalendarLink', outcome: 'DONE', type: 'CalendarLink' },
    ]);
    expect((await events.get(second)).status).toBe(404);
    const again = await events.ask(supplier, REVOKE);
    expect(again.data.revokeCalendarLink).toEqual({ revoked: false, userErrors: [] });
  });

  it('speaks the language that was chosen, or else the one that was asked in', async () => {
    const name = async (input: string) => {
      const made = await events.ask(
        person,
        `mutation { createCalendarLink(input: ${input}) { url userErrors { code } } }`,
      );
      expect(made.data.createCalendarLink.userErrors).toEqual([]);
      const lines = await linesOf(await events.get(pathOf(made.data.createCalendarLink.url)));
      return lines.find((line) => line.startsWith('X-WR-CALNAME:'));
    };
    expect(await name('{ language: "nn" }')).toBe('X-WR-CALNAME:Mine arrangement');
    expect(await name('{ language: "en" }')).toBe('X-WR-CALNAME:My events');
    expect(await name('{}')).toBe('X-WR-CALNAME:Mine arrangementer');
  });

  it('is left as it is by a language that nobody speaks, and by a wish that is not confirmed', async () => {
    const path = await create(person);
    const made = await events.ask(
      person,
      'mutation { createCalendarLink(input: { language: "sv" }) { url userErrors { code path } } }',
    );
    expect(made.data.createCalendarLink).toEqual({
      url: null,
      userErrors: [{ code: 'LANGUAGE_UNKNOWN', path: ['input', 'language'] }],
    });
    const revoked = await events.ask(
      person,
      'mutation { revokeCalendarLink(input: { confirm: false }) { revoked userErrors { code path } } }',
    );
    expect(revoked.data.revokeCalendarLink).toEqual({
      revoked: false,
      userErrors: [{ code: 'CONFIRMATION_MISSING', path: ['input', 'confirm'] }],
    });
    expect((await events.get(path)).status).toBe(200);
  });

  it('is for people, of whom nobody ends another’s', async () => {
    const path = await create(supplier);
    for (const [identity, code] of [
      [everybody, 'UNAUTHENTICATED'],
      [machine, 'FORBIDDEN'],
    ] as const) {
      for (const query of [CREATE, REVOKE]) {
        expect((await events.ask(identity, query)).codes).toEqual([code]);
        expect((await events.leaveItToTheDatabase(() => events.ask(identity, query))).codes).toEqual([code]);
      }
    }
    await events.ask(hostOfMarker, REVOKE);
    await events.leaveItToTheDatabase(() => events.ask(hostOfMarker, REVOKE));
    expect((await events.get(path)).status).toBe(200);
  });
});
