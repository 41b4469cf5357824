import { personForgotten, tenderAnnounced } from '@samspill/messages';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { NeedStatus } from '../need/need.js';
import { NeedWorld, OYEREN, personIdOfWho, START, type Who } from '../need/need.test-support.js';
import { needMovesOn } from '../need/need-moves-on.js';
import { forgetFollower, MOST_FOLLOWED } from './follow-needs.js';
import { needNewsMail } from './follower-mail.js';
import { NeedFollowing } from './need-following.js';

let world: NeedWorld;
beforeAll(async () => {
  world = await NeedWorld.open();
});
afterAll(() => world?.[Symbol.asyncDispose]());
beforeEach(() => world.clear());

const { PUBLISHED } = NeedStatus;
const FIELDS = { fields: 'need { id followers }' };
const follow = (who: Who, needId: string, more: object = {}, language = 'nb') =>
  world.does(who, 'followNeed', { needId, ...more }, { ...FIELDS, language });
const unfollow = (who: Who, needId: string) => world.does(who, 'unfollowNeed', { needId }, FIELDS);
const followings = () => world.system.find(NeedFollowing, {}, { orderBy: { id: 'asc' } });
const MINE =
  '{ myFollowedNeeds { totalCount nodes { need { id title } organisationNumber email followedAt } } }';

describe('following a need', () => {
  it('counts, once for each person, and takes over what is different', async () => {
    const { id } = await world.need(PUBLISHED);
    expect(await follow('person', id)).toEqual({ need: { id, followers: 1 }, userErrors: [] });
    expect((await follow('supplier', id, { organisationNumber: OYEREN })).need.followers).toBe(2);
    expect((await follow('person', id, { email: ' petra@eksempel.no ' })).need.followers).toBe(2);
    const [again, entries] = await world.audited(() => follow('person', id, { email: 'petra@eksempel.no' }));
    expect(again.need.followers).toBe(2);
    expect(entries.filter(({ outcome }) => outcome === 'DONE')).toEqual([]);
    expect((await world.ask('person', MINE)).data.myFollowedNeeds).toEqual({
      totalCount: 1,
      nodes: [
        {
          need: { id, title: 'Trygge turveier' },
          ...{ organisationNumber: null, email: 'petra@eksempel.no', followedAt: START },
        },
      ],
    });
    expect((await world.ask('public', '{ needs { nodes { followers } } }')).data.needs.nodes).toEqual([
      { followers: 2 },
    ]);
    expect((await world.stored(id))?.followers).toBe(2);
  });

  it('is ended by who does, and then nothing is left of it', async () => {
    const { id } = await world.need(PUBLISHED);
    await follow('person', id, { email: 'petra@eksempel.no' });
    await follow('supplier', id);
    expect(await unfollow('person', id)).toEqual({ need: { id, followers: 1 }, userErrors: [] });
    expect(await unfollow('person', id)).toMatchObject({
      need: null,
      userErrors: [{ code: 'NEED_NOT_FOLLOWED', path: ['input', 'needId'] }],
    });
    expect((await followings()).map(({ personId }) => personId)).toEqual([personIdOfWho('supplier')]);
    expect((await world.stored(id))?.followers).toBe(1);
  });

  it('counts right when many do it at the same moment', async () => {
    const { id } = await world.need(PUBLISHED);
    const all: Who[] = ['person', 'supplier', 'supplier-2', 'officer', 'evaluator', 'neighbour'];
    await Promise.all([...all, ...all].map((who) => follow(who, id)));
    expect((await world.stored(id))?.followers).toBe(all.length);
    await Promise.all([...all, ...all].map((who) => unfollow(who, id)));
    expect((await world.stored(id))?.followers).toBe(0);
    expect(await followings()).toEqual([]);
  });

  it('is for an organisation that one acts for, and no other', async () => {
    const { id } = await world.need(PUBLISHED);
    const before = await world.contents();
    for (const who of ['person', 'supplier-2', 'officer'] as const) {
      expect(await follow(who, id, { organisationNumber: OYEREN })).toEqual({ refused: ['FORBIDDEN'] });
    }
    world.leaveItToTheDatabase();
    for (const who of ['person', 'supplier-2', 'officer'] as const) {
      expect(await follow(who, id, { organisationNumber: OYEREN })).toEqual({ refused: ['FORBIDDEN'] });
    }
    expect(await world.contents()).toBe(before);
  });

  it('says what is to be mended', async () => {
    const { id } = await world.need(PUBLISHED);
    expect((await follow('person', id, { email: 'petra' })).userErrors).toMatchObject([
      { code: 'EMAIL_INVALID', path: ['input', 'email'] },
    ]);
    expect(await follow('person', 'none')).toEqual({ refused: ['NOT_FOUND'] });
    const em = world.system;
    for (let at = 0; at < MOST_FOLLOWED; at++) {
      const need = await world.need(PUBLISHED);
      const { id: needId } = need;
      em.create(NeedFollowing, {
        ...{ id: needId, need: needId, personId: personIdOfWho('person'), organisationNumber: null },
        ...{ email: null, language: 'nb', followedAt: new Date(START) },
      });
    }
    await em.flush();
    expect((await follow('person', id)).userErrors).toMatchObject([{ code: 'TOO_MANY_FOLLOWED' }]);
    const seen = await world.ask('person', '{ myFollowedNeeds(first: 3) { totalCount nodes { id } } }');
    expect(seen.data.myFollowedNeeds).toMatchObject({ totalCount: MOST_FOLLOWED, nodes: { length: 3 } });
  });
});

