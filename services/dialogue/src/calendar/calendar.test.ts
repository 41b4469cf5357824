import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DialogueActivity, DialogueActivityType } from '../market-dialogue/dialogue-activity.js';
import { MarketDialogue } from '../market-dialogue/market-dialogue.js';
import { MeetingWorld, organisations, people, type Who } from '../meeting/meeting.test-support.js';
import { hashOf } from './calendar-link.js';

let world: MeetingWorld;
beforeAll(async () => {
  world = await MeetingWorld.open();
});
beforeEach(() => world.clear());
afterAll(() => world?.[Symbol.asyncDispose]());

type Properties = Record<string, string>;

/** The events of a calendar, by the names of their properties without parameters; the times as instants. */
function eventsIn(ics: string): Properties[] {
  const lines = ics.replaceAll('\r\n ', '').split('\r\n');
  const events: Properties[] = [];
  let event: Properties | null = null;
  for (const line of lines) {
    if (line === 'BEGIN:VEVENT') event = {};
    else if (line === 'END:VEVENT' && event) {
      events.push(event);
      event = null;
    } else if (event && !line.startsWith('BEGIN') && !line.startsWith('END')) {
      const [, name = '', value = ''] = /^([A-Z-]+)[^:]*?(?:;[^:]*)?:(.*)$/.exec(line) ?? [];
      event[name] ??= value;
    }
  }
  return events;
}

const titles = (ics: string) => eventsIn(ics).map(({ SUMMARY }) => SUMMARY);

async function activity(dialogueId: string, more: Partial<DialogueActivity> = {}): Promise<string> {
  const em = world.system;
  const id = randomUUID();
  em.create(DialogueActivity, {
    ...{ id, dialogue: em.getReference(MarketDialogue, dialogueId), position: 1 },
    ...{ type: DialogueActivityType.DIALOGUE_CONFERENCE, title: 'Konferanse', place: 'Askim', url: null },
    ...{ startsAt: new Date('2027-01-20T09:00:00Z'), endsAt: new Date('2027-01-20T12:00:00Z') },
    ...(more as object),
  });
  await em.flush();
  return id;
}

const urlOf = async (dialogueId: string, who: Who = 'public'): Promise<string | null> => {
  const query = 'query ($id: ID!) { marketDialogue(id: $id) { dialogueCalendarUrl } }';
  return (await world.ask(who, query, { id: dialogueId })).data.marketDialogue?.dialogueCalendarUrl ?? null;
};
const change = async (dialogueId: string, values: Partial<MarketDialogue>) => {
  await world.system.nativeUpdate(MarketDialogue, { id: dialogueId }, values);
};

