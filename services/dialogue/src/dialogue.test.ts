import { setTimeout as sleep } from 'node:timers/promises';
import { type Database, openDatabase } from '@samspill/database';
import { MessageBus, marketInvited, procurementStarted, procurementsJoined } from '@samspill/messages';
import { executeInProcess, publicRequest, type Service } from '@samspill/subgraph';
import { AdjustableClock, stableId } from '@samspill/values';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoProcurements, PLANNING_NOTICE } from './demo/demo-chains.js';
import { dialogueOfInvitation, type Invitation } from './market-dialogue/invitation.js';
import { dialoguesWithStatus } from './market-dialogue/market-dialogue.filter.js';
import { MarketDialogue } from './market-dialogue/market-dialogue.js';
import { MarketDialogueStatus, marketDialogueStatus } from './market-dialogue/market-dialogue.status.js';
import { recordInvitation } from './market-dialogue/record-invitation.js';
import { Need, NeedStatus } from './need/need.js';
import { joinProcurements } from './procurement/join-procurements.js';
import { startDialogue } from './subgraph.js';

const START = '2026-03-02T09:00:00Z';
const clock = new AdjustableClock(START);
const statements: string[] = [];
const failures: Error[] = [];
let database: Database;
let bus: MessageBus;
let service: Service;

beforeAll(async () => {
  database = await openDatabase({});
  bus = await MessageBus.open(database, { onError: (error) => failures.push(error) });
  const log = pino({ level: 'silent' });
  service = await startDialogue({ database, bus, clock, log, onStatement: (sql) => statements.push(sql) });
  await service.fillWithDemoData();
  await service.fillWithDemoData();
});

afterAll(async () => {
  await bus?.close();
  await database?.close();
});

async function ask<T>(query: string, variables?: Record<string, unknown>): Promise<T> {
  statements.length = 0;
  const { data, errors } = await executeInProcess(service, { query, variables }, publicRequest());
  expect(errors).toBeUndefined();
  return data as T;
}

const invitation: Invitation = {
  noticeId: 'n1-01',
  invitationId: 'n1',
  version: '01',
  dispatchedAt: '2026-02-01T10:00:00Z',
  procurementId: 'p1',
  kind: 'consultation',
  title: 'Lekeplasser',
  description: 'Innspill om lekeplasser for alle',
  language: 'NOR',
  cpv: '37535200',
  additionalCpv: ['45112723'],
  nuts: ['NO083'],
  buyerId: 'NO-BRC-920123899',
  municipalityNumber: '3118',
  contact: { name: 'Innkjøp', email: null, telephone: null },
  answersDeadline: '2026-03-10T11:00:00Z',
  url: 'https://example.no/lek',
  plannedDate: '2026-06-01',
};

const correction: Invitation = {
  ...invitation,
  noticeId: 'n1-02',
  version: '02',
  dispatchedAt: '2026-02-10T10:00:00Z',
  title: 'Lekeplasser for alle',
  answersDeadline: '2026-03-20T11:00:00Z',
};

const handle = (message: Invitation) =>
  service.store.change('test', (change) => recordInvitation(change, message));
const stored = (invitationId: string) =>
  service.store.as('system').findOne(MarketDialogue, { id: dialogueOfInvitation(invitationId) });
const renamed = (message: Invitation, invitationId: string): Invitation => ({
  ...message,
  invitationId,
  noticeId: `${invitationId}-${message.version}`,
});