describe('who follows', () => {
  it('is shown to themselves alone, by the rules and by the database', async () => {
    const { id } = await world.need(PUBLISHED);
    await follow('supplier', id, { organisationNumber: OYEREN, email: 'lise@eksempel.no' });
    for (const permission of ['checked', 'left to the database'] as const) {
      world.host.permission = permission;
      for (const who of [
        'person',
        'supplier-2',
        'officer',
        'evaluator',
        'administrator',
        'neighbour',
      ] as const) {
        const { data } = await world.ask(who, MINE);
        expect(data.myFollowedNeeds, `${who} ${permission}`).toEqual({ totalCount: 0, nodes: [] });
      }
    }
    world.host.permission = 'checked';
    for (const who of ['public', 'machine'] as const) {
      const { data, codes } = await world.ask(who, MINE);
      expect([data.myFollowedNeeds, codes]).toEqual([
        null,
        [who === 'public' ? 'UNAUTHENTICATED' : 'FORBIDDEN'],
      ]);
    }
  });

  it('does not stand in the log of the municipality or of the organisation', async () => {
    const { id } = await world.need(PUBLISHED);
    const [, entries] = await world.audited(async () => {
      await follow('supplier', id, { organisationNumber: OYEREN });
      await unfollow('supplier', id);
    });
    expect(entries).toHaveLength(2);
    for (const entry of entries) {
      expect(entry).toMatchObject({ type: 'NeedFollowing', municipality: null, organisation: null });
      expect(entry.id).not.toBe(id);
    }
    const trail = `query ($id: ID!) { need(id: $id) { auditTrail { totalCount } } }`;
    const { data } = await world.ask('administrator', trail, { id });
    expect(data.need.auditTrail.totalCount).toBe(0);
  });
});

