import { randomUUID } from 'node:crypto';
import type { Change, RequestContext } from '@samspill/subgraph';
import { CalendarLink, hashOf, newToken } from './calendar-link.js';

/** Makes the address of a person's own calendar. There is one; the one before ends. */
export async function createCalendarLink(
  { clock, language }: Pick<RequestContext, 'clock' | 'language'>,
  change: Change,
  personId: string,
): Promise<string> {
  await revokeCalendarLink(change, personId);
  const token = newToken();
  const link = { id: randomUUID(), personId, tokenHash: hashOf(token), language, createdAt: clock.now() };
  change.em.create(CalendarLink, link);
  change.audit({ object: { type: 'CalendarLink', id: link.id } });
  return token;
}

/** Ends the address. Gives whether there was one. */
export async function revokeCalendarLink({ em, audit }: Change, personId: string): Promise<boolean> {
  const link = await em.findOne(CalendarLink, { personId });
  if (!link) return false;
  await em.nativeDelete(CalendarLink, { id: link.id });
  em.clear();
  audit({ object: { type: 'CalendarLink', id: link.id } });
  return true;
}
