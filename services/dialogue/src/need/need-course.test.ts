import { marketInvited, procurementsJoined, procurementsLinked } from '@samspill/messages';
import { stableId } from '@samspill/values';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { AnnouncedTender } from '../market-dialogue/announced-tender.js';
import { MarketDialogue } from '../market-dialogue/market-dialogue.js';
import { joinProcurements } from '../procurement/join-procurements.js';
import { NeedStatus } from './need.js';
import { NeedWorld, START } from './need.test-support.js';

let world: NeedWorld;
beforeAll(async () => {
  world = await NeedWorld.open();
});
afterAll(() => world?.[Symbol.asyncDispose]());
beforeEach(() => world.clear());

const { DRAFT, PUBLISHED, IN_DIALOGUE, IN_TENDER, CLOSED } = NeedStatus;

describe('closing a need', () => {
  it('tells everybody why, and when', async () => {
    const { id } = await world.need(IN_TENDER);
    world.clock.set('2026-04-01T10:00:00Z');
    onTestFinished(() => world.clock.set(START));
    const input = { id, reason: 'MET', explanation: ' Avtalen er inngått. ' };
    const [answer, entries] = await world.audited(() => world.does('officer', 'closeNeed', input));
    expect(answer).toEqual({ need: { id, status: 'CLOSED' }, userErrors: [] });
    expect(entries).toMatchObject([
      { operation: 'closeNeed', outcome: 'DONE', type: 'Need', id, municipality: '3118' },
    ]);
    const query = 'query ($id: ID!) { need(id: $id) { status closedAt closedReason closedExplanation } }';
    expect((await world.ask('public', query, { id })).data.need).toEqual({
      ...{ status: 'CLOSED', closedAt: '2026-04-01T10:00:00.000Z', closedReason: 'MET' },
      closedExplanation: 'Avtalen er inngått.',
    });
  });

  it('says what is to be mended, and does nothing else', async () => {
    const { id } = await world.need(PUBLISHED);
    const before = await world.contents();
    for (const [explanation, code] of [
      [' ', 'TEXT_MISSING'],
      ['x'.repeat(2_001), 'TEXT_TOO_LONG'],
    ]) {
      const answer = await world.does('officer', 'closeNeed', { id, reason: 'OTHER', explanation });
      expect(answer).toMatchObject({ need: null, userErrors: [{ code, path: ['input', 'explanation'] }] });
    }
    expect(await world.contents()).toBe(before);
  });

  it('happens once when two do it at the same moment', async () => {
    const { id } = await world.need(PUBLISHED);
    const input = { id, reason: 'WITHDRAWN', explanation: 'Nei.' };
    const answers = await Promise.all([1, 2].map(() => world.does('officer', 'closeNeed', input)));
    expect(
      answers.flatMap(({ userErrors }) => userErrors.map((each: { code: string }) => each.code)),
    ).toEqual(['NEED_CLOSED']);
  });
});

it('clarifications are added to what is published, in order, and everybody reads them', async () => {
  const { id } = await world.need(PUBLISHED);
  const fields = 'need { title clarifications { totalCount nodes { text addedAt } } }';
  await world.does('officer', 'addClarification', { id, text: ' Også om vinteren.\n' });
  world.clock.set('2026-03-09T09:00:00Z');
  onTestFinished(() => world.clock.set(START));
  const answer = await world.does('officer', 'addClarification', { id, text: 'Og om natten.' }, { fields });
  const clarifications = {
    totalCount: 2,
    nodes: [
      { text: 'Også om vinteren.', addedAt: START },
      { text: 'Og om natten.', addedAt: '2026-03-09T09:00:00.000Z' },
    ],
  };
  expect(answer.need).toEqual({ title: 'Trygge turveier', clarifications });
  const query = `query ($id: ID!) { need(id: $id) { clarifications { totalCount nodes { text addedAt } } } }`;
  expect((await world.ask('public', query, { id })).data.need).toEqual({ clarifications });
  const empty = await world.does('officer', 'addClarification', { id, text: '\n' });
  expect(empty.userErrors).toMatchObject([{ code: 'TEXT_MISSING', path: ['input', 'text'] }]);
  // What is published stands, for the database as well.
  const writer = world.service.store.as('writer', {
    'samspill.grants': 'MEMBER@3118,PROCUREMENT_OFFICER@3118',
  });
  const touched = await writer.transactional(async (em) => {
    const update = await em.execute(`update dialogue.need_clarification set text = 'x' returning 1`);
    const removed = await em.execute('delete from dialogue.need_clarification returning 1');
    const need = await em.execute('delete from dialogue.need where id = ? returning 1', [id]);
    return [...update, ...removed, ...need];
  });
  expect(touched).toEqual([]);
});

