import {
  type ActorName,
  type AskAs,
  colleagues,
  done,
  everybody,
  except,
  INDRE_OSTFOLD,
  inDays,
  type Operations,
  OYEREN,
  persons,
  type Question,
  representatives,
} from '../actors.js';

const REST = 'userErrors { code }';
const DIALOGUE = 'marketDialogue { id title }';

/** Who reads an input of Øyeren before the summary; to everybody else there is none. */
const knowing: ActorName[] = [...colleagues, 'supplier'];
/** Those who act for an organisation, so that the operation has to tell them that there is no such input. */
const strangers = except(representatives, ...knowing);

/** Leading dialogues with the market, taking part in them, and what is said there. */
export const dialogues: Operations = {
  'Mutation.createMarketDialogue': [
    {
      of: 'Indre Østfold',
      admitted: ['officer'],
      ask: async (as) => question('createMarketDialogue', await plan(as, INDRE_OSTFOLD), DIALOGUE),
    },
    {
      of: 'Indre Østfold, as Askim',
      admitted: ['officer'],
      ask: async (as) => question('createMarketDialogue', await plan(as, '0124'), DIALOGUE),
    },
  ],
  'Mutation.updateMarketDialogue': [
    draftCase('updateMarketDialogue', (id) => ({ id, title: 'Annet' })),
    announcedCase('updateMarketDialogue', (id) => ({ id, expectedTenderDate: '2030-01-01' })),
  ],
  'Mutation.setDialogueActivities': [
    draftCase('setDialogueActivities', (id) => ({ id, activities: [meeting] })),
    announcedCase('setDialogueActivities', (id) => ({ id, activities: [meeting] })),
  ],
  'Mutation.setDialogueQuestions': [
    draftCase('setDialogueQuestions', (id) => ({ id, questions: [{ text: 'Hva er mulig?' }] })),
    announcedCase('setDialogueQuestions', (id) => ({ id, questions: [{ text: 'Hva er mulig?' }] })),
  ],
  // Of a draft that is gone there is nothing to give back but the empty list of what to mend.
  'Mutation.discardMarketDialogue': [
    {
      admitted: ['officer'],
      unknowing: ['officer-marker'],
      ask: async (as) => question('discardMarketDialogue', { id: await draft(as) }, DIALOGUE),
    },
  ],
  'Mutation.announceMarketDialogue': [draftCase('announceMarketDialogue', (id) => ({ id }))],
  'Mutation.openMarketDialogue': [announcedCase('openMarketDialogue', (id) => ({ id }))],
  'Mutation.extendMarketDialogue': [
    announcedCase('extendMarketDialogue', (id) => ({ id, closesAt: inDays(60) })),
  ],
  'Mutation.cancelMarketDialogue': [
    announcedCase('cancelMarketDialogue', (id) => ({ id, reason: 'Behovet er dekket.' })),
  ],
  'Mutation.publishHearingDocument': [
    announcedCase(
      'publishHearingDocument',
      (dialogueId) => ({ dialogueId, title: 'Utkast', text: 'Et avsnitt.' }),
      'hearingDocument { id }',
    ),
  ],
  'Mutation.joinMarketDialogue': [
    {
      of: 'Øyeren',
      admitted: ['supplier'],
      ask: async (as) => question('joinMarketDialogue', joining(await announced(as)), 'participant { id }'),
    },
    {
      of: 'Øyeren, that has joined',
      admitted: ['supplier'],
      ask: async (as) => {
        const again = { ...joining(await joined(as)), contactName: 'En annen' };
        return question('joinMarketDialogue', again, 'participant { id }');
      },
    },
  ],
  'Mutation.leaveMarketDialogue': [
    {
      of: 'Øyeren',
      admitted: ['supplier'],
      ask: async (as) => {
        const input = { dialogueId: await joined(as), organisationNumber: OYEREN };
        return question('leaveMarketDialogue', input, DIALOGUE);
      },
    },
  ],
  'Query.dialogueDocument': [
    {
      of: 'Øyeren, attached to nothing',
      admitted: ['supplier'],
      inVain: except(persons, 'supplier'),
      ask: async (as) => {
        const document = {
          organisationNumber: OYEREN,
          name: 'vedlegg.pdf',
          size: 10,
          use: 'INPUT_ATTACHMENT',
        };
        const input = { dialogueId: await joined(as), ...document };
        const { query, variables } = question('createDialogueDocument', input, 'document { id }');
        const { id } = (await done(as('supplier', query, variables))).createDialogueDocument.document;
        return { query: 'query ($id: ID!) { dialogueDocument(id: $id) { id name } }', variables: { id } };
      },
    },
  ],
  'Mutation.createDialogueDocument': [
    {
      of: 'Øyeren',
      admitted: ['supplier'],
      ask: async (as) => {
        const document = { organisationNumber: OYEREN, name: 'vedlegg.pdf', size: 10 };
        const input = { dialogueId: await joined(as), ...document };
        return question('createDialogueDocument', input, 'document { id }');
      },
    },
  ],
  'Mutation.submitInput': [
    {
      of: 'Øyeren',
      admitted: ['supplier'],
      ask: async (as) => question('submitInput', words(await joined(as)), 'input { id }'),
    },
  ],
  'Mutation.replaceInput': [
    {
      of: 'Øyeren',
      admitted: ['supplier'],
      unknowing: strangers,
      ask: async (as) => {
        const { inputId } = await submitted(as);
        return question('replaceInput', { inputId, comment: 'Bedre.' }, 'input { id }');
      },
    },
  ],
  'Mutation.withdrawInput': [
    {
      of: 'Øyeren',
      admitted: ['supplier'],
      unknowing: strangers,
      ask: async (as) => {
        const { inputId } = await submitted(as);
        return question('withdrawInput', { inputId }, 'input { id }');
      },
    },
  ],
  'Mutation.commentOnDraft': [
    {
      of: 'Øyeren',
      admitted: ['supplier'],
      ask: async (as) => {
        const draft = { dialogueId: await joined(as), title: 'Utkast', text: 'Et avsnitt.' };
        const { id } = await made(as, 'officer', 'publishHearingDocument', draft, 'hearingDocument { id }');
        const place = { paragraph: 1, from: 0, to: 2, quote: 'Et', text: 'Hvilket?' };
        const input = { documentId: id, organisationNumber: OYEREN, ...place };
        return question('commentOnDraft', input, 'input { id }');
      },
    },
  ],
  'Mutation.concludeInput': [
    {
      of: 'Øyeren',
      admitted: ['officer'],
      // Other officers alone come so far as to be told that there is no such input.
      unknowing: ['officer-marker'],
      ask: async (as) => {
        const { inputId } = await submitted(as);
        const input = { inputId, outcome: 'TAKEN_UP', explanation: 'Tatt inn i kravene.' };
        return question('concludeInput', input, 'input { id }');
      },
    },
  ],
  'Query.marketInput': [
    {
      of: 'Øyeren, before the summary',
      admitted: knowing,
      inVain: except(everybody, ...knowing),
      ask: async (as) => ({
        query: 'query ($id: ID!) { marketInput(id: $id) { id comment organisationName receipt { sha256 } } }',
        variables: { id: (await submitted(as)).inputId },
      }),
    },
  ],
};

