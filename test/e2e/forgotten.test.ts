import { Writable } from 'node:stream';
import { DEVELOPMENT_ISSUER, personIdOf } from '@samspill/identity';
import { serviceNamed, settled } from '@samspill/region';
import { AdjustableClock } from '@samspill/values';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseKinds } from '../support/databases.js';
import { sqlAsOwner, tablesWith } from '../support/everything.js';
import { mailbox } from '../support/mailbox.js';
import { eventually } from '../support/programs.js';
import { type Answer, startTestRegion, type TestRegion } from '../support/region.js';
import { personaToken } from '../support/tokens.js';
import { upload } from '../support/upload.js';
import { fetchCalendar } from './conference/calendars.js';

/*
 * Somebody who has left traces wherever one can leave them asks to be forgotten: afterwards there is no word of who
 * they were in any table, letter, feed or line of the log, and every number is what it was.
 */

const SUBJECT = 'kvernbit-7319';
const PERSON = personIdOf(DEVELOPMENT_ISSUER, SUBJECT);
const NAME = 'Kvernbit Ulvestad';
const EMAIL = 'kvernbit.ulvestad@merke.example';
const TELEPHONE = 'Telefonen til Kvernbit';
/** Words that stand for the person and for nothing else. */
const TRACES = ['kvernbit', 'ulvestad', PERSON];
const OYEREN = { organisationNumber: '310000035', organisationName: 'Øyeren Velferdsteknologi AS' };
const START = '2027-01-11T08:00:00Z';
const DAY = 24 * 60 * 60 * 1_000;

const EVENTS = ['alene', 'sammen', 'fullt', 'tilbud', 'avmeldt', 'avholdt'];

type Who = 'the person' | 'officer' | 'supplier' | 'supplier-2' | 'person' | 'public';