it('a draft that is discarded is gone, and the log knows that it was there', async () => {
  const { id } = await world.need(DRAFT);
  const [answer, entries] = await world.audited(() =>
    world.does('officer', 'discardNeed', { id }, { fields: 'discardedId' }),
  );
  expect(answer).toEqual({ discardedId: id, userErrors: [] });
  expect(entries).toMatchObject([{ operation: 'discardNeed', outcome: 'DONE', id, municipality: '3118' }]);
  expect(await world.stored(id)).toBeNull();
  expect(await world.does('officer', 'discardNeed', { id }, { fields: 'discardedId' })).toEqual({
    refused: ['NOT_FOUND'],
  });
});

describe('linking a need to a procurement', () => {
  const link = (needId: string, procurementId: string) =>
    world.does('officer', 'linkNeed', { needId, procurementId });
  const links = () => world.published.filter(({ type }) => type === procurementsLinked.name);

  it('tells the registrar, who joins them', async () => {
    const need = await world.need(PUBLISHED);
    const into = stableId('procurement', 'of a notice');
    const [answer, entries] = await world.audited(() => link(need.id, into));
    expect(answer.userErrors).toEqual([]);
    const payload = { from: need.procurementId, into, at: START, municipality: need.municipalityNumber };
    expect(links()).toEqual([{ type: 'procurements-linked', payload }]);
    expect(entries.map(({ type, id }) => [type, id])).toEqual([
      ['Need', need.id],
      ['Procurement', need.procurementId],
      ['Procurement', into],
    ]);
  });

  it('shows what is pending until the two are one', async () => {
    const need = await world.need(DRAFT);
    const into = stableId('procurement', 'of another notice');
    const query = 'query ($id: ID!) { need(id: $id) { procurement { id } pendingProcurement { id } } }';
    const seen = async () => (await world.ask('officer', query, { id: need.id })).data.need;
    await link(need.id, into);
    expect(await seen()).toEqual({
      procurement: { id: need.procurementId },
      pendingProcurement: { id: into },
    });
    await world.service.store.change('test', (change) =>
      joinProcurements(change, { from: need.procurementId, into }),
    );
    expect(await seen()).toEqual({ procurement: { id: into }, pendingProcurement: null });
  });

  it('is refused where there is nothing to do, and into the chain of others', async () => {
    const need = await world.need(PUBLISHED);
    expect((await link(need.id, need.procurementId)).userErrors).toMatchObject([{ code: 'ALREADY_LINKED' }]);
    const theirs = await world.need(PUBLISHED, { municipalityNumber: '3122' });
    expect((await link(need.id, theirs.procurementId)).userErrors).toMatchObject([
      { code: 'PROCUREMENT_OF_OTHERS', path: ['input', 'procurementId'] },
    ]);
    expect((await link(need.id, 'a tender, perhaps')).userErrors).toMatchObject([
      { code: 'PROCUREMENT_UNKNOWN', path: ['input', 'procurementId'] },
    ]);
    expect(links()).toEqual([]);
    const joining = { needId: theirs.id, municipality: '3118', volume: 'Like mye.' };
    expect((await world.does('officer', 'joinNeed', joining)).userErrors).toEqual([]);
    expect((await link(need.id, theirs.procurementId)).userErrors).toEqual([]);
    const own = await world.need(PUBLISHED);
    expect((await link(need.id, own.procurementId)).userErrors).toEqual([]);
    expect(links()).toHaveLength(2);
  });
});