describe('an invitation to the market', () => {
  it('opens a dialogue once, however often it is handled', async () => {
    const message = renamed(invitation, 'once');
    await handle(message);
    const first = await stored('once');
    await handle(message);
    expect(await stored('once')).toEqual(first);
    expect(first).toMatchObject({ title: 'Lekeplasser', noticeId: 'once-01', procurementId: 'p1' });
  });

  it('is corrected by a later version, in whichever order the versions arrive', async () => {
    for (const [id, order] of [
      ['forwards', [invitation, correction, invitation]],
      ['backwards', [correction, invitation, correction]],
    ] as const) {
      for (const message of order) await handle(renamed(message, id));
    }
    const { id: _one, noticeId: forwards, ...corrected } = { ...(await stored('forwards')) };
    const { id: _other, noticeId: backwards, ...late } = { ...(await stored('backwards')) };
    expect([forwards, backwards]).toEqual(['forwards-02', 'backwards-02']);
    expect(late).toEqual(corrected);
    expect(corrected).toMatchObject({
      title: 'Lekeplasser for alle',
      announcedAt: new Date(invitation.dispatchedAt),
      opensAt: new Date(invitation.dispatchedAt),
      closesAt: new Date('2026-03-20T11:00:00Z'),
    });
  });

  it('is closed by a cancellation, in whichever order the notices arrive', async () => {
    const cancellation = { ...correction, cancelled: true };
    for (const [id, order] of [
      ['cancelled', [invitation, cancellation]],
      ['cancelled-first', [cancellation, invitation]],
    ] as const) {
      for (const message of order) await handle(renamed(message, id));
      const answer = await ask(
        `query ($id: ID!) { marketDialogue(id: $id) { status closesAt cancelledAt } }`,
        {
          id: dialogueOfInvitation(id),
        },
      );
      const at = '2026-02-10T10:00:00.000Z';
      expect(answer).toEqual({ marketDialogue: { status: 'CLOSED', closesAt: at, cancelledAt: at } });
    }
  });

  it('leaves alone what the buyer has put into the dialogue', async () => {
    await handle({
      ...invitation,
      kind: 'planning',
      answersDeadline: null,
      noticeId: `${PLANNING_NOTICE}-01`,
      invitationId: PLANNING_NOTICE,
      dispatchedAt: '2024-02-06T09:00:00Z',
      procurementId: demoProcurements.homeFollowUp,
      title: 'Veiledende kunngjøring',
    });
    const { marketDialogue } = await ask<{ marketDialogue: Record<string, unknown> }>(
      `query ($id: ID!) { marketDialogue(id: $id) {
        title status announcedAt closesAt noticeId questions need { title } activities { type }
      } }`,
      { id: dialogueOfInvitation(PLANNING_NOTICE) },
    );
    expect(marketDialogue).toMatchObject({
      title: 'Veiledende kunngjøring',
      status: 'CLOSED',
      announcedAt: '2024-02-05T09:00:00.000Z',
      closesAt: '2024-03-22T11:00:00.000Z',
      noticeId: `${PLANNING_NOTICE}-01`,
      need: { title: 'Trygg hjemme lenger' },
      activities: [
        { type: 'INFORMATION_MEETING' },
        { type: 'WRITTEN_INPUT' },
        { type: 'ONE_TO_ONE_MEETINGS' },
      ],
    });
    expect(marketDialogue.questions).toHaveLength(5);
  });

  it('arrives by message', async () => {
    // As the owner: the service that sends these is not this one.
    await database.owner.transaction().execute(async (transaction) => {
      const em = { getTransactionContext: () => transaction } as never;
      await bus.publish(em, marketInvited, [renamed(invitation, 'message')]);
      await bus.publish(em, procurementsJoined, [{ from: 'message-from', into: 'message-into' }]);
    });
    await expect.poll(() => stored('message'), { timeout: 10_000 }).not.toBeNull();
    expect(failures).toEqual([]);
  });
});

describe('procurements that are joined', () => {
  const join = (from: string, into: string) =>
    service.store.change('test', (change) => joinProcurements(change, { from, into }));

  it('take their dialogues along, in any order, also those that are announced afterwards', async () => {
    const before = renamed({ ...invitation, procurementId: 'join-a' }, 'join-before');
    const after = renamed({ ...invitation, procurementId: 'join-a' }, 'join-after');
    await handle(before);
    await join('join-b', 'join-c');
    await join('join-a', 'join-b');
    await join('join-a', 'join-b');
    await handle(after);
    await handle(before);
    expect((await stored('join-before'))?.procurementId).toBe('join-c');
    expect((await stored('join-after'))?.procurementId).toBe('join-c');
  });

  it('follow a chain of joins, and do not run in a circle', async () => {
    await handle(renamed({ ...invitation, procurementId: 'ring-a' }, 'ring'));
    await join('ring-a', 'ring-b');
    await join('ring-b', 'ring-c');
    await join('ring-c', 'ring-a');
    await handle(renamed({ ...invitation, procurementId: 'ring-a' }, 'ring-late'));
    expect((await stored('ring'))?.procurementId).toBe('ring-c');
    expect((await stored('ring-late'))?.procurementId).toBe('ring-c');
  });
});

