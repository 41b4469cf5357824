import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DEADLINE, DialogueWorld, everyWho, OPENS, START, type Who } from './dialogue.test-support.js';

let world: DialogueWorld;

beforeAll(async () => {
  world = await DialogueWorld.open();
});
beforeEach(() => world.clock.set(START));
afterAll(() => world[Symbol.asyncDispose]());

const DIALOGUE = `query ($id: ID!) { marketDialogue(id: $id) {
  title description status isLedHere announcedAt opensAt closesAt closedAt cancelledAt cancellationReason
  takesAnswers announcedTender { title announcedAt tender { id } } questions questionnaire { text }
  contact { name email telephone } cpv additionalCpv activities { id type title startsAt endsAt place url }
  need { status } buyer { id } participantCount
} }`;

const see = async (who: Who, id: string) => (await world.ask(who, DIALOGUE, { id })).data.marketDialogue;

describe('a draft', () => {
  it('is seen by officers of the municipality alone, in every query', async () => {
    const id = await world.draft();
    const query = `query ($id: ID!) {
      marketDialogue(id: $id) { id }
      marketDialogues(filter: { status: [DRAFT] }) { totalCount nodes { id } }
      all: marketDialogues(first: 200) { nodes { id } }
      _entities(representations: [{ __typename: "MarketDialogue", id: "${id}" }]) { ... on MarketDialogue { id } }
    }`;
    for (const who of everyWho) {
      const { data } = await world.ask(who, query, { id });
      const sees = who === 'officer' || who === 'evaluator';
      expect([who, data.marketDialogue]).toEqual([who, sees ? { id } : null]);
      expect(data._entities[0]).toEqual(sees ? { id } : null);
      expect(data.marketDialogues.nodes.some((each: { id: string }) => each.id === id)).toBe(sees);
      if (!sees) expect(data.marketDialogues.totalCount).toBe(0);
      expect(data.all.nodes.some((each: { id: string }) => each.id === id)).toBe(false);
    }
  });

  it('is remembered in the audit log when it is read', async () => {
    const id = await world.draft();
    await see('evaluator', id);
    const rows = await world.rows(
      `select outcome from dialogue.audit_entry where object_type = 'MarketDialogue' and object_id = ? and outcome = 'READ'`,
      [id],
    );
    expect(rows.length).toBeGreaterThan(0);
  });

  it('belongs to the chain of its need, and is led here', async () => {
    const need = await world.need();
    const id = await world.draft({ needId: need.id });
    expect(await world.procurementOf(id)).toBe(need.procurementId);
    expect(await see('officer', id)).toMatchObject({ status: 'DRAFT', isLedHere: true, buyer: null });
    const again = await world.draft({ procurementId: need.procurementId, needId: undefined });
    expect(await world.procurementOf(again)).toBe(need.procurementId);
  });

  it.each([
    ['no chain', {}, ['CHAIN_NOT_NAMED']],
    ['two chains', { needId: 'a', procurementId: 'b' }, ['CHAIN_NOT_NAMED']],
    ['a chain of others', { procurementId: 'somebody else’s' }, ['CHAIN_NOT_YOURS']],
    ['an unknown need', { needId: 'x' }, ['CHAIN_NOT_YOURS']],
  ])('is not begun in %s', async (_case, chain, codes) => {
    const input = { municipality: '3118', title: 'X', ...chain };
    expect(await world.codes('officer', 'createMarketDialogue', input)).toEqual(codes);
  });

  it('is not begun with words that cannot be published', async () => {
    const { id: needId } = await world.need();
    const input = {
      ...{ municipality: '3118', needId, title: ' ', url: 'javascript:alert(1)', language: 'norsk' },
      ...{ contact: { email: 'ingen' }, opensAt: DEADLINE, closesAt: OPENS },
    };
    expect(await world.codes('officer', 'createMarketDialogue', input)).toEqual([
      'TEXT_MISSING',
      'NOT_A_WEB_ADDRESS',
      'NOT_AN_EMAIL_ADDRESS',
      'NOT_A_LANGUAGE',
      'DATES_OUT_OF_ORDER',
    ]);
  });

  it('is changed, keeps what is left out, and is thrown away', async () => {
    const id = await world.draft({ cpv: '85310000' });
    await world.done('officer', 'updateMarketDialogue', { id, title: 'Nytt', additionalCpv: ['48814000'] });
    expect(await see('officer', id)).toMatchObject({
      title: 'Nytt',
      description: 'Hva er mulig?',
      cpv: '85310000',
      additionalCpv: ['48814000'],
      contact: { name: null, email: 'innkjop@example.no', telephone: null },
    });
    const [{ cpv_branches: branches } = { cpv_branches: [] }] = await world.rows<{ cpv_branches: string[] }>(
      'select cpv_branches from dialogue.market_dialogue where id = ?',
      [id],
    );
    expect(branches).toEqual(expect.arrayContaining(['85310000', '48814000', '48', '85']));
    await world.done('officer', 'discardMarketDialogue', { id });
    expect(await see('officer', id)).toBeNull();
  });
});

