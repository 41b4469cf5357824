import {
  type ActorName,
  type AskAs,
  done,
  INDRE_OSTFOLD,
  marker,
  type Operations,
  OYEREN,
  persons,
  type Question,
} from '../actors.js';

const NEED = 'need { id }';
const MARKER = '3122';

/** All who act for a municipality as its procurement officers; the others are refused before anything is looked at. */
const officers: ActorName[] = ['officer', 'officer-marker'];
const neighbours: ActorName[] = marker.filter((each) => officers.includes(each));

/** What happens to needs beside the writing of them: see `who-may-do-what.ts` for that. */
export const needs: Operations = {
  'Query.checkNeed': [
    { of: 'Indre Østfold', admitted: ['officer'], ask: () => check(INDRE_OSTFOLD) },
    { of: 'Indre Østfold, as Askim', admitted: ['officer'], ask: () => check('0124') },
    { of: 'Marker', admitted: neighbours, ask: () => check(MARKER) },
  ],
  // Everybody has a list of their own; that nobody sees another's is shown where following is tested.
  'Query.myFollowedNeeds': [
    {
      admitted: persons,
      ask: async (as) => {
        const needId = await published(as);
        for (const who of persons) await done(as(who, follow, { input: { needId } }));
        return { query: '{ myFollowedNeeds { totalCount nodes { id email need { title } } } }' };
      },
    },
  ],
  'Mutation.overrideFinding': [
    {
      admitted: ['officer'],
      unknowing: neighbours,
      ask: async (as) => {
        const needId = await draft(as, 'Nettbrett til alle');
        const query = 'query ($id: ID!) { need(id: $id) { findings { id } } }';
        const { data } = await as('officer', query, { id: needId });
        const findingId = data.need.findings[0].id;
        return question('overrideFinding', { needId, findingId, reason: 'Det er det vi har.' });
      },
    },
  ],
  'Mutation.discardNeed': [
    {
      admitted: ['officer'],
      unknowing: neighbours,
      ask: async (as) => question('discardNeed', { id: await draft(as) }, 'discardedId'),
    },
  ],
  'Mutation.closeNeed': [
    {
      admitted: ['officer'],
      ask: async (as) =>
        question('closeNeed', { id: await published(as), reason: 'WITHDRAWN', explanation: 'Nei.' }),
    },
  ],
  'Mutation.addClarification': [
    {
      of: 'a published need',
      admitted: ['officer'],
      ask: async (as) => question('addClarification', { id: await published(as), text: 'Også om natten.' }),
    },
  ],
  'Mutation.linkNeed': [
    {
      of: 'a published need',
      admitted: ['officer'],
      ask: async (as) => {
        const other = await published(as);
        const { data } = await as('officer', 'query ($id: ID!) { need(id: $id) { procurement { id } } }', {
          id: other,
        });
        return question('linkNeed', {
          needId: await published(as),
          procurementId: data.need.procurement.id,
        });
      },
    },
  ],
  'Mutation.followNeed': [
    {
      of: 'for oneself',
      admitted: persons,
      ask: async (as) => question('followNeed', { needId: await published(as) }),
    },
    {
      of: 'for Øyeren',
      admitted: ['supplier'],
      ask: async (as) => question('followNeed', { needId: await published(as), organisationNumber: OYEREN }),
    },
  ],
  'Mutation.unfollowNeed': [
    {
      admitted: ['supplier'],
      inVain: persons.filter((each) => each !== 'supplier'),
      ask: async (as) => {
        const needId = await published(as);
        await done(as('supplier', follow, { input: { needId } }));
        return question('unfollowNeed', { needId });
      },
    },
  ],
  'Mutation.joinNeed': [
    {
      of: 'Marker, to one of Indre Østfold',
      admitted: neighbours,
      ask: async (as) =>
        question('joinNeed', {
          ...{ needId: await published(as), municipality: MARKER, volume: 'To mil.' },
        }),
    },
  ],
  'Mutation.leaveNeed': [
    {
      of: 'Marker, one of Indre Østfold',
      admitted: neighbours,
      ask: async (as) => {
        const where = { needId: await published(as), municipality: MARKER };
        const { query, variables } = question('joinNeed', { ...where, volume: 'To mil.' });
        await done(as('officer-marker', query, variables));
        return question('leaveNeed', where);
      },
    },
  ],
};

const follow = 'mutation ($input: FollowNeedInput!) { followNeed(input: $input) { userErrors { code } } }';

function question(mutation: string, input: object, fields = NEED): Question {
  const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${fields} userErrors { code } } }`;
  return { query, variables: { input } };
}

function check(municipality: string): Question {
  return {
    query: 'query ($input: CheckNeedInput!) { checkNeed(input: $input) { matched why } }',
    variables: { input: { municipality, title: 'En app til alle' } },
  };
}

async function draft(as: AskAs, title = 'hemmelig behov i Indre Østfold'): Promise<string> {
  const texts = { title, effect: 'Bedre.', users: 'Alle.', successCriteria: ['Det virker.'] };
  const { query, variables } = question('createNeed', { municipality: INDRE_OSTFOLD, ...texts });
  return (await done(as('officer', query, variables))).createNeed.need.id;
}

async function published(as: AskAs): Promise<string> {
  const id = await draft(as, 'Et åpent behov');
  const { query, variables } = question('publishNeed', { id });
  await done(as('officer', query, variables));
  return id;
}
