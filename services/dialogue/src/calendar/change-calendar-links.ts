import { randomUUID } from 'node:crypto';
import { lockUntilTheEnd } from '@samspill/database';
import { type Change, type Mendable, PublicError, type ServiceStore } from '@samspill/subgraph';
import { DialogueCalendarLink, hashOf, newToken } from './calendar-link.js';

export const LONGEST_NAME = 100;
/** A telephone, a computer, a colleague who keeps the calendar, and some that were forgotten. */
export const MOST_LINKS = 10;

export type LinkMade =
  | { readonly link: DialogueCalendarLink; readonly token: string }
  | { readonly mend: readonly Mendable[] };

export async function createCalendarLink(
  store: ServiceStore,
  { em, audit }: Change,
  { personId, name }: { readonly personId: string; readonly name?: string | null },
): Promise<LinkMade> {
  const called = name?.toWellFormed().replaceAll('\u0000', '').trim() || null;
  if (called !== null && called.length > LONGEST_NAME) return { mend: [nameTooLong] };
  await lockUntilTheEnd(em, `dialogue.calendar_link.${personId}`);
  if ((await em.count(DialogueCalendarLink, { personId })) >= MOST_LINKS) return { mend: [tooMany] };
  const token = newToken();
  const createdAt = store.host.clock.now();
  const link = em.create(DialogueCalendarLink, {
    ...{ id: randomUUID(), personId, name: called, tokenHash: hashOf(token), createdAt },
  });
  await em.flush();
  // Never whose it is: what stands in the log cannot be erased.
  audit({ object: { type: 'DialogueCalendarLink', id: link.id } });
  return { link, token };
}

export async function revokeCalendarLink({ em, audit }: Change, id: string): Promise<void> {
  const link = await em.findOne(DialogueCalendarLink, { id });
  if (!link) throw noSuchLink();
  em.remove(link);
  audit({ object: { type: 'DialogueCalendarLink', id } });
}

export function noSuchLink(): PublicError {
  return new PublicError('NOT_FOUND', {
    nb: 'Du har ingen kalenderlenke med denne id-en. Se «myDialogueCalendarLinks».',
    nn: 'Du har inga kalenderlenkje med denne id-en. Sjå «myDialogueCalendarLinks».',
    en: 'You have no calendar link with this id. See "myDialogueCalendarLinks".',
  });
}

const nameTooLong: Mendable = {
  code: 'TEXT_TOO_LONG',
  path: ['input', 'name'],
  messages: {
    nb: `Navnet kan ha høyst ${LONGEST_NAME} tegn. Kort det ned.`,
    nn: `Namnet kan ha høgst ${LONGEST_NAME} teikn. Kort det ned.`,
    en: `The name may have at most ${LONGEST_NAME} characters. Shorten it.`,
  },
};

const tooMany: Mendable = {
  code: 'TOO_MANY_LINKS',
  path: ['input'],
  messages: {
    nb: `Du har allerede ${MOST_LINKS} kalenderlenker. Trekk tilbake en som du ikke bruker.`,
    nn: `Du har allereie ${MOST_LINKS} kalenderlenkjer. Trekk tilbake ei som du ikkje brukar.`,
    en: `You have ${MOST_LINKS} calendar links already. Revoke one that you do not use.`,
  },
};
