import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { forgetMeetingPerson } from './forget-meeting-person.js';
import { meetingsWithoutMinutes } from './meeting.loader.js';
import { MeetingWorld, organisations, people, type Who } from './meeting.test-support.js';

let world: MeetingWorld;
let dialogueId: string;
let meetingId: string;
beforeAll(async () => {
  world = await MeetingWorld.open();
});
afterAll(() => world?.[Symbol.asyncDispose]());

/** A meeting with Øyeren that has been held. */
beforeEach(async () => {
  await world.clear();
  dialogueId = await world.dialogue();
  const { id } = await world.round(dialogueId, 1);
  await world.asks(id, 'oyeren');
  await world.draws(id);
  const [meeting] = await world.meetings(id);
  meetingId = meeting?.id as string;
  world.clock.set('2027-01-11T09:00:00Z');
});

const SECRET = 'Vår egen radioprotokoll bruker frekvenshopping med nøkkel fra sykesignalet.';
const record = (more: object = {}) =>
  world.does('officer', 'recordMinutes', {
    meetingId,
    text: 'Vi snakket om drift.',
    told: [],
    nothingTold: true,
    ...more,
  });
const comment = (who: Who, more: object) => world.does(who, 'commentOnMinutes', { meetingId, ...more });

const SHOWN = `query ($id: ID!) { meeting(id: $id) { status tradeSecrets { text by } minutes { text isConfirmed comments { by text confirms } } } }`;
const shown = async (who: Who) => (await world.ask(who, SHOWN, { id: meetingId })).data.meeting;

describe('minutes', () => {
  it('put what was told into the ledger, once for each, told to one in a meeting', async () => {
    const told = ['Budsjettet er 4 millioner.', ' Oppstart blir i mars. '];
    const { done, errors } = await record({ told, nothingTold: false });
    expect(errors).toEqual([]);
    expect(done).toMatchObject({
      status: 'RECORDED',
      minutes: { text: 'Vi snakket om drift.', nothingTold: false },
    });
    const rows = await world.system.execute<{ told_at: string }[]>(
      `select number, text, told_to, organisation_number, channel, meeting_id, published_at, told_at
       from dialogue.disclosure where dialogue_id = ? order by number`,
      [dialogueId],
    );
    const common = {
      told_to: 'ONE',
      organisation_number: organisations.oyeren,
      channel: 'MEETING',
      meeting_id: meetingId,
    };
    expect(rows).toMatchObject([
      { ...common, number: 1, text: 'Budsjettet er 4 millioner.', published_at: null },
      { ...common, number: 2, text: 'Oppstart blir i mars.', published_at: null },
    ]);
    // When the meeting had ended, not when somebody came to write it down.
    expect(new Date(rows[0]?.told_at ?? 0).toISOString()).toBe('2027-01-11T08:30:00.000Z');
  });

  it.each([
    [{ nothingTold: false }, ['NOTHING_TOLD_UNSAID']],
    [{ told: ['Noe.'] }, ['TOLD_AND_NOT']],
    [{ told: ['Noe.', ' '], nothingTold: false }, ['TEXT_MISSING']],
    [{ told: ['x'.repeat(5_001)], nothingTold: false }, ['TEXT_TOO_LONG']],
    [{ told: Array(51).fill('Noe.'), nothingTold: false }, ['TOO_MANY_TOLD']],
    [{ text: ' ' }, ['TEXT_MISSING']],
    [{ text: 'x'.repeat(20_001) }, ['TEXT_TOO_LONG']],
    [{ tradeSecrets: 'x'.repeat(10_001) }, ['TEXT_TOO_LONG']],
    [{ text: `De sa: ${SECRET}`, tradeSecrets: SECRET }, ['CONTAINS_TRADE_SECRET']],
    [{ told: [`Andre har: ${SECRET}`], nothingTold: false, tradeSecrets: SECRET }, ['CONTAINS_TRADE_SECRET']],
  ])('say what is to be mended, and keep nothing (case %#)', async (more, expected) => {
    const before = await world.everything();
    expect(await record(more)).toEqual({ done: null, errors: expected });
    expect(await world.everything()).toBe(before);
    expect(await meetingsWithoutMinutes(world.system, dialogueId)).toBe(1);
  });

  it('may be written after the competition is announced: what was told before has to be told to all', async () => {
    await world.announceTender(dialogueId);
    expect((await record({ told: ['Budsjettet er 4 millioner.'], nothingTold: false })).errors).toEqual([]);
  });

  it('keep a dialogue open until they are written, unless the meeting was cancelled', async () => {
    expect(await meetingsWithoutMinutes(world.system, dialogueId)).toBe(1);
    await record();
    expect(await meetingsWithoutMinutes(world.system, dialogueId)).toBe(0);
  });

  it('are not missed from a meeting to which nobody came', async () => {
    const { done } = await world.does('officer', 'cancelMeeting', { meetingId, reason: 'Ingen møtte.' });
    expect(done.status).toBe('CANCELLED');
    expect(await meetingsWithoutMinutes(world.system, dialogueId)).toBe(0);
  });

  it('are shown to the two sides, secrets to the organisation and procurement officers', async () => {
    await record({ tradeSecrets: SECRET });
    const kept = [{ text: SECRET, by: 'MUNICIPALITY' }];
    expect(await shown('officer')).toMatchObject({
      minutes: { text: 'Vi snakket om drift.' },
      tradeSecrets: kept,
    });
    expect(await shown('oyeren')).toMatchObject({
      minutes: { text: 'Vi snakket om drift.' },
      tradeSecrets: kept,
    });
    expect(await shown('evaluator')).toMatchObject({
      minutes: { text: 'Vi snakket om drift.' },
      tradeSecrets: [],
    });
    for (const who of ['public', 'person', 'neighbour', 'mysen', 'stranger'] as const)
      expect(await shown(who)).toBeNull();
    world.host.permission = 'left to the database';
    try {
      expect((await shown('evaluator')).tradeSecrets).toEqual([]);
      expect((await shown('oyeren')).tradeSecrets).toEqual(kept);
      for (const who of ['public', 'person', 'neighbour', 'mysen'] as const)
        expect(await shown(who)).toBeNull();
    } finally {
      delete world.host.permission;
    }
    expect(JSON.stringify(await world.mails(dialogueId))).not.toContain('radioprotokoll');
  });

  it('leave an entry for whoever reads them', async () => {
    await record();
    const [, entries] = await world.audited(() => shown('evaluator'));
    expect(entries).toContainEqual(
      expect.objectContaining({
        operation: 'meeting',
        outcome: 'READ',
        type: 'Meeting',
        municipality: '3118',
        organisation: organisations.oyeren,
      }),
    );
  });
});

