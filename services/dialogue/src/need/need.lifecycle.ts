import type { Mendable } from '@samspill/subgraph';
import { NeedStatus } from './need.status.js';

/** Everything that is done with a need, by somebody or because something else has happened. */
export type NeedAction =
  | 'UPDATE'
  | 'OVERRIDE_FINDING'
  | 'DISCARD'
  | 'PUBLISH'
  | 'CLARIFY'
  | 'ANNOUNCE_DIALOGUE'
  | 'ANNOUNCE_TENDER'
  | 'CLOSE'
  | 'LINK'
  | 'FOLLOW'
  | 'UNFOLLOW'
  | 'JOIN'
  | 'LEAVE';

const { DRAFT, PUBLISHED, IN_DIALOGUE, IN_TENDER, CLOSED } = NeedStatus;

const staying = (...statuses: NeedStatus[]): Partial<Record<NeedStatus, NeedStatus>> =>
  Object.fromEntries(statuses.map((each) => [each, each]));

/** From which status each action is lawful, and to which it leads. What does not stand here is refused. */
export const transitions: Readonly<Record<NeedAction, Readonly<Partial<Record<NeedStatus, NeedStatus>>>>> = {
  UPDATE: staying(DRAFT),
  OVERRIDE_FINDING: staying(DRAFT),
  // It is gone afterwards, so there is no status that it leads to.
  DISCARD: staying(DRAFT),
  PUBLISH: { DRAFT: PUBLISHED },
  // Once the competition is announced, what is added has to be said there, to those who compete.
  CLARIFY: staying(PUBLISHED, IN_DIALOGUE),
  ANNOUNCE_DIALOGUE: { PUBLISHED: IN_DIALOGUE },
  ANNOUNCE_TENDER: { PUBLISHED: IN_TENDER, IN_DIALOGUE: IN_TENDER },
  CLOSE: { PUBLISHED: CLOSED, IN_DIALOGUE: CLOSED, IN_TENDER: CLOSED },
  LINK: staying(DRAFT, PUBLISHED, IN_DIALOGUE, IN_TENDER),
  FOLLOW: staying(PUBLISHED, IN_DIALOGUE, IN_TENDER),
  UNFOLLOW: staying(PUBLISHED, IN_DIALOGUE, IN_TENDER, CLOSED),
  // The competition has the volume that was known when it was announced.
  JOIN: staying(PUBLISHED, IN_DIALOGUE),
  LEAVE: staying(PUBLISHED, IN_DIALOGUE),
};

/** The status that an action leads to, or why it is refused. `path` is where the input names the need. */
export function afterAction(
  action: NeedAction,
  status: NeedStatus,
  path: readonly string[] = ['input', 'id'],
): { readonly status: NeedStatus } | { readonly mend: Mendable } {
  const next = transitions[action][status];
  return next ? { status: next } : { mend: { ...refusalOf(action, status), path } };
}

function refusalOf(action: NeedAction, status: NeedStatus): Omit<Mendable, 'path'> {
  if (Object.keys(transitions[action]).every((each) => each === DRAFT)) return notDraft;
  if (status === DRAFT) return notPublished;
  return status === CLOSED ? closed : inTender;
}

const notDraft = {
  code: 'NEED_NOT_DRAFT',
  messages: {
    nb: 'Behovet er allerede publisert og kan ikke endres, forkastes eller publiseres på nytt. Er noe uklart, bruk «addClarification»; er noe vesentlig annerledes, avslutt det med «closeNeed» og opprett et nytt.',
    nn: 'Behovet er allereie publisert og kan ikkje endrast, forkastast eller publiserast på nytt. Er noko uklart, bruk «addClarification»; er noko vesentleg annleis, avslutt det med «closeNeed» og opprett eit nytt.',
    en: 'The need is published already and can neither be changed, discarded nor published again. If something is unclear, use "addClarification"; if something essential is different, close it with "closeNeed" and create a new one.',
  },
};

const notPublished = {
  code: 'NEED_NOT_PUBLISHED',
  messages: {
    nb: 'Behovet er et utkast som ingen andre ser ennå. Publiser det først med «publishNeed».',
    nn: 'Behovet er eit utkast som ingen andre ser enno. Publiser det først med «publishNeed».',
    en: 'The need is a draft that nobody else sees yet. Publish it first with "publishNeed".',
  },
};

const inTender = {
  code: 'NEED_IN_TENDER',
  messages: {
    nb: 'Konkurransen om behovet er kunngjort, og da står det som er sagt. Det som er nytt, må sies i konkurransen, til alle på likt.',
    nn: 'Konkurransen om behovet er kunngjord, og då står det som er sagt. Det som er nytt, må seiast i konkurransen, til alle på likt.',
    en: 'The competition for the need is announced, so what has been said stands. Whatever is new has to be said in the competition, to everybody alike.',
  },
};

const closed = {
  code: 'NEED_CLOSED',
  messages: {
    nb: 'Behovet er avsluttet, og ingenting skjer med det lenger. Se «closedReason» for hvorfor; opprett et nytt behov hvis det er kommet tilbake.',
    nn: 'Behovet er avslutta, og ingenting skjer med det lenger. Sjå «closedReason» for kvifor; opprett eit nytt behov viss det har kome tilbake.',
    en: 'The need is closed, and nothing happens to it any more. See "closedReason" for why; create a new need if it has come back.',
  },
};