describe('a need that comes late', () => {
  async function announce(procurementId: string): Promise<void> {
    const em = world.system;
    const announcedAt = new Date(START);
    em.create(AnnouncedTender, {
      ...{
        tenderId: stableId('tender', procurementId),
        procurementId,
        title: 'Turveier',
        announcedAt,
        version: 1,
      },
    });
    await em.flush();
  }

  async function talk(procurementId: string): Promise<void> {
    const [columns] = await world.system.execute<{ list: string }[]>(
      `select string_agg(quote_ident(column_name), ', ') as list from information_schema.columns
       where table_schema = 'dialogue' and table_name = 'market_dialogue' and is_generated = 'NEVER'
         and is_nullable = 'NO' and column_default is null`,
    );
    // Whatever else a dialogue has to have is of no consequence here.
    const values: Record<string, string> = {
      ...{
        id: `'${stableId('dialogue', procurementId)}'`,
        procurement_id: `'${procurementId}'`,
        title: `'x'`,
      },
      ...{ language: `'NOR'`, led_here: 'false', updated_at: 'now()' },
    };
    const names = (columns?.list ?? '').split(', ');
    const given = names.map((name) => values[name] ?? `'{}'`);
    await world.system.execute(
      `insert into dialogue.market_dialogue (${names.join(', ')}, announced_at) values (${given.join(', ')}, '${START}')`,
    );
    const all = await world.system.find(MarketDialogue, { procurementId });
    expect(all).toHaveLength(1);
  }

  async function join(from: string, into: string): Promise<void> {
    await world.database.owner.transaction().execute(async (transaction) => {
      const em = { getTransactionContext: () => transaction } as never;
      await world.bus.publish(em, procurementsJoined, [{ from, into }]);
    });
  }

  it('to a procurement that is announced moves on with it', async () => {
    const tendered = await world.need(PUBLISHED);
    const talked = await world.need(PUBLISHED);
    const draft = await world.need(DRAFT);
    const closed = await world.need(CLOSED);
    await announce('late-tender');
    await talk('late-talk');
    await join(tendered.procurementId, 'late-tender');
    await join(draft.procurementId, 'late-tender');
    await join(closed.procurementId, 'late-tender');
    await join(talked.procurementId, 'late-talk');
    const statusOf = async ({ id }: { id: string }) => (await world.stored(id))?.status;
    await expect.poll(() => statusOf(tendered), { timeout: 10_000 }).toBe(IN_TENDER);
    await expect.poll(() => statusOf(talked), { timeout: 10_000 }).toBe(IN_DIALOGUE);
    for (const { id } of [draft, closed]) {
      const where = async () => (await world.stored(id))?.procurementId;
      await expect.poll(where, { timeout: 10_000 }).toBe('late-tender');
    }
    expect([await statusOf(draft), await statusOf(closed)]).toEqual([DRAFT, CLOSED]);
    // And the draft, once it is published.
    const published = await world.does('officer', 'publishNeed', { id: draft.id });
    expect(published).toMatchObject({ need: { status: IN_TENDER }, userErrors: [] });
  });

  it('is in dialogue when a notice invites the market to one', async () => {
    const { id, procurementId } = await world.need(PUBLISHED);
    await world.database.owner.transaction().execute(async (transaction) => {
      const em = { getTransactionContext: () => transaction } as never;
      const texts = { title: 'Turveier', description: null, language: 'NOR', url: null, contact: null };
      const codes = { cpv: null, additionalCpv: [], nuts: [], buyerId: null, municipalityNumber: '3118' };
      const dates = { dispatchedAt: START, answersDeadline: null, plannedDate: null };
      await world.bus.publish(em, marketInvited, [
        {
          ...{ noticeId: 'turvei-01', invitationId: 'turvei', version: '01', procurementId },
          ...{ ...texts, ...codes, ...dates, kind: 'consultation' },
        },
      ]);
    });
    await expect.poll(async () => (await world.stored(id))?.status, { timeout: 10_000 }).toBe(IN_DIALOGUE);
  });

  it('takes what is known of its competition along', async () => {
    await announce('early-tender');
    const { id, procurementId } = await world.need(PUBLISHED);
    await join('early-tender', procurementId);
    await expect.poll(async () => (await world.stored(id))?.status, { timeout: 10_000 }).toBe(IN_TENDER);
  });

  it('is in dialogue at once when its dialogue is announced before it is published', async () => {
    const draft = await world.need(DRAFT);
    await talk(draft.procurementId);
    const published = await world.does('officer', 'publishNeed', { id: draft.id });
    expect(published).toMatchObject({ need: { status: IN_DIALOGUE }, userErrors: [] });
  });
});
