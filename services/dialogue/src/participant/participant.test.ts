import { personForgotten } from '@samspill/messages';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  DialogueWorld,
  everyWho,
  OYEREN,
  people,
  START,
  type Who,
} from '../market-dialogue/dialogue.test-support.js';

let world: DialogueWorld;

beforeAll(async () => {
  world = await DialogueWorld.open();
});
beforeEach(() => world.clock.set(START));
afterAll(() => world[Symbol.asyncDispose]());

const PARTICIPANTS = `query ($id: ID!) { marketDialogue(id: $id) {
  participantCount participants { organisationNumber organisationName contactName contactEmail joinedAt supplier { id } }
} }`;
const see = async (who: Who, id: string) => (await world.ask(who, PARTICIPANTS, { id })).data.marketDialogue;
const names = (dialogue: { participants: { organisationName: string }[] }) =>
  dialogue.participants.map(({ organisationName }) => organisationName);

const oyeren = {
  ...{ organisationNumber: OYEREN, organisationName: 'Øyeren Velferdsteknologi AS' },
  ...{ contactName: 'Kontakt oyeren', contactEmail: 'oyeren@example.no' },
};

describe('who takes part', () => {
  it('is a number to everybody until the summary, and names to the municipality and to oneself', async () => {
    const id = await world.open();
    const both = ['Øyeren Velferdsteknologi AS', 'Mysen Rørleggerverksted AS'];
    for (const who of everyWho) {
      const seen = await see(who, id);
      expect(seen.participantCount).toBe(2);
      const expected = { officer: both, evaluator: both, oyeren: [both[0]], mysen: [both[1]] };
      expect([who, names(seen)]).toEqual([who, expected[who as keyof typeof expected] ?? []]);
    }
    expect((await see('oyeren', id)).participants[0]).toMatchObject({
      ...{ ...oyeren, supplier: { id: 'NO-BRC-310000035' } },
    });
    await world.summarise(id);
    for (const who of everyWho) {
      const seen = await see(who, id);
      expect([who, names(seen)]).toEqual([who, both]);
      const contacts = seen.participants.map(({ contactEmail }: { contactEmail: string }) => contactEmail);
      const own = {
        officer: [true, true],
        evaluator: [true, true],
        oyeren: [true, false],
        mysen: [false, true],
      };
      expect(contacts.map((each: string | null) => each !== null)).toEqual(
        own[who as keyof typeof own] ?? [false, false],
      );
    }
  });

  it('is kept by the database alone, down to the column', async () => {
    const id = await world.open();
    const em = world.service.store.fork();
    await expect(
      em.execute('select * from dialogue.participant where dialogue_id = ?', [id]),
    ).resolves.toEqual([]);
    await expect(
      em.execute('select * from dialogue.shown_participant where dialogue_id = ?', [id]),
    ).resolves.toEqual([]);
  });
});

describe('joining', () => {
  it('again says anew whom to reach, and makes nobody twice', async () => {
    const id = await world.open(['oyeren']);
    await world.join('oyeren', id, { contactName: 'Ny', contactEmail: 'ny@example.no' });
    expect(await see('oyeren', id)).toMatchObject({
      participantCount: 1,
      participants: [{ contactName: 'Ny', contactEmail: 'ny@example.no' }],
    });
  });

  it('is for those who act for the organisation', async () => {
    const id = await world.open([]);
    const input = { dialogueId: id, ...oyeren };
    expect(await world.codes('public', 'joinMarketDialogue', input)).toEqual(['UNAUTHENTICATED']);
    for (const who of ['person', 'mysen', 'officer', 'neighbour'] as const) {
      expect([who, await world.codes(who, 'joinMarketDialogue', input)]).toEqual([who, ['FORBIDDEN']]);
    }
    expect((await see('public', id)).participantCount).toBe(0);
  });

  it('is refused of a draft as if there were none, and says what to mend', async () => {
    const draft = await world.draft();
    expect(await world.codes('oyeren', 'joinMarketDialogue', { dialogueId: draft, ...oyeren })).toEqual([
      'NOT_FOUND',
    ]);
    const id = await world.open([]);
    const wrong = { dialogueId: id, ...oyeren, organisationName: ' ', contactEmail: 'a@b@c' };
    expect(await world.codes('oyeren', 'joinMarketDialogue', wrong)).toEqual([
      'TEXT_MISSING',
      'NOT_AN_EMAIL_ADDRESS',
    ]);
  });

  it('is not possible in a dialogue that comes from a notice', async () => {
    const id = await world.announced();
    await world.rows('update dialogue.market_dialogue set led_here = false where id = ?', [id]);
    expect(await world.codes('oyeren', 'joinMarketDialogue', { dialogueId: id, ...oyeren })).toEqual([
      'NOT_LED_HERE',
    ]);
  });
});

describe('leaving', () => {
  it('forgets whom to reach at once, and one can come back', async () => {
    const id = await world.open();
    const leave = { dialogueId: id, organisationNumber: OYEREN };
    await world.done('oyeren', 'leaveMarketDialogue', leave);
    expect(await world.codes('oyeren', 'leaveMarketDialogue', leave)).toEqual(['NOT_A_PARTICIPANT']);
    expect((await see('officer', id)).participantCount).toBe(1);
    const [row] = await world.rows(
      'select contact_name, contact_email, person_id from dialogue.participant where dialogue_id = ? and organisation_number = ?',
      [id, OYEREN],
    );
    expect(row).toEqual({ contact_name: null, contact_email: null, person_id: null });
    await world.join('oyeren', id);
    expect((await see('officer', id)).participantCount).toBe(2);
  });

  it('waits for an input to be withdrawn', async () => {
    const id = await world.open();
    const inputId = await world.input('oyeren', id);
    const leave = { dialogueId: id, organisationNumber: OYEREN };
    expect(await world.codes('oyeren', 'leaveMarketDialogue', leave)).toEqual(['INPUT_STANDS']);
    await world.done('oyeren', 'withdrawInput', { inputId });
    expect(await world.codes('oyeren', 'leaveMarketDialogue', leave)).toEqual([]);
  });
});

it('forgets a person everywhere, and keeps the organisation and what it said', async () => {
  const id = await world.open();
  const inputId = await world.input('oyeren', id);
  const document = await world.document(OYEREN, 'oyeren');
  await world.done('oyeren', 'replaceInput', {
    inputId,
    comment: 'x',
    attachments: [{ documentId: document }],
  });
  const { personId } = people.oyeren as { personId: string };
  expect(await world.placesOf(personId)).toEqual(expect.arrayContaining(['participant', 'input_receipt']));
  await world.send(personForgotten, { personId });
  await expect.poll(() => world.placesOf(personId), { timeout: 10_000 }).toEqual([]);
  for (const text of ['oyeren@example.no', 'Kontakt oyeren']) {
    expect([text, await world.placesOf(text)]).toEqual([text, []]);
  }
  expect(await world.placesOf(document)).toContain('document');
  expect(await see('officer', id)).toMatchObject({ participantCount: 2 });
  // Nobody to write to, and so nobody is written to.
  await world.done('officer', 'extendMarketDialogue', { id, closesAt: '2026-05-01T10:00:00Z' });
  const mails = await world.rows<{ to_email: string }>(
    'select to_email from dialogue.mail where about_id = ?',
    [id],
  );
  expect(mails.map(({ to_email }) => to_email)).toEqual(['mysen@example.no']);
});