describe('the status of a dialogue', () => {
  const now = new Date(START);
  const times = [null, new Date(now.getTime() - 1), now, new Date(now.getTime() + 1)];

  it('is the same in the graph and in the filter', async () => {
    const em = service.store.as('system');
    const marker = 'status-matrix';
    for (const ledHere of [false, true]) {
      for (const announcedAt of [null, now]) {
        for (const summarisedAt of [null, now]) {
          for (const closedAt of ledHere ? [null, now] : [null]) {
            for (const opensAt of times) {
              for (const closesAt of times) {
                const dates = { announcedAt, summarisedAt, closedAt, opensAt, closesAt };
                const key = JSON.stringify([ledHere, dates]);
                em.create(MarketDialogue, {
                  ...blank,
                  ...dates,
                  ledHere,
                  id: stableId(marker, key),
                  title: key,
                });
              }
            }
          }
        }
      }
    }
    await em.flush();
    const all = await em.find(MarketDialogue, { procurementId: marker });
    expect(all).toHaveLength(64 + 128);
    for (const status of Object.values(MarketDialogueStatus)) {
      const found = await em.find(MarketDialogue, {
        $and: [{ procurementId: marker }, dialoguesWithStatus(status, now)],
      });
      const expected = all.filter((each) => marketDialogueStatus(each, now) === status);
      // Of both kinds, those that notices made and those that are led here.
      expect(new Set(expected.map((each) => each.ledHere)).size).toBe(2);
      expect(found.map((each) => each.title).sort()).toEqual(expected.map((each) => each.title).sort());
    }
    await em.nativeDelete(MarketDialogue, { procurementId: marker });
  });

  const blank = {
    ...{ procurementId: 'status-matrix', municipalityNumber: null, buyerId: null, description: null },
    ...{ kind: null, language: 'NOR', cancelledAt: null, cancellationReason: null, expectedTenderDate: null },
    ...{ cpv: null, additionalCpv: [], cpvBranches: [], nuts: [], url: null, contact: null, questions: [] },
    ...{ noticeId: null, noticeVersion: null, noticeDispatchedAt: null, updatedAt: now },
  };

  it('follows the clock', async () => {
    const id = dialogueOfInvitation(stableId('demo-invitation', 'renhold'));
    const query = `query ($id: ID!) {
      marketDialogue(id: $id) { status }
      marketDialogues(filter: { status: OPEN, text: "miljøgift" }) { totalCount }
    }`;
    expect(await ask(query, { id })).toEqual({
      marketDialogue: { status: 'OPEN' },
      marketDialogues: { totalCount: 1 },
    });
    clock.set('2026-04-02T00:00:00Z');
    expect(await ask(query, { id })).toEqual({
      marketDialogue: { status: 'CLOSED' },
      marketDialogues: { totalCount: 0 },
    });
    clock.set(START);
  });
});

