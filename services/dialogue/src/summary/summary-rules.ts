import type { Mendable } from '@samspill/subgraph';
import { notLedHere } from '../disclosure/disclosure-rules.js';

export const LONGEST_ADDITION = 10_000;

/** A summary is read, not searched. */
export const MOST_ADDITIONS = 100;

const path = ['input', 'dialogueId'];

/** What keeps a dialogue from being summarised now. */
export function maySummarise(dialogue: {
  readonly ledHere: boolean;
  readonly closedAt: Date | null;
  readonly summarisedAt: Date | null;
}): Mendable | null {
  if (!dialogue.ledHere) return notLedHere(path);
  if (dialogue.summarisedAt !== null) return alreadySummarised;
  return dialogue.closedAt === null ? notClosed : null;
}

const notClosed: Mendable = {
  code: 'NOT_CLOSED',
  path,
  messages: {
    nb: 'Markedsdialogen er ikke lukket ennå. Lukk den («closeMarketDialogue») først, så alt er med.',
    nn: 'Marknadsdialogen er ikkje lukka enno. Lukk han («closeMarketDialogue») først, så alt er med.',
    en: 'The market dialogue is not closed yet. Close it ("closeMarketDialogue") first, so that everything is in it.',
  },
};

const alreadySummarised: Mendable = {
  code: 'ALREADY_SUMMARISED',
  path,
  messages: {
    nb: 'Markedsdialogen er oppsummert allerede. Føy til det som mangler («addToSummary»).',
    nn: 'Marknadsdialogen er oppsummert allereie. Føy til det som manglar («addToSummary»).',
    en: 'The market dialogue has been summarised already. Add what is missing ("addToSummary").',
  },
};

export const notSummarised: Mendable = {
  code: 'NOT_SUMMARISED',
  path,
  messages: {
    nb: 'Markedsdialogen er ikke oppsummert ennå. Oppsummer den («summariseMarketDialogue») først.',
    nn: 'Marknadsdialogen er ikkje oppsummert enno. Oppsummer han («summariseMarketDialogue») først.',
    en: 'The market dialogue has not been summarised yet. Summarise it ("summariseMarketDialogue") first.',
  },
};

export const tooManyAdditions = (at: readonly string[]): Mendable => ({
  code: 'TOO_MANY_ADDITIONS',
  path: at,
  messages: {
    nb: `En oppsummering har plass til ${MOST_ADDITIONS} tillegg. Skriv færre og lengre.`,
    nn: `Ei oppsummering har plass til ${MOST_ADDITIONS} tillegg. Skriv færre og lengre.`,
    en: `A summary has room for ${MOST_ADDITIONS} additions. Write fewer and longer ones.`,
  },
});
