import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { NeedStatus } from '../need/need.js';
import { everyone, NeedWorld, START, type Who } from '../need/need.test-support.js';
import { OverriddenFinding } from './overridden-finding.js';

let world: NeedWorld;
beforeAll(async () => {
  world = await NeedWorld.open();
});
afterAll(() => world?.[Symbol.asyncDispose]());
beforeEach(() => world.clear());

const FINDINGS =
  'findings { id category field index start end matched excerpt why suggestion override { reason at } }';
const READ = `query ($id: ID!) { need(id: $id) { ${FINDINGS} } }`;
const draft = () =>
  world.need(NeedStatus.DRAFT, {
    title: 'Nettbrett til alle',
    constraints: ['Skal virke sammen med Visma.'],
    successCriteria: ['Ni av ti er fornøyde.', 'Alle har hver sin iPad.'],
  });
const findingsOf = async (who: Who, id: string) =>
  (await world.ask(who, READ, { id })).data.need?.findings ?? null;
const override = (needId: string, findingId: string, reason = 'Det er det vi har i dag.') =>
  world.does('officer', 'overrideFinding', { needId, findingId, reason });
const publish = (id: string) => world.does('officer', 'publishNeed', { id });
const reasons = () => world.system.find(OverriddenFinding, {}, { orderBy: { findingId: 'asc' } });

describe('findings of a draft', () => {
  it('are shown to those who see the draft, in their language', async () => {
    const { id } = await draft();
    const found = await findingsOf('evaluator', id);
    expect(
      found.map((each: { matched: string; field: string; index: number }) => [
        each.field,
        each.index,
        each.matched,
      ]),
    ).toEqual([
      ['title', null, 'Nettbrett'],
      ['constraints', 0, 'Visma'],
      ['successCriteria', 1, 'iPad'],
    ]);
    expect(found[1]).toMatchObject({
      ...{ category: 'BRAND', start: 22, end: 27, excerpt: 'Skal virke sammen med Visma.', override: null },
      why: expect.stringContaining('Et merkenavn'),
    });
    const { data } = await world.ask('officer', READ, { id }, 'en');
    expect(data.need.findings[1].why).toContain('A brand name');
    for (const who of ['public', 'neighbour', 'supplier'] as const)
      expect(await findingsOf(who, id)).toBeNull();
  });

  it('keep it from being published, until each is overridden or mended', async () => {
    const { id } = await draft();
    const before = await world.contents();
    const refused = await publish(id);
    expect(refused).toMatchObject({
      need: null,
      userErrors: [
        {
          code: 'FINDING_OPEN',
          path: ['input', 'id', 'title'],
          message: expect.stringContaining('«Nettbrett»'),
        },
        { code: 'FINDING_OPEN', path: ['input', 'id', 'constraints', '0'] },
        { code: 'FINDING_OPEN', path: ['input', 'id', 'successCriteria', '1'] },
      ],
    });
    expect(await world.contents()).toBe(before);
    const [title, constraint] = await findingsOf('officer', id);
    const [answer, entries] = await world.audited(() => override(id, constraint.id));
    expect(answer.userErrors).toEqual([]);
    expect(entries).toMatchObject([{ operation: 'overrideFinding', outcome: 'DONE', type: 'Need', id }]);
    await override(id, title.id, 'Elevene har det fra før.');
    await world.does('officer', 'updateNeed', { id, successCriteria: ['Ni av ti er fornøyde.'] });
    expect(await publish(id)).toMatchObject({ need: { status: 'PUBLISHED' }, userErrors: [] });
    const seen = await findingsOf('public', id);
    expect(seen.map((each: { matched: string; override: object }) => [each.matched, each.override])).toEqual([
      ['Nettbrett', { reason: 'Elevene har det fra før.', at: START }],
      ['Visma', { reason: 'Det er det vi har i dag.', at: START }],
    ]);
  });

  it('take the reason with them when they go, and let it stand as long as they stand', async () => {
    const { id } = await draft();
    const [title, constraint] = await findingsOf('officer', id);
    await override(id, title.id);
    await override(id, constraint.id);
    await world.does('officer', 'updateNeed', {
      id,
      title: 'Til alle: nettbrett',
      effect: 'Alle lærer mer.',
    });
    expect(await reasons()).toHaveLength(2);
    await world.does('officer', 'updateNeed', { id, constraints: null });
    expect((await reasons()).map(({ findingId }) => findingId)).toEqual([title.id]);
    await world.does('officer', 'updateNeed', { id, constraints: ['Skal virke sammen med Visma.'] });
    const open = (await publish(id)).userErrors.map(({ path }: { path: string[] }) => path[2]);
    expect(open).toEqual(['constraints', 'successCriteria']);
  });
});