describe('reading', () => {
  it('gives needs and dialogues with everything around them in few statements', async () => {
    const { needs, marketDialogues } = await ask<{
      needs: { nodes: { title: string; dialogues: unknown[] }[]; totalCount: number };
      marketDialogues: { nodes: { title: string }[]; pageInfo: { hasNextPage: boolean } };
    }>(`{
      needs(orderBy: PUBLISHED_ASC) {
        totalCount
        nodes {
          id title effect users successCriteria volume status publishedAt
          municipality { number } procurement { id needs { id } }
          dialogues { title status activities { type title startsAt endsAt } }
        }
      }
      marketDialogues(first: 50, orderBy: CLOSES_DESC) {
        pageInfo { hasNextPage }
        nodes {
          title status closesAt expectedTenderDate cpv additionalCpv nuts url contact { name email telephone }
          buyer { id } municipality { number } procurement { id dialogue { id } } need { title } questions
          activities { type }
        }
      }
    }`);
    expect(needs.totalCount).toBe(3);
    expect(needs.nodes.map((need) => [need.title, need.dialogues.length])).toEqual([
      ['Trygg hjemme lenger', 1],
      ['Skoleskyss som alle barn kan stole på', 0],
      ['Renhold uten miljøgifter i skoler og barnehager', 1],
    ]);
    expect(marketDialogues.nodes.length).toBeGreaterThan(3);
    // Two lists, a count, then each kind of thing at most once for each of the two depths that it occurs in.
    expect(statements.length).toBeLessThanOrEqual(9);
  });

  it('filters, orders and pages', async () => {
    const query = `query ($filter: MarketDialogueFilter, $after: String) {
      marketDialogues(filter: $filter, first: 1, after: $after, orderBy: CLOSES_ASC) {
        totalCount pageInfo { hasNextPage endCursor } nodes { title }
      }
    }`;
    type Page = {
      marketDialogues: {
        totalCount: number;
        pageInfo: { hasNextPage: boolean; endCursor: string };
        nodes: { title: string }[];
      };
    };
    const filter = { kind: ['CONSULTATION'], cpv: '9091', closesAfter: START, announcedBefore: START };
    expect((await ask<Page>(query, { filter })).marketDialogues.nodes).toEqual([
      { title: 'Renhold uten miljøgifter: hva er mulig?' },
    ]);
    expect((await ask<Page>(query, { filter: { status: [] } })).marketDialogues.totalCount).toBe(0);
    expect((await ask<Page>(query, { filter: { kind: [] } })).marketDialogues.totalCount).toBe(0);
    const branch = { cpv: '90910000-9' };
    expect((await ask<Page>(query, { filter: branch })).marketDialogues.totalCount).toBe(1);
    const seen: string[] = [];
    let after: string | null = null;
    let total = 0;
    do {
      const { marketDialogues }: Page = await ask<Page>(query, { after });
      seen.push(...marketDialogues.nodes.map((node) => node.title));
      after = marketDialogues.pageInfo.hasNextPage ? marketDialogues.pageInfo.endCursor : null;
      total = marketDialogues.totalCount;
    } while (after);
    expect(seen).toHaveLength(total);
    const refused = await executeInProcess(
      service,
      { query, variables: { filter: { cpv: '9' } } },
      publicRequest(),
    );
    expect(refused.errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
  });

  it('adds to the entities of other services, for many at once', async () => {
    const renhold = demoProcurements.cleaning;
    const { _entities } = await ask<{ _entities: Record<string, unknown>[] }>(
      `query ($representations: [_Any!]!) { _entities(representations: $representations) {
        ... on Municipality { number dialogues(first: 2) { totalCount nodes { title } } needs(first: 1) { totalCount nodes { title } } }
        ... on Procurement { id need { title } allNeeds: needs { id } dialogue { title } all: dialogues { id } }
        ... on Tender { id dialogue { title } }
        ... on Need { title }
        ... on MarketDialogue { title }
      } }`,
      {
        representations: [
          { __typename: 'Municipality', number: '3118', numbers: ['3118', '3014', '0124'] },
          { __typename: 'Municipality', number: '3122', numbers: ['3122'] },
          { __typename: 'Procurement', id: renhold },
          { __typename: 'Procurement', id: demoProcurements.schoolTransport },
          { __typename: 'Tender', id: 't1', procurement: { id: renhold } },
          { __typename: 'Tender', id: 't2', procurement: { id: 'unknown' } },
          { __typename: 'Need', id: stableId('need', 'renhold') },
          { __typename: 'Need', id: 'unknown' },
          { __typename: 'MarketDialogue', id: dialogueOfInvitation(PLANNING_NOTICE) },
        ],
      },
    );
    expect(_entities[0]).toMatchObject({
      needs: { totalCount: 3, nodes: [{ title: expect.stringContaining('Renhold') }] },
    });
    expect(_entities[1]).toMatchObject({ dialogues: { totalCount: 0, nodes: [] }, needs: { totalCount: 0 } });
    expect(_entities[2]).toMatchObject({
      need: { title: 'Renhold uten miljøgifter i skoler og barnehager' },
      dialogue: { title: 'Renhold uten miljøgifter: hva er mulig?' },
    });
    expect(_entities[3]).toMatchObject({ need: { title: expect.any(String) }, dialogue: null, all: [] });
    expect(_entities.slice(4, 6)).toEqual([
      { id: 't1', dialogue: { title: 'Renhold uten miljøgifter: hva er mulig?' } },
      { id: 't2', dialogue: null },
    ]);
    expect(_entities[6]).toMatchObject({ title: expect.any(String) });
    expect(_entities[7]).toBeNull();
    // Two lists of municipalities (page, rows, count each), and once each: needs and dialogues by id and by procurement.
    expect(statements.length).toBeLessThanOrEqual(12);
  });

  it('never shows a draft', async () => {
    const em = service.store.as('system');
    const draft = em.create(Need, {
      id: 'draft',
      procurementId: 'draft',
      municipalityNumber: '3118',
      title: 'Hemmelig utkast',
      effect: 'x',
      users: 'x',
      successCriteria: [],
      volume: null,
      status: NeedStatus.DRAFT,
      publishedAt: null,
    });
    await em.flush();
    expect(
      await ask(`{
        need(id: "draft") { title }
        needs(filter: { status: [DRAFT], text: "utkast" }) { totalCount }
        marketDialogues(filter: { status: DRAFT }) { totalCount }
        _entities(representations: [{ __typename: "Procurement", id: "draft" }]) { ... on Procurement { needs { id } } }
      }`),
    ).toEqual({
      need: null,
      needs: { totalCount: 0 },
      marketDialogues: { totalCount: 0 },
      _entities: [{ needs: [] }],
    });
    await em.remove(draft).flush();
  });
});

it('tells the registrar of every chain that a demo need starts, once', async () => {
  const started: string[] = [];
  await bus.receive('tenders', procurementStarted, async ({ procurementId }) => {
    started.push(procurementId);
  });
  await expect.poll(() => started.length, { timeout: 10_000 }).toBeGreaterThanOrEqual(3);
  await sleep(100);
  expect(started.sort()).toEqual(Object.values(demoProcurements).sort());
});

it('fills in the demo around a notice that came first', async () => {
  const id = dialogueOfInvitation(PLANNING_NOTICE);
  const em = service.store.as('system');
  await em.nativeDelete(Need, {});
  await em.nativeDelete(MarketDialogue, {});
  await handle({
    ...invitation,
    invitationId: PLANNING_NOTICE,
    noticeId: `${PLANNING_NOTICE}-01`,
    kind: 'planning',
    answersDeadline: null,
    procurementId: demoProcurements.homeFollowUp,
  });
  await service.fillWithDemoData();
  expect(
    await ask(
      `query ($id: ID!) { marketDialogue(id: $id) {
        title noticeId closesAt expectedTenderDate need { title } activities { type }
      } }`,
      { id },
    ),
  ).toEqual({
    marketDialogue: {
      title: 'Lekeplasser',
      noticeId: `${PLANNING_NOTICE}-01`,
      closesAt: '2024-03-22T11:00:00.000Z',
      expectedTenderDate: '2026-06-01',
      need: { title: 'Trygg hjemme lenger' },
      activities: [
        { type: 'INFORMATION_MEETING' },
        { type: 'WRITTEN_INPUT' },
        { type: 'ONE_TO_ONE_MEETINGS' },
      ],
    },
  });
});