describe('news of a need', () => {
  async function followed(more: object = {}): Promise<{ id: string; procurementId: string }> {
    const need = await world.need(PUBLISHED, more);
    await follow('person', need.id, { email: 'petra@eksempel.no' });
    await follow('supplier', need.id, { email: 'lise@eksempel.no' }, 'nn');
    await follow('supplier-2', need.id);
    return need;
  }
  const subjects = async () =>
    (await world.letters()).map((each) => [each.to_email, each.language, each.subject]);

  it('goes to those who want mail, each in their language', async () => {
    const { id } = await followed();
    await world.does('officer', 'addClarification', { id, text: 'Også om vinteren.' });
    expect(await subjects()).toEqual([
      ['lise@eksempel.no', 'nn', 'Behovet er presisert: Trygge turveier'],
      ['petra@eksempel.no', 'nb', 'Behovet er presisert: Trygge turveier'],
    ]);
    const [letter] = await world.letters();
    expect(letter?.body_text).toContain('Også om vinteren.');
    await world.does('officer', 'addClarification', { id, text: 'Og om natten.' });
    await world.does('officer', 'closeNeed', { id, reason: 'MERGED', explanation: 'Se det nye behovet.' });
    expect(await subjects()).toHaveLength(6);
    expect(
      (await world.letters()).filter((each) => each.body_text?.includes('Se det nye behovet.')),
    ).toHaveLength(2);
  });

  it('comes once for each dialogue and each competition, however often it is said', async () => {
    const { id, procurementId } = await followed();
    const at = new Date(START);
    const move = (to: 'IN_DIALOGUE' | 'IN_TENDER') =>
      world.service.store.change('test', (change) =>
        needMovesOn(change, procurementId, to, at, world.service.store),
      );
    await move('IN_DIALOGUE');
    await move('IN_DIALOGUE');
    expect((await world.stored(id))?.status).toBe('IN_DIALOGUE');
    await move('IN_TENDER');
    await move('IN_TENDER');
    await move('IN_DIALOGUE');
    expect((await world.stored(id))?.status).toBe('IN_TENDER');
    const all = await subjects();
    expect(all.filter(([, , subject]) => subject?.startsWith('Markedsdialogen'))).toHaveLength(1);
    expect(all).toHaveLength(4);
  });

  it('comes of one dialogue more, to those who were there', async () => {
    const { procurementId, id } = await followed();
    const move = (at: string) =>
      world.service.store.change('test', (change) =>
        needMovesOn(change, procurementId, 'IN_DIALOGUE', new Date(at), world.service.store),
      );
    await move(START);
    world.clock.set('2026-05-01T09:00:00Z');
    onTestFinished(() => world.clock.set(START));
    await follow('officer', id, { email: 'ingrid@eksempel.no' });
    await move(START);
    expect(await subjects()).toHaveLength(2);
    await move('2026-06-01T09:00:00Z');
    await move('2026-06-01T09:00:00Z');
    expect((await subjects()).map(([to]) => to)).toEqual([
      'ingrid@eksempel.no',
      ...['lise@eksempel.no', 'lise@eksempel.no', 'petra@eksempel.no', 'petra@eksempel.no'],
    ]);
  });

  it('comes with the message that the competition is announced', async () => {
    const { id, procurementId } = await followed();
    await world.database.owner.transaction().execute(async (transaction) => {
      const em = { getTransactionContext: () => transaction } as never;
      const announcedAt = START;
      const title = 'Turveier';
      await world.bus.publish(em, tenderAnnounced, [
        { tenderId: 't', procurementId, title, announcedAt, version: 1 },
      ]);
    });
    await expect.poll(async () => (await world.stored(id))?.status, { timeout: 10_000 }).toBe('IN_TENDER');
    expect((await subjects())[1]).toEqual([
      'petra@eksempel.no',
      'nb',
      'Konkurransen er kunngjort: Trygge turveier',
    ]);
  });

  it('has a way out that asks first, works without logging in, and not when it is changed', async () => {
    const { id } = await followed();
    await world.does('officer', 'addClarification', { id, text: 'Også om vinteren.' });
    await world.does('officer', 'addClarification', { id, text: 'Og om natten.' });
    const [letter] = (await world.letters()).filter((each) => each.to_email === 'petra@eksempel.no');
    const url = /http\S+\/stop\?\S+/.exec(letter?.body_text ?? '')?.[0] as string;
    const asked = await world.visit(url);
    expect(asked.status).toBe(200);
    expect(await asked.text()).toContain('<form method="post">');
    expect((await world.stored(id))?.followers).toBe(3);
    const tampered = url.replace(/followings\/[^/]+/, `followings/${(await followings())[0]?.id}x`);
    expect((await world.visit(tampered, 'POST')).status).toBe(403);
    expect((await world.stored(id))?.followers).toBe(3);
    for (const _twice of [1, 2]) {
      const done = await world.visit(url, 'POST');
      expect([done.status, await done.text()]).toEqual([200, expect.stringContaining('ikke behovet lenger')]);
      expect((await world.stored(id))?.followers).toBe(2);
    }
    const left = await world.letters();
    expect(left.filter((each) => each.to_email === 'petra@eksempel.no')).toEqual([]);
    expect(left.filter((each) => each.to_email === 'lise@eksempel.no')).toHaveLength(2);
  });

  it('has texts in every language for everything that can happen', () => {
    const stopUrl = 'https://eksempel.no/stop';
    const news = [
      { kind: 'IN_DIALOGUE' },
      { kind: 'IN_TENDER' },
      { kind: 'CLARIFIED', text: 'x' },
      ...['MET', 'WITHDRAWN', 'MERGED', 'OTHER'].map((reason) => ({
        kind: 'CLOSED',
        reason,
        explanation: 'x',
      })),
    ];
    for (const each of news) {
      const texts = needNewsMail.texts({ title: 'T', news: each as never, stopUrl });
      expect(new Set(Object.values(texts).map((text) => text.paragraphs.join())).size).toBe(3);
      for (const { subject, link } of Object.values(texts)) {
        expect(subject).toContain('T');
        expect(link?.url).toBe(stopUrl);
      }
    }
  });
});

it('a person who is forgotten leaves nothing but the number', async () => {
  const { id } = await world.need(PUBLISHED);
  await follow('person', id, { email: 'petra@eksempel.no' });
  await follow('supplier', id, { email: 'lise@eksempel.no' });
  await world.does('officer', 'addClarification', { id, text: 'Også om vinteren.' });
  const personId = personIdOfWho('person');
  await world.database.owner.transaction().execute(async (transaction) => {
    const em = { getTransactionContext: () => transaction } as never;
    await world.bus.publish(em, personForgotten, [{ personId }, { personId }]);
  });
  const followers = async () => (await followings()).map((each) => each.personId);
  await expect.poll(followers, { timeout: 10_000 }).toEqual([personIdOfWho('supplier')]);
  const left = await world.system.execute('select m::text as row from dialogue.mail m');
  expect(JSON.stringify(left)).not.toContain('petra@eksempel.no');
  expect(JSON.stringify(left)).not.toContain(personId);
  expect(JSON.stringify(left)).toContain('lise@eksempel.no');
  expect((await world.stored(id))?.followers).toBe(2);
  expect(await forgetFollower(world.system, personId)).toBe(0);
});
