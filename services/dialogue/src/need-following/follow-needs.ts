import { randomUUID } from 'node:crypto';
import { raw } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { eraseMailOf, InvalidEmailAddress, isEmailAddress } from '@samspill/mail';
import type { Change, Language, Mendable, ServiceStore } from '@samspill/subgraph';
import { Need } from '../need/need.js';
import { afterAction } from '../need/need.lifecycle.js';
import { noSuchNeed } from '../need/need.permission.js';
import { lockNeed } from '../need/need-lock.js';
import { NeedFollowing } from './need-following.js';

export type FollowingChange = { readonly needId: string } | { readonly mend: readonly Mendable[] };

/** As many as somebody can follow with their eyes; more would make us a sender of mail to whomever they name. */
export const MOST_FOLLOWED = 200;

export interface Follow {
  readonly needId: string;
  readonly personId: string;
  readonly organisationNumber?: string | null;
  readonly email?: string | null;
  readonly language: Language;
}

/** Lets a person be told of a need. Asked again, it takes over what is different now, such as the address. */
export async function followNeed(
  store: ServiceStore,
  change: Change,
  { needId, personId, organisationNumber = null, email, language }: Follow,
): Promise<FollowingChange> {
  const { em } = change;
  const address = email?.trim() || null;
  if (address !== null && !isEmailAddress(address))
    return { mend: [InvalidEmailAddress.mend(['input', 'email'])] };
  await lockNeed(em, needId);
  const need = await em.findOne(Need, { id: needId });
  if (!need) throw noSuchNeed();
  const next = afterAction('FOLLOW', need.status, ['input', 'needId']);
  if ('mend' in next) return { mend: [next.mend] };
  const wish = { organisationNumber, email: address, language };
  const known = await em.findOne(NeedFollowing, { need: needId, personId });
  if (known) {
    if (Object.entries(wish).every(([name, value]) => known[name as keyof typeof wish] === value))
      return { needId };
    em.assign(known, wish);
    change.audit(changedFollowing(known.id));
    return { needId };
  }
  if ((await em.count(NeedFollowing, { personId })) >= MOST_FOLLOWED) return { mend: [tooMany] };
  const id = randomUUID();
  em.create(NeedFollowing, { ...wish, id, need: needId, personId, followedAt: store.host.clock.now() });
  change.audit(changedFollowing(id));
  await change.asService((system) => addFollowers(system, needId, 1));
  return { needId };
}

/** Lets a person no longer be told of a need, and forgets that they were. */
export async function unfollowNeed(
  store: ServiceStore,
  change: Change,
  { needId, personId }: Pick<Follow, 'needId' | 'personId'>,
): Promise<FollowingChange> {
  await lockNeed(change.em, needId);
  const need = await change.em.findOne(Need, { id: needId });
  if (!need) throw noSuchNeed();
  const next = afterAction('UNFOLLOW', need.status, ['input', 'needId']);
  if ('mend' in next) return { mend: [next.mend] };
  const following = await change.em.findOne(NeedFollowing, { need: needId, personId });
  if (!following) return { mend: [notFollowed] };
  await removeFollowing(store, change, following);
  return { needId };
}

/** Removes a following that the change's role sees, with the letters that wait. */
export async function removeFollowing(
  store: ServiceStore,
  change: Change,
  { id, need }: NeedFollowing,
): Promise<void> {
  const removed = await change.em.nativeDelete(NeedFollowing, { id });
  if (removed === 0) return;
  change.audit(changedFollowing(id));
  await change.asService(async (system) => {
    await addFollowers(system, need.id, -1);
    await eraseMailOf(system, store.name, { about: { type: 'NeedFollowing', id } });
  });
}

/** Forgets what a person follows, for good. How many have followed is a number, and stays. */
export async function forgetFollower(em: EntityManager, personId: string): Promise<number> {
  return em.nativeDelete(NeedFollowing, { personId });
}

async function addFollowers(em: EntityManager, needId: string, more: 1 | -1): Promise<void> {
  await em.nativeUpdate(Need, { id: needId }, { followers: raw(`followers + ${more}`) });
}

/** Without an owner, so that neither a municipality nor a colleague can read in its log who follows what. */
const changedFollowing = (id: string) => ({ object: { type: 'NeedFollowing', id } });

const notFollowed: Mendable = {
  code: 'NEED_NOT_FOLLOWED',
  path: ['input', 'needId'],
  messages: {
    nb: 'Du følger ikke dette behovet. Se «myFollowedNeeds» for dem du følger.',
    nn: 'Du følgjer ikkje dette behovet. Sjå «myFollowedNeeds» for dei du følgjer.',
    en: 'You do not follow this need. See "myFollowedNeeds" for those that you follow.',
  },
};

const tooMany: Mendable = {
  code: 'TOO_MANY_FOLLOWED',
  path: ['input', 'needId'],
  messages: {
    nb: `Du kan følge høyst ${MOST_FOLLOWED} behov. Slutt å følge et med «unfollowNeed» først.`,
    nn: `Du kan følgje høgst ${MOST_FOLLOWED} behov. Slutt å følgje eit med «unfollowNeed» først.`,
    en: `You can follow at most ${MOST_FOLLOWED} needs. Stop following one with "unfollowNeed" first.`,
  },
};
