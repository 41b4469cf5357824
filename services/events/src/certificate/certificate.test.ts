import { everybody } from '@samspill/identity';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EventStatus } from '../event/event.status.js';
import { host, START, startTestEvents, type TestEvents } from '../event/event.test-support.js';
import { certificateLink } from './certificates.js';

let events: TestEvents;
beforeAll(async () => {
  events = await startTestEvents();
});
afterAll(() => events?.[Symbol.asyncDispose]());

const system = () => events.service.store.as('system');

/** Somebody with a seat, who came or did not. */
async function attendeeOf(eventId: string, { came = true, name = 'Åse Kursdeltaker' as string | null } = {}) {
  const id = crypto.randomUUID();
  await system().execute(
    `insert into events.registration (id, event_id, municipality_number, organisation_number, organisation_name,
       person_id, contact_name, contact_email, seats, status, place, language, registered_at)
     select ?, ?, '3118', '310000035', 'Øyeren AS', 'p', 'Kari', 'kari@example.no', 1, 'CONFIRMED',
       coalesce(max(place), 0) + 1, 'nb', ? from events.registration`,
    [id, eventId, START],
  );
  await system().execute(
    `insert into events.attendee (id, registration_id, event_id, municipality_number, organisation_number,
       organisation_name, number, name, checked_in_at, check_in_method)
     values (?, ?, ?, '3118', '310000035', 'Øyeren AS', 1, ?, ?, ?)`,
    [id, id, eventId, name, came ? START : null, came ? 'BY_HAND' : null],
  );
  return id;
}

async function linkOf(attendee: string): Promise<string | null> {
  const context = await events.service.context({ headers: {}, identity: host });
  return certificateLink(context, attendee);
}

const pathOf = (url: string) => url.slice('https://samspill.test/events'.length);
const CHECK =
  'query ($code: String!) { certificate(code: $code) { code valid issuedAt event { title startsAt } } }';
const codesOf = (attendee: string) =>
  system().execute<{ code: string }[]>('select code from events.certificate where attendee_id = ?', [
    attendee,
  ]);

describe('a certificate', () => {
  it('is for those who came to what was held, by name', async () => {
    const held = await events.eventThatIs(EventStatus.HELD);
    const coming = await events.eventThatIs(EventStatus.PUBLISHED);
    const cancelled = await events.eventThatIs(EventStatus.CANCELLED);
    expect(await linkOf(await attendeeOf(held))).toContain('signature=');
    for (const attendee of [
      await attendeeOf(held, { came: false }),
      await attendeeOf(held, { name: null }),
      await attendeeOf(coming),
      await attendeeOf(cancelled),
      'nobody',
    ]) {
      expect(await linkOf(attendee)).toBeNull();
    }
  });

  it('is a PDF by a link that ends, with one code for ever', async () => {
    const attendee = await attendeeOf(await events.eventThatIs(EventStatus.HELD));
    const path = pathOf((await linkOf(attendee)) as string);
    const [answers, entries] = await events.audited(() =>
      Promise.all([events.get(path), events.get(path), events.get(path)]),
    );
    for (const answer of answers) {
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/pdf']);
      expect(
        Buffer.from(await answer.arrayBuffer())
          .subarray(0, 5)
          .toString(),
      ).toBe('%PDF-');
    }
    expect(entries).toMatchObject([
      { operation: 'certificate-issued', outcome: 'DONE', type: 'Certificate', id: attendee, owner: '3118' },
    ]);
    expect(await codesOf(attendee)).toHaveLength(1);
    expect((await events.get(path.split('?')[0] as string)).status).toBe(403);
    const other = await attendeeOf(await events.eventThatIs(EventStatus.HELD));
    expect((await events.get(path.replace(attendee, other))).status).toBe(403);
    events.clock.set('2026-03-02T09:05:00Z');
    expect((await events.get(path)).status).toBe(403);
    events.clock.set(START);
  });

  it('is not made out when the check-in has been undone since', async () => {
    const attendee = await attendeeOf(await events.eventThatIs(EventStatus.HELD));
    const path = pathOf((await linkOf(attendee)) as string);
    await system().execute(
      'update events.attendee set checked_in_at = null, check_in_method = null where id = ?',
      [attendee],
    );
    expect((await events.get(path)).status).toBe(404);
    expect(await codesOf(attendee)).toEqual([]);
  });
});

describe('the code', () => {
  it('is checked by everybody, and tells no name', async () => {
    const event = await events.eventThatIs(EventStatus.HELD, { title: 'Grunnkurs' });
    const attendee = await attendeeOf(event);
    await events.get(pathOf((await linkOf(attendee)) as string));
    const [{ code }] = (await codesOf(attendee)) as [{ code: string }];
    for (const typed of [code, `${code.slice(0, 5)}-${code.slice(5)}`, ` ${code.toLowerCase()} `]) {
      const { data, codes } = await events.ask(everybody, CHECK, { code: typed });
      expect(codes).toEqual([]);
      expect(data.certificate).toMatchObject({ valid: true, event: { title: 'Grunnkurs' } });
      expect(data.certificate.code.replace('-', '')).toBe(code);
    }
    const page = await events.get(`/certificates/codes/${code}`);
    expect(page.headers.get('content-type')).toContain('text/html');
    const html = await page.text();
    expect(html).toContain('Koden er gyldig');
    expect(html).not.toContain('Åse');

    await system().execute('update events.attendee set name = null where id = ?', [attendee]);
    expect((await events.ask(everybody, CHECK, { code })).data.certificate.valid).toBe(true);
    await system().execute(
      'update events.attendee set checked_in_at = null, check_in_method = null where id = ?',
      [attendee],
    );
    expect((await events.ask(everybody, CHECK, { code })).data.certificate.valid).toBe(false);
    expect(await (await events.get(`/certificates/codes/${code}`)).text()).toContain('ikke gyldig lenger');
  });

  it('is unknown when there is none such', async () => {
    for (const code of ['0000000000', 'x', '', '%00']) {
      expect((await events.ask(everybody, CHECK, { code })).data).toEqual({ certificate: null });
    }
    expect((await events.get('/certificates/codes/0000000000')).status).toBe(404);
  });
});