describe('overriding', () => {
  it('takes a reason, and a new one takes its place', async () => {
    const { id } = await draft();
    const [title] = await findingsOf('officer', id);
    for (const [reason, code] of [
      ['', 'TEXT_MISSING'],
      ['x'.repeat(1_001), 'TEXT_TOO_LONG'],
    ] as const) {
      expect((await override(id, title.id, reason)).userErrors).toMatchObject([
        { code, path: ['input', 'reason'] },
      ]);
    }
    expect((await override(id, 'none')).userErrors).toMatchObject([{ code: 'FINDING_UNKNOWN' }]);
    expect(await reasons()).toEqual([]);
    await override(id, title.id, 'Først dette.');
    await override(id, title.id, 'Så dette.');
    const [, entries] = await world.audited(() => override(id, title.id, ' Så dette. '));
    expect(entries.filter(({ outcome }) => outcome === 'DONE')).toEqual([]);
    expect((await reasons()).map(({ reason }) => reason)).toEqual(['Så dette.']);
  });

  it('goes away with the draft', async () => {
    const { id } = await draft();
    const [title] = await findingsOf('officer', id);
    await override(id, title.id);
    await world.does('officer', 'discardNeed', { id }, { fields: 'discardedId' });
    expect(await reasons()).toEqual([]);
  });

  it('of what is published stays as it was, whatever words are looked for later', async () => {
    const { id } = await world.need(NeedStatus.PUBLISHED, { title: 'Uten merkelige ord' });
    const em = world.system;
    const finding = {
      id: 'old',
      rule: 'gone',
      category: 'BRAND',
      field: 'title',
      index: null,
      start: 0,
      end: 4,
    };
    const texts = { nb: 'fordi', nn: 'av di', en: 'because' };
    em.create(OverriddenFinding, {
      ...{ need: id, findingId: 'old', reason: 'Fordi.', overriddenAt: new Date(START) },
      finding: { ...finding, matched: 'Uten', excerpt: 'Uten', why: texts, suggestion: texts } as never,
    });
    await em.flush();
    expect(await findingsOf('public', id)).toMatchObject([
      { id: 'old', matched: 'Uten', why: 'fordi', override: { reason: 'Fordi.' } },
    ]);
  });
});

describe('checking texts while somebody writes', () => {
  const CHECK =
    'query ($input: CheckNeedInput!) { checkNeed(input: $input) { field matched suggestion override { reason } } }';
  const input = { municipality: '3118', title: 'En app', volume: null };

  it('is for procurement officers of the municipality, leaves nothing, and no entry for each letter', async () => {
    const before = await world.contents();
    const [{ data, codes }, entries] = await world.audited(() => world.ask('officer', CHECK, { input }));
    expect([codes, entries]).toEqual([[], []]);
    expect(data.checkNeed).toEqual([
      { field: 'title', matched: 'app', suggestion: expect.any(String), override: null },
    ]);
    for (const permission of ['checked', 'left to the database'] as const) {
      world.host.permission = permission;
      for (const who of everyone.filter((each) => each !== 'officer')) {
        const answer = await world.ask(who, CHECK, { input });
        expect(answer, who).toEqual({
          data: { checkNeed: null },
          codes: [who === 'public' ? 'UNAUTHENTICATED' : 'FORBIDDEN'],
        });
      }
      const other = await world.ask('officer', CHECK, { input: { ...input, municipality: '3122' } });
      expect(other.codes, permission).toEqual(['FORBIDDEN']);
    }
    world.host.permission = 'checked';
    expect(await world.contents()).toBe(before);
  });

  it('does not read a book', async () => {
    const long = { ...input, effect: 'x '.repeat(200_000) };
    expect((await world.ask('officer', CHECK, { input: long })).codes).toEqual(['BAD_USER_INPUT']);
  });
});