describe('announcing', () => {
  it('tells everybody, and moves the need on', async () => {
    const id = await world.draft();
    await world.done('officer', 'announceMarketDialogue', { id });
    expect(await see('public', id)).toMatchObject({
      ...{ status: 'ANNOUNCED', announcedAt: START, opensAt: OPENS, closesAt: DEADLINE },
      ...{ takesAnswers: false, need: { status: 'IN_DIALOGUE' }, participantCount: 0 },
    });
    world.clock.set(OPENS);
    expect(await see('public', id)).toMatchObject({ status: 'OPEN', takesAnswers: true });
    world.clock.set(DEADLINE);
    // The deadline ends the taking of answers, and nothing else: the dialogue is closed by somebody.
    expect(await see('public', id)).toMatchObject({ status: 'OPEN', takesAnswers: false });
  });

  it('waits for what the market needs to know', async () => {
    const id = await world.draft({ description: null, contact: null, closesAt: null });
    expect(await world.codes('officer', 'announceMarketDialogue', { id })).toEqual([
      'TEXT_MISSING',
      'CONTACT_MISSING',
      'DEADLINE_MISSING',
    ]);
    await world.done('officer', 'updateMarketDialogue', {
      id,
      closesAt: '2026-03-02T09:30:00Z',
      opensAt: null,
    });
    world.clock.set('2026-03-02T09:30:00Z');
    expect(await world.codes('officer', 'announceMarketDialogue', { id })).toContain('DEADLINE_IN_THE_PAST');
  });

  it('opens at once when nothing else is said', async () => {
    const id = await world.announced([], { opensAt: null });
    expect(await see('public', id)).toMatchObject({ status: 'OPEN', opensAt: START });
  });

  it('leaves the words as they were, and lets the contact and the plan change', async () => {
    const id = await world.announced();
    expect(await world.codes('officer', 'updateMarketDialogue', { id, title: 'Y' })).toEqual([
      'DIALOGUE_NOT_DRAFT',
    ]);
    await world.done('officer', 'updateMarketDialogue', { id, contact: { telephone: '69 68 10 00' } });
    expect((await see('public', id)).contact).toEqual({ name: null, email: null, telephone: '69 68 10 00' });
  });

  it('is refused of a need that nobody has published', async () => {
    const words = { title: 'B', effect: 'E', users: 'U', successCriteria: ['S'] };
    const { need } = await world.done(
      'officer',
      'createNeed',
      { municipality: '3118', ...words },
      'need { id }',
    );
    const id = await world.draft({ needId: need.id });
    expect(await world.codes('officer', 'announceMarketDialogue', { id })).toEqual(['NEED_NOT_PUBLISHED']);
  });
});

describe('the timetable', () => {
  const meeting = { type: 'INFORMATION_MEETING', title: 'Informasjonsmøte' };

  it('adds, changes and removes in one go, and keeps what keeps its id', async () => {
    const id = await world.draft();
    const first = {
      ...{ ...meeting, startsAt: '2026-03-10T09:00:00Z', endsAt: '2026-03-10T10:00:00Z' },
      ...{ place: 'Askim rådhus', url: 'https://example.no/mote' },
    };
    const second = { type: 'WRITTEN_INPUT', title: 'Skriftlige innspill' };
    await world.done('officer', 'setDialogueActivities', { id, activities: [first, second] });
    const before = (await see('officer', id)).activities;
    expect(before.map(({ title, place }: { title: string; place: string }) => [title, place])).toEqual([
      ['Informasjonsmøte', 'Askim rådhus'],
      ['Skriftlige innspill', null],
    ]);
    await world.done('officer', 'announceMarketDialogue', { id });
    const activities = [{ ...second, title: 'Svar', id: before[1].id }, meeting];
    await world.done('officer', 'setDialogueActivities', { id, activities });
    const after = (await see('public', id)).activities;
    expect(after.map(({ title }: { title: string }) => title)).toEqual(['Svar', 'Informasjonsmøte']);
    expect(after[0].id).toBe(before[1].id);
    expect(after[1].id).not.toBe(before[0].id);
  });

  it('gives no secret away', async () => {
    const id = await world.open();
    const secret = 'Robotkatt med innebygd pulsmåler';
    await world.input('oyeren', id, { tradeSecret: secret });
    const activities = [{ ...meeting, title: `Visning av ${secret}` }];
    expect(await world.codes('officer', 'setDialogueActivities', { id, activities })).toEqual([
      'CONTAINS_TRADE_SECRET',
    ]);
    const contact = { name: secret, telephone: '1' };
    expect(await world.codes('officer', 'updateMarketDialogue', { id, contact })).toEqual([
      'CONTAINS_TRADE_SECRET',
    ]);
  });

  it('refuses what cannot be', async () => {
    const id = await world.draft();
    const activities = [
      { ...meeting, title: '' },
      { ...meeting, startsAt: '2026-03-10T10:00:00Z', endsAt: '2026-03-10T09:00:00Z' },
      { ...meeting, url: 'ftp://example.no', id: 'unknown' },
    ];
    expect(await world.codes('officer', 'setDialogueActivities', { id, activities })).toEqual([
      'TEXT_MISSING',
      'DATES_OUT_OF_ORDER',
      'NO_SUCH_ACTIVITY',
      'NOT_A_WEB_ADDRESS',
    ]);
  });
});