const meeting = { type: 'INFORMATION_MEETING', title: 'Informasjonsmøte' };

/** Something that a procurement officer does with a draft, of which other municipalities know nothing. */
function draftCase(mutation: string, input: (id: string) => object, fields = DIALOGUE) {
  return {
    of: 'a draft',
    admitted: ['officer'] as ActorName[],
    unknowing: ['officer-marker'] as ActorName[],
    ask: async (as: AskAs) => question(mutation, input(await draft(as)), fields),
  };
}

/** The same with one that everybody reads. */
function announcedCase(mutation: string, input: (id: string) => object, fields = DIALOGUE) {
  return {
    of: 'an announced one',
    admitted: ['officer'] as ActorName[],
    ask: async (as: AskAs) => question(mutation, input(await announced(as)), fields),
  };
}

export function question(mutation: string, input: object, fields: string): Question {
  const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${fields} ${REST} } }`;
  return { query, variables: { input } };
}

/** Does it as somebody who may, and gives the object that came of it. */
export async function made(as: AskAs, who: ActorName, mutation: string, input: object, fields: string) {
  const { query, variables } = question(mutation, input, fields);
  const { userErrors: _, ...rest } = (await done(as(who, query, variables)))[mutation];
  // biome-ignore lint/suspicious/noExplicitAny: each mutation has an object of its own
  return Object.values(rest)[0] as any;
}

type Times = { readonly opensAt: string; readonly closesAt: string };
const soon = (): Times => ({ opensAt: inDays(7), closesAt: inDays(30) });

async function plan(as: AskAs, municipality: string, times = soon()): Promise<object> {
  const need = {
    title: 'Turveier',
    effect: 'Flere går tur.',
    users: 'Alle.',
    successCriteria: ['Flere går.'],
  };
  const { id } = await made(as, 'officer', 'createNeed', { municipality, ...need }, 'need { id }');
  await made(as, 'officer', 'publishNeed', { id }, 'need { id }');
  const contact = { email: 'innkjop@demo.samspill.example' };
  const dialogue = { title: 'Markedsdialog', description: 'Hva er mulig?', contact };
  return { municipality, needId: id, ...dialogue, ...times };
}

async function draft(as: AskAs, times?: Times): Promise<string> {
  const planned = await plan(as, INDRE_OSTFOLD, times);
  return (await made(as, 'officer', 'createMarketDialogue', planned, DIALOGUE)).id;
}

/** Announced, and open in a week. */
export async function announced(as: AskAs, times?: Times): Promise<string> {
  const id = await draft(as, times);
  await made(as, 'officer', 'announceMarketDialogue', { id }, DIALOGUE);
  return id;
}

const joining = (dialogueId: string) => ({
  ...{ dialogueId, organisationNumber: OYEREN, organisationName: 'Øyeren Velferdsteknologi AS' },
  ...{ contactName: 'Lise', contactEmail: 'lise@demo.samspill.example' },
});

/** Open, with Øyeren taking part. */
export async function joined(as: AskAs, times?: Times): Promise<string> {
  const id = await announced(as, times);
  await made(as, 'supplier', 'joinMarketDialogue', joining(id), 'participant { id }');
  await made(as, 'officer', 'openMarketDialogue', { id }, DIALOGUE);
  return id;
}

const words = (dialogueId: string) => ({
  ...{ dialogueId, organisationNumber: OYEREN, comment: 'Vi stiller gjerne opp.' },
  tradeSecret: 'Vi har en egen metode.',
});

async function submitted(as: AskAs): Promise<{ dialogueId: string; inputId: string }> {
  const dialogueId = await joined(as);
  const { id } = await made(as, 'supplier', 'submitInput', words(dialogueId), 'input { id }');
  return { dialogueId, inputId: id };
}
