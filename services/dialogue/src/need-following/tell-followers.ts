import type { EntityManager } from '@mikro-orm/postgresql';
import { queueMail } from '@samspill/mail';
import type { ServiceStore } from '@samspill/subgraph';
import type { Need } from '../need/need.js';
import { type NeedNews, needNewsMail } from './follower-mail.js';
import { NeedFollowing } from './need-following.js';
import { stopPath } from './stop-following.js';

/** A letter may lie unread for long; the way out of the next one has to work all the same. */
const STOP_LINK_SECONDS = 365 * 24 * 60 * 60;

/**
 * Writes to everybody who follows a need and wants mail. As the service, because nobody else sees who they are. `key`
 * tells one piece of news from the next: of the same there is one letter to each, ever. With `since` only to those who
 * followed then. Gives how many there are to tell.
 */
export async function tellFollowers(
  em: EntityManager,
  store: ServiceStore,
  need: Need,
  { key, since, ...news }: NeedNews & { readonly key: string; readonly since?: Date },
): Promise<number> {
  const wanting = { need: need.id, email: { $ne: null } };
  const followings = await em.find(
    NeedFollowing,
    since ? { ...wanting, followedAt: { $lte: since } } : wanting,
  );
  for (const { id, email, language, personId } of followings) {
    if (email === null) continue;
    const stopUrl = store.links.signed(stopPath(id), STOP_LINK_SECONDS);
    await queueMail({ em }, store, {
      template: needNewsMail,
      data: { title: need.title, news, stopUrl },
      to: { email },
      language,
      once: `need-news:${need.id}:${key}:${id}`,
      personId,
      about: { type: 'NeedFollowing', id },
    });
  }
  return followings.length;
}
