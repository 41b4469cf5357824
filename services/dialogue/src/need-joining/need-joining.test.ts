import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Need, NeedStatus } from '../need/need.js';
import { NeedWorld, START, type Who } from '../need/need.test-support.js';
import { NeedJoining } from './need-joining.js';

let world: NeedWorld;
beforeAll(async () => {
  world = await NeedWorld.open();
});
afterAll(() => world?.[Symbol.asyncDispose]());
beforeEach(() => world.clear());

const { PUBLISHED, IN_DIALOGUE, DRAFT } = NeedStatus;
const FIELDS = {
  fields:
    'need { id jointMunicipalities joinedBy { totalCount nodes { municipality { number } volume comment } } }',
};
const join = (who: Who, needId: string, more: object = {}) =>
  world.does(who, 'joinNeed', { needId, municipality: '3122', volume: 'To mil.', ...more }, FIELDS);
const leave = (who: Who, needId: string, municipality = '3122') =>
  world.does(who, 'leaveNeed', { needId, municipality }, FIELDS);

describe('joining a need', () => {
  it('shows to everybody which municipality has the same, and how much', async () => {
    const { id } = await world.need(PUBLISHED);
    const [answer, entries] = await world.audited(() =>
      join('neighbour', id, { municipality: '0119', comment: ' Helst sammen. ' }),
    );
    const joinedBy = {
      totalCount: 1,
      nodes: [{ municipality: { number: '3122' }, volume: 'To mil.', comment: 'Helst sammen.' }],
    };
    expect(answer).toEqual({ need: { id, jointMunicipalities: 1, joinedBy }, userErrors: [] });
    expect(entries).toMatchObject([
      { operation: 'joinNeed', outcome: 'DONE', type: 'NeedJoining', municipality: '3122' },
    ]);
    const query = `query ($id: ID!, $of: [_Any!]!) {
      need(id: $id) { ${FIELDS.fields.slice(7, -2)} }
      _entities(representations: $of) { ... on Municipality { joinedNeeds { totalCount nodes { need { id } volume joinedAt } } } }
    }`;
    const of = [
      { __typename: 'Municipality', number: '3122', numbers: ['3122', '3012', '0119'] },
      { __typename: 'Municipality', number: '3118', numbers: ['3118', '3014', '0124'] },
    ];
    expect((await world.ask('public', query, { id, of })).data).toEqual({
      need: { id, jointMunicipalities: 1, joinedBy },
      _entities: [
        { joinedNeeds: { totalCount: 1, nodes: [{ need: { id }, volume: 'To mil.', joinedAt: START }] } },
        { joinedNeeds: { totalCount: 0, nodes: [] } },
      ],
    });
  });

  it('again takes over the new words, and the same words are nothing', async () => {
    const { id } = await world.need(IN_DIALOGUE);
    await join('neighbour', id);
    const [joined] = await world.system.find(NeedJoining, {});
    world.clock.set('2026-03-05T09:00:00Z');
    expect((await join('neighbour', id, { volume: 'Tre mil.', comment: 'Mer enn før.' })).need).toMatchObject(
      {
        jointMunicipalities: 1,
        joinedBy: { nodes: [{ volume: 'Tre mil.', comment: 'Mer enn før.' }] },
      },
    );
    world.clock.set(START);
    expect(await world.system.find(NeedJoining, {})).toMatchObject([
      { id: joined?.id, joinedAt: new Date(START), volume: 'Tre mil.' },
    ]);
    const [, entries] = await world.audited(() =>
      join('neighbour', id, { volume: 'Tre mil. ', comment: 'Mer enn før.' }),
    );
    expect(entries).toEqual([]);
  });

  it('is taken back, and can be done again', async () => {
    const { id } = await world.need(PUBLISHED);
    await join('neighbour', id);
    const empty = { jointMunicipalities: 0, joinedBy: { totalCount: 0, nodes: [] } };
    expect((await leave('neighbour', id, '3012')).need).toEqual({ id, ...empty });
    expect((await leave('neighbour', id)).userErrors).toMatchObject([{ code: 'NEED_NOT_JOINED' }]);
    await Promise.all([1, 2, 3].map(() => join('neighbour', id)));
    expect((await world.stored(id))?.joined).toBe(1);
  });

  it('says what is to be mended, and is not for one’s own need', async () => {
    const { id } = await world.need(PUBLISHED);
    const before = await world.contents();
    const codes = async (more: object, who: Who = 'neighbour') =>
      (await join(who, id, more)).userErrors.map((each: { code: string; path: string[] }) => [
        each.code,
        each.path[1],
      ]);
    expect(await codes({ volume: ' ' })).toEqual([['TEXT_MISSING', 'volume']]);
    expect(await codes({ volume: 'x'.repeat(501) })).toEqual([['TEXT_TOO_LONG', 'volume']]);
    expect(await codes({ comment: 'x'.repeat(1001) })).toEqual([['TEXT_TOO_LONG', 'comment']]);
    expect(await codes({ municipality: '0124' }, 'officer')).toEqual([['OWN_NEED', 'municipality']]);
    const ofAskim = await world.need(PUBLISHED, { municipalityNumber: '0124' });
    const answer = await join('officer', ofAskim.id, { municipality: '3118' });
    expect(answer.userErrors).toMatchObject([{ code: 'OWN_NEED' }]);
    await world.system.nativeDelete(Need, { id: ofAskim.id });
    expect(await world.contents()).toBe(before);
  });

  it('is refused by the database to whoever does not speak for the municipality', async () => {
    const { id } = await world.need(PUBLISHED);
    await join('neighbour', id);
    const before = await world.contents();
    world.leaveItToTheDatabase();
    for (const who of ['public', 'person', 'supplier', 'officer', 'evaluator', 'machine'] as const) {
      const code = who === 'public' ? 'UNAUTHENTICATED' : 'FORBIDDEN';
      for (const more of [{ volume: 'Alt.' }, { municipality: '4601' }]) {
        expect(await join(who, id, more), who).toEqual({ refused: [code] });
      }
      expect((await leave(who, id)).userErrors, who).toMatchObject([{ code: 'NEED_NOT_JOINED' }]);
    }
    expect(await world.contents()).toBe(before);
  });

  it('does not tell a draft from none', async () => {
    const { id } = await world.need(DRAFT);
    expect(await join('neighbour', id)).toEqual({ refused: ['NOT_FOUND'] });
    expect(await join('neighbour', 'none')).toEqual({ refused: ['NOT_FOUND'] });
  });
});

it('needs are found by whether others have joined them, and ordered by how many', async () => {
  const alone = await world.need(PUBLISHED, { title: 'Alene' });
  const joint = await world.need(PUBLISHED, { title: 'Felles' });
  const theirs = await world.need(PUBLISHED, { title: 'Deres', municipalityNumber: '3122' });
  await join('neighbour', joint.id);
  await world.does('person', 'followNeed', { needId: alone.id });
  const list = async (args: string) => {
    const { data, codes } = await world.ask('public', `{ needs(${args}) { totalCount nodes { title } } }`);
    expect(codes).toEqual([]);
    return data.needs.nodes.map((need: { title: string }) => need.title);
  };
  expect(await list('filter: { joined: true }')).toEqual(['Felles']);
  expect((await list('filter: { joined: false }')).sort()).toEqual(['Alene', 'Deres']);
  expect(await list('filter: { joined: null, municipality: ["3122"] }')).toEqual([theirs.title]);
  expect(await list('filter: { municipality: [] }')).toEqual([]);
  expect((await list('orderBy: JOINED_DESC'))[0]).toBe('Felles');
  expect((await list('orderBy: FOLLOWERS_DESC'))[0]).toBe('Alene');
});