describe('the calendar of a dialogue', () => {
  it('has its activities that have a time, and its deadlines', async () => {
    const dialogueId = await world.dialogue();
    const id = await activity(dialogueId);
    await activity(dialogueId, { title: 'En gang', startsAt: null, endsAt: null });
    await activity(dialogueId, { title: 'Åpen slutt', endsAt: null });
    await world.round(dialogueId, 1);
    const response = await world.get('public', (await urlOf(dialogueId)) as string);
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      'text/calendar; charset=utf-8',
    ]);
    const ics = await response.text();
    expect(titles(ics).sort()).toEqual([
      'Frist for å be om møte (Møterunde 1): Trygg hjemme lenger',
      'Konferanse: Trygg hjemme lenger',
      'Svarfrist: Trygg hjemme lenger',
      'Åpen slutt: Trygg hjemme lenger',
    ]);
    expect(eventsIn(ics).find(({ UID }) => UID === `${id}@samspill`)).toMatchObject({ LOCATION: 'Askim' });
    // Who has a meeting is nobody's business.
    expect(ics).not.toContain('oyeren');
  });

  it('speaks the reader’s language', async () => {
    const dialogueId = await world.dialogue();
    const url = (await urlOf(dialogueId)) as string;
    const english = await world.get('public', url, { 'accept-language': 'en' });
    expect(titles(await english.text())).toEqual(['Deadline for answers: Trygg hjemme lenger']);
  });

  it('knows a newer version by its sequence, and says what is cancelled', async () => {
    const dialogueId = await world.dialogue();
    const id = await activity(dialogueId);
    const url = (await urlOf(dialogueId)) as string;
    const sequences: number[] = [];
    const read = async () => {
      const events = eventsIn(await (await world.get('public', url)).text());
      const conference = events.find(({ UID }) => UID === `${id}@samspill`) as Properties;
      sequences.push(Number(conference.SEQUENCE));
      return conference;
    };
    const first = await read();
    expect((await read()).SEQUENCE).toBe(first.SEQUENCE);
    await change(dialogueId, { updatedAt: new Date('2027-01-05T08:00:00Z') });
    const second = await read();
    expect([second.UID, second.STATUS]).toEqual([first.UID, 'CONFIRMED']);
    await change(dialogueId, {
      cancelledAt: new Date('2027-01-06T08:00:00Z'),
      cancellationReason: 'Avlyst.',
    });
    expect(await read()).toMatchObject({ UID: first.UID, STATUS: 'CANCELLED' });
    expect(sequences[0]).toBe(sequences[1]);
    expect(sequences[1]).toBeLessThan(sequences[2] as number);
    expect(sequences[2]).toBeLessThan(sequences[3] as number);
  });

  it('is not sent again to who has it', async () => {
    const dialogueId = await world.dialogue();
    const url = (await urlOf(dialogueId)) as string;
    const first = await world.get('public', url);
    const again = await world.get('public', url, { 'if-none-match': first.headers.get('etag') as string });
    expect([again.status, await again.text()]).toEqual([304, '']);
  });

  it('is not there for a draft, not for its officer either', async () => {
    const dialogueId = await world.dialogue({ announcedAt: null, opensAt: null }, []);
    expect(await urlOf(dialogueId, 'officer')).toBeNull();
    for (const who of ['public', 'officer'] as const) {
      const response = await world.get(
        who,
        `http://127.0.0.1:4000/dialogue/calendar/dialogues/${dialogueId}.ics`,
      );
      expect(response.status).toBe(404);
    }
  });
});

describe('the calendar of a municipality', () => {
  const read = (number: string) =>
    world.get('public', `http://127.0.0.1:4000/dialogue/calendar/municipalities/${number}.ics`);

  it('has the activities of its announced dialogues that are not long past, in order of time', async () => {
    const municipalityNumber = '3110';
    const one = await world.dialogue({ municipalityNumber, title: 'En' }, []);
    const other = await world.dialogue({ municipalityNumber, title: 'To' }, []);
    const draft = await world.dialogue({ municipalityNumber, title: 'Utkast', announcedAt: null }, []);
    const foreign = await world.dialogue({ title: 'Andres' }, []);
    await activity(one, { startsAt: new Date('2027-02-01T09:00:00Z'), endsAt: null });
    await activity(other, { startsAt: new Date('2027-01-20T09:00:00Z') });
    await activity(other, { startsAt: new Date('2026-01-20T09:00:00Z'), endsAt: null, title: 'I fjor' });
    await activity(draft);
    await activity(foreign);
    expect(titles(await (await read(municipalityNumber)).text())).toEqual([
      'Konferanse: To',
      'Konferanse: En',
    ]);
  });

  it('is empty where there is nothing, and not there for what is no municipality', async () => {
    const nothing = await read('0301');
    expect([nothing.status, titles(await nothing.text())]).toEqual([200, []]);
    expect((await read('tull')).status).toBe(404);
  });
});