describe.each(databaseKinds)('a person who asks to be forgotten, on the %s database', (kind) => {
  const clock = new AdjustableClock(START);
  const log: string[] = [];
  let place: TestRegion;
  let token: string;
  const own: Record<string, string> = {};
  const ids: Record<string, string> = {};

  beforeAll(async () => {
    token = await personaToken('supplier', { sub: SUBJECT, name: NAME, email: EMAIL });
    const lines = new Writable({
      write(chunk, _encoding, done) {
        log.push(String(chunk));
        done();
      },
    });
    // Letters are sent when the test says so: some of them are to be on their way.
    place = await startTestRegion(kind, { clock, work: false, log: pino({ level: 'trace' }, lines) });
  });
  afterAll(() => place?.[Symbol.asyncDispose]());

  const ask = (who: Who, query: string, variables: object = {}): Promise<Answer> =>
    who === 'the person'
      ? place.query(query, variables, { authorization: `Bearer ${token}` })
      : place.query(query, variables, {}, who);
  // biome-ignore lint/suspicious/noExplicitAny: a test reads the answer to its own query
  const reads = async (who: Who, query: string, variables: object = {}): Promise<any> => {
    const { data, errors } = await ask(who, query, variables);
    expect(errors).toBeUndefined();
    return data;
  };
  const does = async (who: Who, mutation: string, input: object, fields = '__typename') => {
    const type =
      mutation === 'acceptOffer' ? 'AnswerOffer' : `${mutation[0]?.toUpperCase()}${mutation.slice(1)}`;
    const query = `mutation ($input: ${type}Input!) { ${mutation}(input: $input) { ${fields} userErrors { code } } }`;
    const answer = (await reads(who, query, { input }))[mutation];
    expect(answer.userErrors, mutation).toEqual([]);
    return answer;
  };
  const at = (days: number, hours = 0) =>
    new Date(Date.parse(START) + days * DAY + hours * 3_600_000).toISOString();
  /** Lets run what runs beside requests, until something has come of it: letters come into the mailbox, seats pass on. */
  const working = async (until: () => Promise<boolean>, what: string) => {
    const stops = await Promise.all(
      ['events', 'dialogue'].map((name) => serviceNamed(place.region.services, name).work()),
    );
    await eventually(until, { what });
    await Promise.all(stops.map((stop) => stop()));
  };
  const deliver = () => working(async () => (await waitingLetters()) === 0, 'letters to be delivered');
  const waitingLetters = async () => {
    const rows = await sqlAsOwner<{ n: number }>(
      place,
      `select count(*)::int as n from (select state from events.mail union all select state from dialogue.mail) m where state = 'WAITING'`,
    );
    return rows[0]?.n;
  };

  const event = async (name: string, days: number, more: object = {}) => {
    const made = await does(
      'officer',
      'createEvent',
      {
        ...{ municipality: '3118', title: `Kurs ${name}`, description: 'Om innkjøp.', kind: 'COURSE' },
        ...{ organiser: 'Indre Østfold kommune', online: true, registrationOpensAt: START },
        ...{ startsAt: at(days), endsAt: at(days, 3), ...more },
      },
      'event { id }',
    );
    await does('officer', 'publishEvent', { id: made.event.id });
    ids[name] = made.event.id;
    return made.event.id as string;
  };
  const register = async (who: Who, eventId: string, more: object = {}) => {
    const contact = who === 'the person' ? { contactName: NAME, contactEmail: EMAIL } : somebody(who);
    const fields = 'registration { id status attendees { id checkInCode } }';
    return (await does(who, 'registerForEvent', { eventId, ...contact, ...more }, fields)).registration;
  };
  const somebody = (who: string) => ({
    contactName: `Blivende ${who}`,
    contactEmail: `${who}@annen.example`,
  });

  it('has seats, a place in line, a certificate, a calendar and letters', async () => {
    // Alone, with colleagues, and behind somebody else.
    await register('the person', await event('alene', 10));
    const together = await event('sammen', 11);
    await register('the person', together, {
      ...OYEREN,
      attendees: [{ name: NAME }, { name: 'Blivende Kollega' }],
    });
    await register('supplier-2', together, {
      ...{ organisationNumber: '310000027', organisationName: 'Mysen Rørleggerverksted AS' },
    });
    const full = await event('fullt', 12, { capacity: 1 });
    await register('person', full);
    expect((await register('the person', full)).status).toBe('WAITING');
    // One where seats have just become free, and somebody stands behind.
    const freed = await event('tilbud', 14, { capacity: 1, offerHours: 72 });
    const first = await register('person', freed);
    await register('the person', freed);
    await register('supplier-2', freed);
    await does('person', 'cancelRegistration', { id: first.id });
    // One that the host cancelled, with words about them.
    const cancelled = await register('the person', await event('avmeldt', 13));
    const theirs = await register('the person', ids.avmeldt as string, OYEREN);
    for (const { id } of [cancelled, theirs]) {
      await does('officer', 'cancelRegistration', { id, reason: `${NAME} er syk.` });
    }
    // One that they came to.
    const held = await event('avholdt', 1);
    const came = await register('the person', held);
    clock.set(at(1, 1));
    await does('officer', 'checkIn', { eventId: held, code: came.attendees[0].checkInCode });
    clock.set(at(1, 4));
    await deliver();
    const mine = await reads(
      'the person',
      `{ event(id: "${held}") { myRegistrations { attendees { certificateUrl } } } }`,
    );
    own.certificate = mine.event.myRegistrations[0].attendees[0].certificateUrl;
    const paper = await fetch(own.certificate as string);
    expect(paper.status).toBe(200);
    const link = await does('the person', 'createCalendarLink', {}, 'url');
    own.calendar = link.url;
    expect((await fetchCalendar(link.url)).length).toBeGreaterThan(2);
    // Of a change after the letters went out, one is still on its way.
    await does('officer', 'updateEvent', { id: together, startsAt: at(11, 1), endsAt: at(11, 4) });
    expect(await waitingLetters()).toBeGreaterThan(0);
  });

  it('follows a need, takes part in its dialogue, and wants a meeting', async () => {
    clock.set(at(1, 5));
    const { need } = await does(
      'officer',
      'createNeed',
      {
        ...{ municipality: '3118', title: 'Trygge netter', effect: 'Beboerne skal sove godt.' },
        ...{ users: 'Beboerne.', successCriteria: ['Færre fall.'] },
      },
      'need { id }',
    );
    await does('officer', 'publishNeed', { id: need.id });
    ids.need = need.id;
    await does('the person', 'followNeed', { needId: need.id, email: EMAIL });
    const { marketDialogue } = await does(
      'officer',
      'createMarketDialogue',
      {
        ...{ municipality: '3118', needId: need.id, title: 'Trygge netter: hva er mulig?' },
        ...{ description: 'Alle som vil, kan delta.', opensAt: at(2), closesAt: at(20) },
        contact: { name: 'Innkjøp', email: 'innkjop@kommune.example' },
      },
      'marketDialogue { id }',
    );
    const dialogueId = marketDialogue.id as string;
    ids.dialogue = dialogueId;
    await does('officer', 'announceMarketDialogue', { id: dialogueId });
    const { organisationNumber } = OYEREN;
    const contact = { contactName: NAME, contactEmail: EMAIL };
    await does('the person', 'joinMarketDialogue', { dialogueId, ...OYEREN, ...contact });
    clock.set(at(2, 1));
    const documents: string[] = [];
    for (const name of ['erfaringer.txt', 'ikke brukt.txt']) {
      const bytes = Buffer.from('Erfaringer fra tre sykehjem.');
      const size = bytes.length;
      const input = { dialogueId, organisationNumber, name, size };
      const { document } = await does(
        'the person',
        'createDialogueDocument',
        input,
        'document { id uploadUrl }',
      );
      await upload(document.uploadUrl, bytes);
      documents.push(document.id);
    }
    await does('the person', 'submitInput', {
      ...{ dialogueId, organisationNumber, comment: 'Rolige omgivelser.' },
      attachments: [{ documentId: documents[0] }],
    });
    const quote = 'fem sykehjem';
    const { hearingDocument } = await does(
      'officer',
      'publishHearingDocument',
      { dialogueId, title: 'Utkast', text: `Levert til ${quote}.` },
      'hearingDocument { id }',
    );
    await does('the person', 'commentOnDraft', {
      ...{ documentId: hearingDocument.id, organisationNumber, paragraph: 1, text: 'To holder.' },
      ...{ from: 11, to: 11 + quote.length, quote },
    });
    const { meetingRound } = await does(
      'officer',
      'createMeetingRound',
      {
        ...{ dialogueId, minutes: 20, rooms: ['Møterom'], requestsCloseAt: at(5) },
        days: [{ from: at(7), to: at(7, 1) }],
      },
      'meetingRound { id }',
    );
    ids.round = meetingRound.id;
    await does('the person', 'requestMeeting', { roundId: meetingRound.id, organisationNumber });
    const link = await does('the person', 'createDialogueCalendarLink', { name: TELEPHONE }, 'url');
    own.dialogueCalendar = link.url;
    expect((await fetch(link.url)).status).toBe(200);
  });

  it('makes mistakes, and words of them are in no line of the log', async () => {
    const register =
      'mutation ($input: RegisterForEventInput!) { registerForEvent(input: $input) { __typename } }';
    const contact = { contactName: NAME, contactEmail: EMAIL };
    const mistakes: [string, object][] = [
      [register, { input: { eventId: ids.alene, ...contact, seats: EMAIL } }],
      [register, { input: { eventId: '\u0000', ...contact } }],
      [register, { input: { eventId: NAME, ...contact } }],
      [`{ events(filter: { text: "${NAME}", kinds: [KVERNBIT] }) { totalCount } }`, {}],
      [`mutation { ulvestad(name: "${NAME}") }`, {}],
    ];
    for (const [query, variables] of mistakes) {
      expect((await ask('the person', query, variables)).errors).toBeDefined();
    }
    const path = `/events/calendar/mine/${SUBJECT}.ics`;
    expect((await fetch(`${place.url}${path}`)).status).toBe(404);
  });

  /** Every number that somebody else relies on. */
  const counts = async () => {
    const events: unknown[] = [];
    for (const name of EVENTS) {
      events.push(
        await reads(
          'officer',
          `{ event(id: "${ids[name]}") { title status seatsTaken waiting { registrations seats seatsOffered } attendance { registered checkedIn }
            registrations(first: 20) { totalCount nodes { id status seats organisationName placeInLine attendees { id checkedInAt } } } } }`,
        ),
      );
    }
    const dialogue = await reads(
      'officer',
      `{ need(id: "${ids.need}") { followers } marketDialogue(id: "${ids.dialogue}") { participantCount
          participants { organisationNumber organisationName } inputs(first: 5) { totalCount nodes { id comment organisationNumber attachments { document { name } } } } }
         meetingRound(id: "${ids.round}") { requestCount requests(first: 5) { nodes { organisationNumber } } } }`,
    );
    const rows = await sqlAsOwner(
      place,
      `select (select count(*) from events.mail)::int as event_letters, (select count(*) from dialogue.mail)::int as dialogue_letters,
         (select count(*) from events.certificate)::int as certificates, (select count(*) from events.session_seat)::int as seats`,
    );
    return { events, dialogue, rows };
  };

  it('leaves nothing behind but numbers', async () => {
    // What is looked for was there to be found, in all the places that it is to vanish from.
    const before = await tablesWith(place, TRACES);
    expect(before).toEqual(
      expect.arrayContaining([
        ...['events.registration', 'events.attendee', 'events.mail', 'events.calendar_link'],
        ...['dialogue.need_following', 'dialogue.participant', 'dialogue.input_receipt', 'dialogue.mail'],
        ...['dialogue.document', 'dialogue.meeting_request', 'dialogue.dialogue_calendar_link'],
        ...['events.audit_person', 'dialogue.audit_person'],
      ]),
    );
    const counted = await counts();

    const unsure = await ask(
      'the person',
      'mutation { eraseMyPersonalData(input: { confirm: false }) { accepted userErrors { code } } }',
    );
    expect(unsure.data.eraseMyPersonalData).toEqual({
      accepted: false,
      userErrors: [{ code: 'CONFIRMATION_MISSING' }],
    });
    await settled(place.region.host);
    expect(await tablesWith(place, TRACES)).toEqual(before);

    const sure = await does('the person', 'eraseMyPersonalData', { confirm: true }, 'accepted');
    expect(sure.accepted).toBe(true);
    await settled(place.region.host);
    // The queue forgets what it told everybody a moment after everybody has heard it.
    await expect.poll(() => tablesWith(place, TRACES), { timeout: 10_000 }).toEqual([]);
    expect(await counts()).toEqual(counted);
  });

  it('is in no letter, feed or paper afterwards, and in no line of the log', async () => {
    await deliver();
    for (const service of ['events', 'dialogue'] as const) {
      const texts = (await mailbox(place, service)).map(({ text }) => text).join('\n');
      for (const trace of TRACES) expect(texts.toLowerCase()).not.toContain(trace.toLowerCase());
    }
    expect((await fetch(own.calendar as string)).status).toBe(404);
    expect((await fetch(own.dialogueCalendar as string)).status).toBe(404);
    expect((await fetch(own.certificate as string)).status).not.toBe(200);
    for (const name of EVENTS) {
      const answer = await reads(
        'officer',
        `{ event(id: "${ids[name]}") { calendarUrl registrations(first: 20) { nodes { contactName contactEmail cancellationReason attendees { name } } } } }`,
      );
      const feed = await (await fetch(answer.event.calendarUrl)).text();
      expect(`${JSON.stringify(answer)}${feed}`.toLowerCase()).not.toMatch(/kvernbit|ulvestad/);
    }
    // Others stay who they are.
    expect(await tablesWith(place, ['Blivende Kollega', 'supplier-2@annen.example'])).toEqual(
      expect.arrayContaining(['events.attendee', 'events.registration']),
    );
    // What was theirs alone is nobody's now; what was for the organisation stays its own, and says of nobody who.
    const { myRegistrations } = await reads(
      'the person',
      '{ myRegistrations(first: 20) { nodes { contactName event { id } attendees { name } } } }',
    );
    const theirs = myRegistrations.nodes.filter(
      (each: { event: { id: string } }) => each.event.id === ids.sammen || each.event.id === ids.alene,
    );
    expect(theirs).toEqual([
      {
        ...{ contactName: null, event: { id: ids.sammen } },
        attendees: [{ name: null }, { name: 'Blivende Kollega' }],
      },
    ]);
    const lines = log.join('').toLowerCase();
    expect(lines).not.toBe('');
    for (const trace of [...TRACES, SUBJECT]) expect(lines).not.toContain(trace.toLowerCase());
    // Asking is something that was done; having asked twice changes nothing more.
    await does('the person', 'eraseMyPersonalData', { confirm: true });
    await settled(place.region.host);
    await expect.poll(() => tablesWith(place, TRACES), { timeout: 10_000 }).toEqual([]);
  });

  it('does not stand in the way of others: what they were offered passes on', async () => {
    const statuses = async () => {
      const { event } = await reads(
        'officer',
        `{ event(id: "${ids.tilbud}") { registrations(first: 5) { nodes { status } } } }`,
      );
      return event.registrations.nodes.map(({ status }: { status: string }) => status);
    };
    expect(await statuses()).toEqual(['CANCELLED', 'OFFERED', 'WAITING']);
    clock.advance(2 * DAY);
    await working(async () => (await statuses())[2] === 'OFFERED', 'the seat to be passed on');
    expect(await statuses()).toEqual(['CANCELLED', 'EXPIRED', 'OFFERED']);
    await deliver();
    expect(await tablesWith(place, TRACES)).toEqual([]);
  });
});