describe('the deadline', () => {
  it('is only moved to later, and everybody who takes part is told once, in their language', async () => {
    const id = await world.announced();
    await world.join('oyeren', id);
    await world.ask(
      'mysen',
      `mutation ($input: JoinMarketDialogueInput!) { joinMarketDialogue(input: $input) { userErrors { code } } }`,
      {
        input: {
          ...{ dialogueId: id, organisationNumber: '310000027', organisationName: 'Mysen' },
          ...{ contactName: 'M', contactEmail: 'm@example.no' },
        },
      },
      'en',
    );
    const later = '2026-04-10T10:00:00.000Z';
    expect(await world.codes('officer', 'extendMarketDialogue', { id, closesAt: DEADLINE })).toEqual([
      'NOT_LATER',
    ]);
    await world.done('officer', 'extendMarketDialogue', { id, closesAt: later });
    expect(await see('public', id)).toMatchObject({ closesAt: later });
    const mails = await world.rows<{ to_email: string; subject: string; body_text: string }>(
      'select to_email, subject, body_text from dialogue.mail where about_id = ? order by to_email',
      [id],
    );
    expect(mails.map(({ to_email, subject }) => [to_email, subject])).toEqual([
      ['m@example.no', expect.stringContaining('New deadline')],
      ['oyeren@example.no', expect.stringContaining('Ny svarfrist')],
    ]);
    expect(mails[1]?.body_text).toContain('10. april 2026');
  });

  it('can be moved after it has passed, and answers are taken again', async () => {
    const id = await world.open(['oyeren']);
    world.clock.set(DEADLINE);
    const again = { dialogueId: id, organisationNumber: '310000035', comment: 'x' };
    expect(await world.codes('oyeren', 'submitInput', again)).toEqual(['DEADLINE_PASSED']);
    await world.done('officer', 'extendMarketDialogue', { id, closesAt: '2026-04-10T10:00:00Z' });
    expect(await world.codes('oyeren', 'submitInput', again)).toEqual([]);
  });
});

describe('calling off', () => {
  it('closes with a reason, tells those who take part, and takes nothing more', async () => {
    const id = await world.open(['oyeren']);
    world.clock.set(START);
    await world.done('officer', 'cancelMarketDialogue', { id, reason: 'Behovet er dekket.' });
    expect(await see('public', id)).toMatchObject({
      ...{ status: 'CLOSED', cancelledAt: START, closedAt: START, cancellationReason: 'Behovet er dekket.' },
      takesAnswers: false,
    });
    const mails = await world.rows<{ body_text: string }>(
      `select body_text from dialogue.mail where about_id = ? and template = 'dialogue-cancelled'`,
      [id],
    );
    expect(mails).toHaveLength(1);
    expect(mails[0]?.body_text).toContain('Behovet er dekket.');
    expect(await world.codes('officer', 'openMarketDialogue', { id })).toEqual(['DIALOGUE_CANCELLED']);
  });

  it('is no way around the ledger, nor around an answer to those who wrote', async () => {
    const id = await world.open();
    const input = await world.input('oyeren', id, {
      tradeSecret: 'Vi bruker en hemmelig algoritme fra 2019.',
    });
    const told = { dialogueId: id, text: 'Vi tenker på fire år.', toldTo: '310000035', channel: 'TELEPHONE' };
    await world.done('officer', 'disclose', told);
    const cancel = { id, reason: 'Ikke aktuelt.' };
    expect(await world.codes('officer', 'cancelMarketDialogue', cancel)).toEqual([
      'LEDGER_OPEN',
      'INPUT_OPEN',
    ]);
    expect((await see('public', id)).status).toBe('OPEN');
    await world.conclude(input);
    await world.done('officer', 'publishDisclosures', { dialogueId: id });
    const revealing = { id, reason: 'Øyeren sa: «Vi bruker en hemmelig algoritme fra 2019.»' };
    expect(await world.codes('officer', 'cancelMarketDialogue', revealing)).toEqual([
      'CONTAINS_TRADE_SECRET',
    ]);
    expect(await world.codes('officer', 'cancelMarketDialogue', cancel)).toEqual([]);
  });
});

it('refuses those who lead no dialogues here, without telling them of drafts', async () => {
  const draft = await world.draft();
  const announced = await world.announced();
  for (const who of everyWho) {
    if (who === 'officer') continue;
    const loggedIn = who === 'public' ? 'UNAUTHENTICATED' : 'FORBIDDEN';
    expect([who, await world.codes(who, 'discardMarketDialogue', { id: draft })]).toEqual([
      who,
      [who === 'neighbour' ? 'NOT_FOUND' : loggedIn],
    ]);
    expect([who, await world.codes(who, 'openMarketDialogue', { id: announced })]).toEqual([who, [loggedIn]]);
  }
});