describe('what is said about minutes', () => {
  beforeEach(() => record());

  it('is a confirmation, a comment, or a secret, by the side that says it', async () => {
    expect((await comment('oyeren', { text: 'Vi sa også noe om pris.' })).done.minutes.isConfirmed).toBe(
      false,
    );
    world.clock.advance(1_000);
    expect((await comment('officer', { text: 'Det stemmer.' })).errors).toEqual([]);
    world.clock.advance(1_000);
    const { done } = await comment('oyeren', { confirms: true, tradeSecrets: SECRET });
    expect(done.minutes).toEqual({
      isConfirmed: true,
      comments: [
        { by: 'SUPPLIER', text: 'Vi sa også noe om pris.', confirms: false },
        { by: 'MUNICIPALITY', text: 'Det stemmer.', confirms: false },
        { by: 'SUPPLIER', text: null, confirms: true },
      ],
    });
    expect((await shown('officer')).tradeSecrets).toEqual([{ text: SECRET, by: 'SUPPLIER' }]);
  });

  it('is refused where there is nothing to it, or where it gives a secret away', async () => {
    expect((await comment('oyeren', {})).errors).toEqual(['NOTHING_SAID']);
    expect((await comment('oyeren', { text: ' ' })).errors).toEqual(['TEXT_MISSING']);
    expect((await comment('oyeren', { text: 'x'.repeat(5_001) })).errors).toEqual(['TEXT_TOO_LONG']);
    expect((await comment('officer', { confirms: true })).errors).toEqual(['CONFIRMED_BY_OTHERS']);
    expect((await comment('oyeren', { text: SECRET, tradeSecrets: SECRET })).errors).toEqual([
      'CONTAINS_TRADE_SECRET',
    ]);
    await comment('oyeren', { tradeSecrets: SECRET });
    expect((await comment('officer', { text: `De har ${SECRET}` })).errors).toEqual([
      'CONTAINS_TRADE_SECRET',
    ]);
  });

  it.each([
    ['public', 'UNAUTHENTICATED'],
    ['person', 'NOT_FOUND'],
    ['neighbour', 'NOT_FOUND'],
    ['mysen', 'NOT_FOUND'],
    ['evaluator', 'FORBIDDEN'],
  ] as const)('is not for %s to say', async (who, code) => {
    const before = await world.everything();
    expect((await comment(who, { text: 'Hei.' })).errors).toEqual([code]);
    expect(await world.everything()).toBe(before);
  });
});

it('a person who is forgotten is nowhere in meetings, and what was said stays', async () => {
  await record();
  await comment('oyeren', { confirms: true });
  await world.ask('oyeren', 'mutation { createDialogueCalendarLink(input: {}) { url } }');
  const ids = (['oyeren', 'officer'] as const).map((who) => (people[who] as { personId: string }).personId);
  const meetings = async () => {
    const lines = (await world.everything()).split('\n').filter((line) => !line.startsWith('mail'));
    return { rows: lines.length, people: ids.map((id) => lines.filter((line) => line.includes(id)).length) };
  };
  // The request, the comment and the link; the minutes.
  const before = await meetings();
  expect(before.people).toEqual([3, 1]);
  for (const id of ids) {
    await world.service.store.change('test', async ({ em, audit }) => {
      await forgetMeetingPerson(em, id);
      audit({ object: { type: 'Person', id: 'forgotten' } });
    });
  }
  // Only the link is gone.
  expect(await meetings()).toEqual({ rows: before.rows - 1, people: [0, 0] });
  expect((await shown('officer')).minutes.isConfirmed).toBe(true);
});