describe('a person’s own calendar', () => {
  const create = async (who: Who, name?: string) =>
    (
      await world.ask(
        who,
        'mutation ($i: CreateDialogueCalendarLinkInput!) { createDialogueCalendarLink(input: $i) { url calendarLink { id name } userErrors { code } } }',
        { i: { name } },
      )
    ).data.createDialogueCalendarLink;

  it('has the meetings that the person has asked for, moved and cancelled ones too, under an address that nobody guesses', async () => {
    const dialogueId = await world.dialogue();
    const { id: roundId } = await world.round(dialogueId, 2);
    await world.asks(roundId, 'oyeren', 'mysen');
    await world.draws(roundId);
    const { url, calendarLink } = await create('oyeren', ' Telefonen ');
    expect(calendarLink.name).toBe('Telefonen');
    expect(url).toMatch(/^http.*\/dialogue\/calendar\/mine\/[\w-]{43}\.ics$/);
    const read = async () => eventsIn(await (await world.get('public', url)).text());
    const [meeting, ...others] = await read();
    expect(others).toEqual([]);
    expect(meeting).toMatchObject({
      SUMMARY: 'Trygg hjemme lenger: Møterunde 1',
      SEQUENCE: '0',
      STATUS: 'CONFIRMED',
    });
    const mine = (await world.meetings(roundId, 'oyeren'))[0] as { id: string };
    await world.does('oyeren', 'cancelMeeting', { meetingId: mine.id, reason: 'Syk.' });
    expect(await read()).toMatchObject([{ UID: meeting?.UID, SEQUENCE: '1', STATUS: 'CANCELLED' }]);
    // Only the digest is kept.
    const token = /mine\/(.*)\.ics/.exec(url)?.[1] as string;
    const stored = await world.everything();
    expect([stored.includes(token), stored.includes(hashOf(token))]).toEqual([false, true]);
  });

  it('shows nothing of a colleague’s meetings', async () => {
    const dialogueId = await world.dialogue();
    const { id: roundId } = await world.round(dialogueId, 1);
    await world.asks(roundId, 'oyeren');
    await world.draws(roundId);
    const { url } = await create('mysen');
    expect(eventsIn(await (await world.get('mysen', url)).text())).toEqual([]);
  });

  it('is gone when its address is revoked, by the person alone', async () => {
    const { url, calendarLink } = await create('oyeren');
    const revoke = (who: Who) =>
      world.ask(
        who,
        'mutation ($i: RevokeDialogueCalendarLinkInput!) { revokeDialogueCalendarLink(input: $i) { revokedId } }',
        {
          i: { id: calendarLink.id },
        },
      );
    for (const permission of ['checked', 'left to the database'] as const) {
      world.host.permission = permission;
      for (const who of ['mysen', 'officer', 'person'] as const)
        expect((await revoke(who)).codes).toEqual(['NOT_FOUND']);
      delete world.host.permission;
    }
    expect((await revoke('public')).codes).toEqual(['UNAUTHENTICATED']);
    expect((await world.get('public', url)).status).toBe(200);
    expect((await revoke('oyeren')).data.revokeDialogueCalendarLink.revokedId).toBe(calendarLink.id);
    expect((await world.get('public', url)).status).toBe(404);
    expect((await revoke('oyeren')).codes).toEqual(['NOT_FOUND']);
  });

  it('is listed to its person, at most ten of them', async () => {
    for (let at = 0; at < 10; at++) expect((await create('halden', `Nr. ${at}`)).userErrors).toEqual([]);
    expect((await create('halden')).userErrors).toEqual([{ code: 'TOO_MANY_LINKS' }]);
    expect((await create('glommen', 'x'.repeat(101))).userErrors).toEqual([{ code: 'TEXT_TOO_LONG' }]);
    const list = async (who: Who) =>
      (await world.ask(who, '{ myDialogueCalendarLinks { name } }')).data.myDialogueCalendarLinks;
    expect(await list('halden')).toHaveLength(10);
    expect(await list('mysen')).toEqual([]);
    expect((await world.ask('public', '{ myDialogueCalendarLinks { name } }')).codes).toEqual([
      'UNAUTHENTICATED',
    ]);
  });

  it('leaves no trace of the person in the log but who did it', async () => {
    const [, entries] = await world.audited(() => create('oyeren', 'Kari Nordmann'));
    expect(entries).toMatchObject([
      { operation: 'createDialogueCalendarLink', outcome: 'DONE', type: 'DialogueCalendarLink' },
    ]);
    expect(JSON.stringify(entries)).not.toContain((people.oyeren as { personId: string }).personId);
    expect(JSON.stringify(entries)).not.toContain(organisations.oyeren);
  });
});
