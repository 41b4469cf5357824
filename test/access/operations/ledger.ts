import {
  type ActorName,
  type AskAs,
  colleagues,
  inHours,
  marker,
  type Operations,
  OYEREN,
  type Question,
  time,
} from '../actors.js';
import { announced, joined, made, question } from './dialogues.js';

const DISCLOSURE = 'disclosure { id number }';
const SUMMARY = 'summary { sha256 }';

/** The ledger of equal information, and how a dialogue ends. */
export const ledger: Operations = {
  'Mutation.disclose': [
    {
      of: 'to Øyeren alone',
      admitted: ['officer'],
      ask: async (as) => question('disclose', toOyeren(await joined(as)), DISCLOSURE),
    },
    {
      of: 'to everybody',
      admitted: ['officer'],
      ask: async (as) => question('disclose', told(await joined(as)), DISCLOSURE),
    },
  ],
  'Mutation.publishDisclosure': [
    {
      admitted: ['officer'],
      unknowing: ['officer-marker'],
      ask: async (as) => {
        const input = toOyeren(await joined(as), 'Snart kjent for alle.');
        const { id } = await made(as, 'officer', 'disclose', input, DISCLOSURE);
        return question('publishDisclosure', { id }, DISCLOSURE);
      },
    },
  ],
  'Mutation.publishDisclosures': [
    {
      admitted: ['officer'],
      ask: async (as) => {
        const dialogueId = await joined(as);
        await made(as, 'officer', 'disclose', toOyeren(dialogueId, 'Snart kjent for alle.'), DISCLOSURE);
        return question('publishDisclosures', { dialogueId }, 'disclosures { id }');
      },
    },
  ],
  'Mutation.closeMarketDialogue': [
    {
      admitted: ['officer'],
      ask: async (as) =>
        question('closeMarketDialogue', { dialogueId: await over(as) }, 'dialogue { id status }'),
    },
  ],
  'Mutation.summariseMarketDialogue': [
    {
      admitted: ['officer'],
      ask: async (as) => question('summariseMarketDialogue', { dialogueId: await closed(as) }, SUMMARY),
    },
  ],
  'Mutation.addToSummary': [
    {
      admitted: ['officer'],
      ask: async (as) => {
        const dialogueId = await closed(as);
        await made(as, 'officer', 'summariseMarketDialogue', { dialogueId }, SUMMARY);
        return question('addToSummary', { dialogueId, text: 'Takk til alle.' }, SUMMARY);
      },
    },
  ],
  'MarketDialogue.summaryPreview': [
    {
      of: 'Indre Østfold',
      admitted: colleagues,
      inVain: marker,
      ask: async (as) => ({
        query: 'query ($id: ID!) { marketDialogue(id: $id) { id summaryPreview } }',
        variables: { id: await announced(as) },
      }),
    },
  ],
};

/** What was told to Øyeren and not yet to the others. */
export async function ledgerOfDialogue(as: AskAs): Promise<Question> {
  const dialogueId = await joined(as);
  await made(as, 'officer', 'disclose', toOyeren(dialogueId), DISCLOSURE);
  return {
    query:
      'query ($id: ID!) { marketDialogue(id: $id) { ledger { totalCount nodes { text organisationName } } } }',
    variables: { id: dialogueId },
  };
}
export const seesLedger: readonly ActorName[] = [...colleagues, 'supplier'];

const told = (dialogueId: string, text = 'Fristen blir lengre.') => ({
  ...{ dialogueId, text, channel: 'EMAIL' },
});

const toOyeren = (dialogueId: string, text = 'hemmelig melding til Øyeren') => ({
  ...told(dialogueId, text),
  toldTo: OYEREN,
});

/** Open, and past the time for answers. */
async function over(as: AskAs): Promise<string> {
  const closesAt = inHours(2);
  const dialogueId = await joined(as, { opensAt: inHours(1), closesAt });
  time.past(closesAt);
  return dialogueId;
}

async function closed(as: AskAs): Promise<string> {
  const dialogueId = await over(as);
  await made(as, 'officer', 'closeMarketDialogue', { dialogueId }, 'dialogue { id }');
  return dialogueId;
}
