import type { Mendable } from '@samspill/subgraph';
import { type DialogueFacts, mayAnswer, mayTalk, tenderAnnounced } from './dialogue-rules.js';
import { MarketDialogueStatus, marketDialogueStatus } from './market-dialogue.status.js';

/** Everything that is done in a dialogue, apart from the ledger, the meetings and the closing. */
export type DialogueAction =
  | 'UPDATE'
  | 'ADJUST'
  | 'SET_ACTIVITIES'
  | 'SET_QUESTIONS'
  | 'DISCARD'
  | 'ANNOUNCE'
  | 'OPEN'
  | 'EXTEND'
  | 'CANCEL'
  | 'PUBLISH_DRAFT_DOCUMENT'
  | 'CONCLUDE'
  | 'JOIN'
  | 'LEAVE'
  | 'ANSWER'
  | 'WITHDRAW';

/** What keeps an action from being done now; null when nothing in the dialogue does. */
export function whatPrevents(
  action: DialogueAction,
  dialogue: DialogueFacts,
  now: Date,
  path: readonly string[] = ['input', 'id'],
): Mendable | null {
  if (!dialogue.ledHere) return mayTalk(dialogue, now, path);
  const status = marketDialogueStatus(dialogue, now);
  switch (action) {
    case 'UPDATE':
    case 'DISCARD':
      return status === MarketDialogueStatus.DRAFT ? null : notDraft(path);
    case 'ANNOUNCE':
      return status === MarketDialogueStatus.DRAFT
        ? tenderAnnounced(dialogue.announcedTender, path)
        : notDraft(path);
    case 'SET_ACTIVITIES':
      return status === MarketDialogueStatus.DRAFT ? null : mayTalk(dialogue, now, path);
    case 'SET_QUESTIONS':
      if (status === MarketDialogueStatus.DRAFT) return null;
      return (
        mayTalk(dialogue, now, path) ?? (status === MarketDialogueStatus.OPEN ? alreadyOpen(path) : null)
      );
    case 'OPEN':
      return (
        mayTalk(dialogue, now, path) ?? (status === MarketDialogueStatus.OPEN ? alreadyOpen(path) : null)
      );
    case 'ADJUST':
    case 'EXTEND':
    case 'PUBLISH_DRAFT_DOCUMENT':
    case 'JOIN':
      return mayTalk(dialogue, now, path);
    case 'CANCEL':
    case 'LEAVE':
      // Also when the competition is announced: both end something.
      return mayTalk({ ...dialogue, announcedTender: null }, now, path);
    case 'CONCLUDE':
      return status === MarketDialogueStatus.SUMMARISED
        ? alreadySummarised(path)
        : status === MarketDialogueStatus.CLOSED
          ? null
          : mayTalk({ ...dialogue, announcedTender: null }, now, path);
    case 'ANSWER':
    case 'WITHDRAW':
      return mayAnswer(dialogue, now, path);
  }
}

const notDraft = (path: readonly string[]): Mendable => ({
  code: 'DIALOGUE_NOT_DRAFT',
  path,
  messages: {
    nb: 'Dialogen er allerede varslet. Kontakt, forventet kunngjøring og aktiviteter kan endres, og fristen kan forlenges; resten står.',
    nn: 'Dialogen er allereie varsla. Kontakt, venta kunngjering og aktivitetar kan endrast, og fristen kan forlengjast; resten står.',
    en: 'The dialogue is announced already. Contact, expected announcement and activities can be changed, and the deadline can be extended; the rest stands.',
  },
});

const alreadyOpen = (path: readonly string[]): Mendable => ({
  code: 'DIALOGUE_ALREADY_OPEN',
  path,
  messages: {
    nb: 'Dialogen er allerede åpen for svar, og noen kan ha begynt å svare.',
    nn: 'Dialogen er allereie open for svar, og nokon kan ha byrja å svare.',
    en: 'The dialogue is open for answers already, and somebody may have begun to answer.',
  },
});

const alreadySummarised = (path: readonly string[]): Mendable => ({
  code: 'ALREADY_SUMMARISED',
  path,
  messages: {
    nb: 'Dialogen er oppsummert. Det som står i oppsummeringen, blir stående.',
    nn: 'Dialogen er oppsummert. Det som står i oppsummeringa, blir ståande.',
    en: 'The dialogue is summarised. What stands in the summary stays.',
  },
});
