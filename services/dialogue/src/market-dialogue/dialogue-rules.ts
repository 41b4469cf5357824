import type { EntityManager } from '@mikro-orm/postgresql';
import type { Language, Mendable, Messages } from '@samspill/subgraph';
import { announcedTenderOf } from './announced-tender.js';
import type { MarketDialogue } from './market-dialogue.js';
import { type DialogueDates, MarketDialogueStatus, marketDialogueStatus } from './market-dialogue.status.js';
import { osloMoment } from './oslo-moment.js';

export { announcedTenderOf } from './announced-tender.js';

/** All that decides what may be done in a dialogue now. */
export interface DialogueFacts extends DialogueDates {
  readonly cancelledAt: Date | null;
  /** The competition that ended the talk; null as long as none is announced. */
  readonly announcedTender: { readonly title: string; readonly announcedAt: Date | null } | null;
}

/** A dialogue with what is known of the competition that follows it. */
export async function factsOf(em: EntityManager, dialogue: MarketDialogue): Promise<DialogueFacts> {
  return { ...datesOf(dialogue), announcedTender: await announcedTenderOf(em, dialogue.procurementId) };
}

/** The points in time of a dialogue alone: an entity is spread with all that belongs to it. */
export function datesOf(dialogue: MarketDialogue): Omit<DialogueFacts, 'announcedTender'> {
  const { ledHere, announcedAt, opensAt, closesAt, closedAt, summarisedAt, cancelledAt } = dialogue;
  return { ledHere, announcedAt, opensAt, closesAt, closedAt, summarisedAt, cancelledAt };
}

/**
 * Whether buyer and market may talk with each other now: meet, tell one something, join. Null while the dialogue is
 * announced or open and no competition is; else what to tell the user. The deadline for answers does not matter here:
 * meetings may come after it.
 */
export function mayTalk(
  dialogue: DialogueFacts,
  now: Date,
  path: readonly string[] = ['input', 'dialogueId'],
): Mendable | null {
  if (!dialogue.ledHere) return { code: 'NOT_LED_HERE', path, messages: NOT_LED_HERE };
  const over = tenderAnnounced(dialogue.announcedTender, path);
  if (over) return over;
  const status = marketDialogueStatus(dialogue, now);
  if (status === MarketDialogueStatus.ANNOUNCED || status === MarketDialogueStatus.OPEN) return null;
  if (status === MarketDialogueStatus.DRAFT) {
    return { code: 'NOT_ANNOUNCED', path, messages: NOT_ANNOUNCED };
  }
  if (dialogue.cancelledAt) return { code: 'DIALOGUE_CANCELLED', path, messages: CANCELLED };
  return { code: 'ALREADY_CLOSED', path, messages: CLOSED };
}

/** Whether an input or a comment is taken now: while the dialogue is open, until the deadline. */
export function mayAnswer(
  dialogue: DialogueFacts,
  now: Date,
  path: readonly string[] = ['input', 'dialogueId'],
): Mendable | null {
  const silent = mayTalk(dialogue, now, path);
  if (silent) return silent;
  if (marketDialogueStatus(dialogue, now) !== MarketDialogueStatus.OPEN) {
    return { code: 'NOT_OPEN', path, messages: notOpen(dialogue.opensAt) };
  }
  if (dialogue.closesAt !== null && dialogue.closesAt <= now) {
    return { code: 'DEADLINE_PASSED', path, messages: deadlinePassed(dialogue.closesAt) };
  }
  return null;
}

/** Why there is no more talk about a procurement; null while no competition of it is announced. */
export function tenderAnnounced(
  tender: DialogueFacts['announcedTender'],
  path: readonly string[] = ['input', 'id'],
): Mendable | null {
  if (tender?.announcedAt == null) return null;
  const { title, announcedAt } = tender;
  const at = (language: Language) => osloMoment(announcedAt, language);
  return {
    code: 'TENDER_ANNOUNCED',
    path,
    messages: {
      nb: `Konkurransen «${title}» ble kunngjort ${at('nb')}. Markedsdialog er bare lovlig før konkurransen er kunngjort; still spørsmål i konkurransen i stedet.`,
      nn: `Konkurransen «${title}» vart kunngjord ${at('nn')}. Marknadsdialog er berre lovleg før konkurransen er kunngjord; still spørsmål i konkurransen i staden.`,
      en: `The competition "${title}" was announced at ${at('en')} in Norway. A market dialogue is lawful only before the competition is announced; ask questions in the competition instead.`,
    },
  };
}

const NOT_LED_HERE: Messages = {
  nb: 'Denne dialogen kommer fra en kunngjøring og føres ikke her. Svar slik kunngjøringen sier; se «url» og «contact».',
  nn: 'Denne dialogen kjem frå ei kunngjering og blir ikkje ført her. Svar slik kunngjeringa seier; sjå «url» og «contact».',
  en: 'This dialogue comes from a notice and is not led here. Answer as the notice says; see "url" and "contact".',
};

const NOT_ANNOUNCED: Messages = {
  nb: 'Dialogen er et utkast. Varsle den til markedet først.',
  nn: 'Dialogen er eit utkast. Varsle han til marknaden først.',
  en: 'The dialogue is a draft. Announce it to the market first.',
};

const CANCELLED: Messages = {
  nb: 'Dialogen er avlyst. Les begrunnelsen i «cancellationReason», og følg behovet for å få vite om en ny.',
  nn: 'Dialogen er avlyst. Les grunngjevinga i «cancellationReason», og følg behovet for å få vite om ein ny.',
  en: 'The dialogue is cancelled. Read the reason in "cancellationReason", and follow the need to hear of a new one.',
};

const CLOSED: Messages = {
  nb: 'Dialogen er lukket. Det som ble sagt, står i hovedboken og i oppsummeringen.',
  nn: 'Dialogen er lukka. Det som vart sagt, står i hovudboka og i oppsummeringa.',
  en: 'The dialogue is closed. What was said stands in the ledger and in the summary.',
};

const notOpen = (opensAt: Date | null): Messages => {
  if (!opensAt) {
    return {
      nb: 'Dialogen er varslet, men det er ikke sagt når den åpner for svar. Følg med her.',
      nn: 'Dialogen er varsla, men det er ikkje sagt når han opnar for svar. Følg med her.',
      en: 'The dialogue is announced, but it is not said when it opens for answers. Look here again.',
    };
  }
  return {
    nb: `Dialogen åpner for svar ${osloMoment(opensAt, 'nb')}. Vent til da.`,
    nn: `Dialogen opnar for svar ${osloMoment(opensAt, 'nn')}. Vent til då.`,
    en: `The dialogue opens for answers at ${osloMoment(opensAt, 'en')} in Norway. Wait until then.`,
  };
};

const deadlinePassed = (closesAt: Date): Messages => ({
  nb: `Svarfristen gikk ut ${osloMoment(closesAt, 'nb')}. Be oppdragsgiver om å forlenge fristen for alle.`,
  nn: `Svarfristen gjekk ut ${osloMoment(closesAt, 'nn')}. Be oppdragsgivaren om å forlengje fristen for alle.`,
  en: `The deadline for answers passed at ${osloMoment(closesAt, 'en')} in Norway. Ask the buyer to extend it for everybody.`,
});
