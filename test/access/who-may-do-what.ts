import { randomUUID } from 'node:crypto';
import { personIdOf, scopes } from '@samspill/identity';
import { competition, fileOf } from '../support/notices.js';
import type { Answer } from '../support/region.js';
import { authorization, machineToken, personaToken } from '../support/tokens.js';

/** Everybody who may turn up. A new kind of actor belongs here. */
export const actors = {
  public: async () => ({}),
  person: () => authorization('person'),
  supplier: () => authorization('supplier'),
  'supplier-2': () => authorization('supplier-2'),
  officer: () => authorization('officer'),
  evaluator: () => authorization('evaluator'),
  'contract-manager': () => authorization('contract-manager'),
  administrator: () => authorization('administrator'),
  'officer-marker': () => authorization('officer-marker'),
  /** Of Marker: the strongest that another municipality has. */
  'administrator-marker': () => bearer(personaToken('officer-marker', { sub: 'administrator-marker' })),
  /** The procurement officer, with a log-in that says little. */
  'officer, hardly known': () => bearer(personaToken('officer', { acr: 'entraid' })),
  /** The administrator, who today acts for Marker: roles hold only at the organisation that gave them. */
  'administrator, acting for Marker': () => bearer(personaToken('officer-marker', { sub: 'administrator' })),
  importer: () => authorization('importer'),
  /** It has one scope, which is not the importer's: that begins with it, and there is a comma where a space would be. */
  machine: () => bearer(machineToken([`${scopes.importNotices}.not,${scopes.importNotices}`])),
} satisfies Record<string, () => Promise<Record<string, string>>>;

export type ActorName = keyof typeof actors;
export const everybody = Object.keys(actors) as ActorName[];

async function bearer(token: Promise<string>): Promise<Record<string, string>> {
  return { authorization: `Bearer ${await token}` };
}

const persons = everybody.filter((each) => !['public', 'importer', 'machine'].includes(each));
const colleagues: ActorName[] = ['officer', 'evaluator', 'contract-manager', 'administrator'];
/** Those who are known in Indre Østfold, and have no say there at this log-in. The database lets them see their own row. */
const themselves: ActorName[] = ['officer, hardly known', 'administrator, acting for Marker'];
const marker: ActorName[] = ['officer-marker', 'administrator-marker'];

/** What must not be told to everybody, and who may read it. */
export const secrets: Record<string, readonly ActorName[]> = {
  'hemmelig behov i Indre Østfold': colleagues,
  'hemmelig behov i Marker': marker,
  'hemmelig kapabilitet i Øyeren': ['supplier'],
  'hemmelig kapabilitet i Mysen': ['supplier-2'],
  'Ingrid Innkjøper': [...colleagues, 'officer, hardly known'],
  'Einar Evaluator': colleagues,
  'Kari Kontrakt': colleagues,
  'Astrid Administrator': [...colleagues, 'administrator, acting for Marker'],
  'Magnus Marker': marker,
};

/** Asks as one of the actors. */
export type AskAs = (who: ActorName, query: string, variables?: object) => Promise<Answer>;

export interface Question {
  readonly query: string;
  readonly variables?: object;
}

type Code = 'NOTHING' | 'UNAUTHENTICATED' | 'FORBIDDEN' | 'NOT_FOUND';

/** One thing that can be asked for, and who may. Whoever is not named is refused: the public with UNAUTHENTICATED, others with FORBIDDEN. */
export interface Verdict {
  /** Which of several cases of the same operation. */
  readonly of?: string;
  readonly admitted: readonly ActorName[];
  /** Refused by the rule, while the database shows them a row: that of themselves. */
  readonly themselves?: readonly ActorName[];
  /** Not refused, and shown nothing: the rule cannot tell whose it is, and the database can. */
  readonly inVain?: readonly ActorName[];
  /** Refused with NOT_FOUND: they may not know that there is something. */
  readonly unknowing?: readonly ActorName[];
  /** Makes what is asked about, as those who may; called anew for each who is admitted. */
  readonly ask: (as: AskAs) => Promise<Question> | Question;
}

export function codeFor(verdict: Verdict, actor: ActorName): Code | null {
  if (verdict.admitted.includes(actor)) return null;
  if (verdict.inVain?.includes(actor)) return 'NOTHING';
  if (verdict.unknowing?.includes(actor)) return 'NOT_FOUND';
  return actor === 'public' ? 'UNAUTHENTICATED' : 'FORBIDDEN';
}

const INDRE_OSTFOLD = '3118';
const OYEREN = '310000035';
/** Whoever acts for an organisation, and so passes the rule of the operations on capabilities. */
const representatives = persons.filter((each) => each !== 'person' && each !== 'officer, hardly known');
const except = (all: readonly ActorName[], ...those: ActorName[]) =>
  all.filter((each) => !those.includes(each));

/** What everybody may ask. */
const open = (query: string, idFrom?: string): Verdict[] => [
  {
    admitted: everybody,
    ask: async (as) => {
      if (!idFrom) return { query };
      const [list = '', field = ''] = idFrom.split('.');
      const { data } = await as('public', `{ ${list}(first: 1) { nodes { ${field} } } }`);
      return { query, variables: { id: data[list].nodes[0][field] } };
    },
  },
];

/** Every operation, and every field with a rule of its own. An operation that is missing here fails the test. */
export const verdicts: Record<string, readonly Verdict[]> = {
  'Query.buyers': open('{ buyers(first: 5) { totalCount nodes { id name } } }'),
  'Query.buyer': open(
    'query ($id: OrganisationNumber!) { buyer(organisationNumber: $id) { id name } }',
    'buyers.organisationNumber',
  ),
  'Query.me': open('{ me { kind personId organisations scopes memberships { municipalityNumber roles } } }'),
  'Query.municipalities': open('{ municipalities(first: 5) { nodes { number name } } }'),
  'Query.municipality': open(
    'query ($id: MunicipalityNumber!) { municipality(number: $id) { number name } }',
    'municipalities.number',
  ),
  'Query.notices': open('{ notices(first: 5) { nodes { id title } } }'),
  'Query.notice': open('query ($id: ID!) { notice(id: $id) { id title } }', 'notices.id'),
  'Query.procurement': [
    {
      admitted: everybody,
      ask: async (as) => {
        const { data } = await as('public', '{ tenders(first: 1) { nodes { procurement { id } } } }');
        const { id } = data.tenders.nodes[0].procurement;
        return {
          query: 'query ($id: ID!) { procurement(id: $id) { id needs { id title } } }',
          variables: { id },
        };
      },
    },
  ],
  'Query.tenders': open('{ tenders(first: 5) { nodes { id title } } }'),
  'Query.tender': open('query ($id: ID!) { tender(id: $id) { id title } }', 'tenders.id'),
  'Query.suppliers': open('{ suppliers(first: 100) { nodes { id name capabilities { id description } } } }'),
  'Query.supplier': open(
    'query ($id: OrganisationNumber!) { supplier(organisationNumber: $id) { id capabilities { id description } } }',
    'suppliers.organisationNumber',
  ),
  'Query.marketDialogues': open('{ marketDialogues(first: 200) { nodes { id title } } }'),
  'Query.marketDialogue': open(
    'query ($id: ID!) { marketDialogue(id: $id) { id title } }',
    'marketDialogues.id',
  ),
  'Query.needs': open(
    '{ needs(first: 200, filter: {status: [DRAFT, PUBLISHED]}) { totalCount nodes { id title } } }',
  ),
  'Query.need': open('query ($id: ID!) { need(id: $id) { id title } }', 'needs.id'),
  'Query.events': open('{ events(first: 200) { nodes { id title } } }'),
  'Query.event': open('query ($id: ID!) { event(id: $id) { id title } }', 'events.id'),

  'Query.members': [
    {
      of: 'Indre Østfold',
      admitted: colleagues,
      themselves,
      ask: () => ({
        query: `{ members(municipality: "${INDRE_OSTFOLD}") { totalCount nodes { id displayName personId } } }`,
      }),
    },
    {
      of: 'Indre Østfold, as Askim',
      admitted: colleagues,
      themselves,
      ask: () => ({
        query: '{ members(municipality: "0124") { nodes { displayName grants { role reason } } } }',
      }),
    },
    {
      of: 'Marker',
      admitted: marker,
      ask: () => ({ query: '{ members(municipality: "3122") { nodes { displayName } } }' }),
    },
  ],

  'Mutation.createNeed': [
    { of: 'Indre Østfold', admitted: ['officer'], ask: () => createNeed(INDRE_OSTFOLD) },
    { of: 'Indre Østfold, as Askim', admitted: ['officer'], ask: () => createNeed('0124') },
    { of: 'Marker', admitted: ['officer-marker'], ask: () => createNeed('3122') },
    { of: 'a municipality that nobody acts for', admitted: [], ask: () => createNeed('3101') },
  ],
  'Mutation.updateNeed': [
    {
      of: 'Indre Østfold',
      admitted: ['officer'],
      unknowing: ['officer-marker'],
      ask: async (as) => ({
        query: `mutation ($id: ID!) { updateNeed(input: {id: $id, effect: "Noe annet."}) { need { id title } userErrors { code } } }`,
        variables: { id: await draftNeed(as) },
      }),
    },
  ],
  'Mutation.publishNeed': [
    {
      of: 'Indre Østfold',
      admitted: ['officer'],
      unknowing: ['officer-marker'],
      ask: async (as) => ({
        // Once published it is no secret; the title that it has until then is.
        query: `mutation ($id: ID!) { publishNeed(input: {id: $id}) { need { id } userErrors { code } } }`,
        variables: { id: await draftNeed(as, 'Et behov som snart er åpent') },
      }),
    },
  ],
  'Need.auditTrail': [
    {
      of: 'a published need of Indre Østfold',
      admitted: ['administrator'],
      inVain: ['administrator-marker'],
      ask: async (as) => {
        const id = await draftNeed(as, 'Et åpent behov');
        await done(
          as('officer', 'mutation ($id: ID!) { publishNeed(input: {id: $id}) { userErrors { code } } }', {
            id,
          }),
        );
        return {
          query:
            'query ($id: ID!) { need(id: $id) { auditTrail { totalCount nodes { operation personId } } } }',
          variables: { id },
        };
      },
    },
  ],

  'Mutation.createCapability': [
    { of: 'Øyeren', admitted: ['supplier'], ask: () => createCapability(OYEREN) },
    { of: 'Mysen', admitted: ['supplier-2'], ask: () => createCapability('310000027') },
  ],
  'Mutation.updateCapability': [
    {
      of: 'a draft of Øyeren',
      admitted: ['supplier'],
      unknowing: except(representatives, 'supplier'),
      ask: async (as) => ({
        query: `mutation ($id: ID!) { updateCapability(input: {id: $id, cpv: "45000000"}) { capability { id description } userErrors { code } } }`,
        variables: { id: await draftCapability(as) },
      }),
    },
    {
      of: 'a published one of Øyeren',
      admitted: ['supplier'],
      ask: async (as) => ({
        query: `mutation ($id: ID!) { updateCapability(input: {id: $id, description: "Alle leser ${randomUUID()}"}) { capability { id } userErrors { code } } }`,
        variables: { id: await publishedCapability(as) },
      }),
    },
  ],
  'Mutation.publishCapability': [
    {
      of: 'Øyeren',
      admitted: ['supplier'],
      unknowing: except(representatives, 'supplier'),
      ask: async (as) => ({
        query: `mutation ($id: ID!) { publishCapability(input: {id: $id}) { capability { id } userErrors { code } } }`,
        variables: { id: await draftCapability(as, 'Snart kjent for alle') },
      }),
    },
  ],
  'Mutation.removeCapability': [
    {
      of: 'a draft of Øyeren',
      admitted: ['supplier'],
      unknowing: except(representatives, 'supplier'),
      ask: async (as) => ({
        query: `mutation ($id: ID!) { removeCapability(input: {id: $id}) { removedId userErrors { code } } }`,
        variables: { id: await draftCapability(as) },
      }),
    },
    {
      of: 'a published one of Øyeren',
      admitted: ['supplier'],
      ask: async (as) => ({
        query: `mutation ($id: ID!) { removeCapability(input: {id: $id}) { removedId userErrors { code } } }`,
        variables: { id: await publishedCapability(as) },
      }),
    },
  ],
  'Capability.auditTrail': [
    {
      of: 'Øyeren',
      admitted: ['supplier'],
      ask: async (as) => {
        await publishedCapability(as);
        return {
          query: `{ supplier(organisationNumber: "${OYEREN}") { capabilities { auditTrail { totalCount nodes { operation organisations } } } } }`,
        };
      },
    },
  ],

  'Mutation.importNotices': [
    {
      admitted: ['importer'],
      ask: () => ({
        query: `mutation ($input: ImportNoticesInput!) { importNotices(input: $input) { files { name outcome } } }`,
        variables: { input: { files: [fileOf(competition())] } },
      }),
    },
  ],

  'Mutation.grantRole': [
    {
      of: 'Indre Østfold',
      admitted: ['administrator'],
      ask: () => roleOf('grantRole', newPerson(), ', displayName: "Ny Kollega"'),
    },
    {
      of: 'Indre Østfold, to somebody who has one',
      admitted: ['administrator'],
      ask: async (as) => roleOf('grantRole', await member(as, 'EVALUATOR'), ''),
    },
  ],
  'Mutation.revokeRole': [
    {
      of: 'Indre Østfold',
      admitted: ['administrator'],
      ask: async (as) => roleOf('revokeRole', await member(as, 'OPENER'), ', reason: "Sluttet"'),
    },
  ],
  'Mutation.eraseMember': [
    {
      of: 'Indre Østfold',
      admitted: ['administrator'],
      ask: async (as) => {
        const personId = await member(as, 'OPENER');
        const { query, variables } = roleOf('revokeRole', personId, ', reason: "Sluttet"');
        await done(as('administrator', query, variables));
        return {
          query: `mutation ($id: ID!) { eraseMember(input: {municipality: "${INDRE_OSTFOLD}", personId: $id}) { member { id } userErrors { code } } }`,
          variables: { id: personId },
        };
      },
    },
  ],
  'Member.auditTrail': [
    {
      of: 'Indre Østfold',
      admitted: ['administrator'],
      ask: () => ({
        query: `{ members(municipality: "${INDRE_OSTFOLD}") { nodes { auditTrail(first: 1) { nodes { operation personId } } } } }`,
      }),
    },
  ],
};

/** What is shown to some and not to others by operations that everybody may use. */
export const glimpses: Record<
  string,
  { seenBy: readonly ActorName[]; ask: (as: AskAs) => Promise<Question> | Question }
> = {
  'a draft of a need in Indre Østfold, by its id': {
    seenBy: colleagues,
    ask: async (as) => ({
      query: 'query ($id: ID!) { need(id: $id) { title } }',
      variables: { id: await draftNeed(as) },
    }),
  },
  'a draft of a need in Indre Østfold, in the list': {
    seenBy: colleagues,
    ask: async (as) => {
      await draftNeed(as);
      return { query: '{ needs(filter: {status: [DRAFT], text: "hemmelig Indre"}) { nodes { title } } }' };
    },
  },
  'a draft of a need in Indre Østfold, in the procurement': {
    seenBy: colleagues,
    ask: async (as) => ({
      query: 'query ($id: ID!) { procurement(id: $id) { needs { title } } }',
      variables: { id: await procurementOf(as, await draftNeed(as)) },
    }),
  },
  'a draft of a need in Marker, by its id': {
    seenBy: marker,
    ask: async (as) => {
      const { query, variables } = createNeed('3122');
      const id = (await done(as('officer-marker', query, variables))).createNeed.need.id;
      return { query: 'query ($id: ID!) { need(id: $id) { title } }', variables: { id } };
    },
  },
  'a draft of a capability of Øyeren': {
    seenBy: ['supplier'],
    ask: async (as) => {
      await draftCapability(as);
      return { query: `{ supplier(organisationNumber: "${OYEREN}") { capabilities { description } } }` };
    },
  },
  'a draft of a capability of Mysen': {
    seenBy: ['supplier-2'],
    ask: async (as) => {
      const { query, variables } = createCapability('310000027');
      await done(as('supplier-2', query, variables));
      return { query: '{ supplier(organisationNumber: "310000027") { capabilities { description } } }' };
    },
  },
};

function createNeed(municipality: string, title?: string) {
  const secret = municipality === '3122' ? 'hemmelig behov i Marker' : 'hemmelig behov i Indre Østfold';
  return {
    query:
      'mutation ($input: CreateNeedInput!) { createNeed(input: $input) { need { id title } userErrors { code } } }',
    variables: {
      input: {
        municipality,
        title: title ?? secret,
        effect: 'Bedre.',
        users: 'Alle.',
        successCriteria: ['Det virker.'],
      },
    },
  };
}

async function draftNeed(as: AskAs, title?: string): Promise<string> {
  const { query, variables } = createNeed(INDRE_OSTFOLD, title);
  return (await done(as('officer', query, variables))).createNeed.need.id;
}

async function procurementOf(as: AskAs, id: string): Promise<string> {
  const { data } = await as('officer', 'query ($id: ID!) { need(id: $id) { procurement { id } } }', { id });
  return data.need.procurement.id;
}

function createCapability(organisationNumber: string, description?: string) {
  const secret =
    organisationNumber === OYEREN ? 'hemmelig kapabilitet i Øyeren' : 'hemmelig kapabilitet i Mysen';
  return {
    query:
      'mutation ($input: CreateCapabilityInput!) { createCapability(input: $input) { capability { id description } userErrors { code } } }',
    variables: { input: { organisationNumber, cpv: '80500000', description: description ?? secret } },
  };
}

async function draftCapability(as: AskAs, description?: string): Promise<string> {
  const { query, variables } = createCapability(OYEREN, description);
  return (await done(as('supplier', query, variables))).createCapability.capability.id;
}

async function publishedCapability(as: AskAs): Promise<string> {
  const id = await draftCapability(as, 'Åpen for alle');
  await done(
    as('supplier', 'mutation ($id: ID!) { publishCapability(input: {id: $id}) { userErrors { code } } }', {
      id,
    }),
  );
  return id;
}

const newPerson = () => personIdOf('development', randomUUID());

function roleOf(operation: 'grantRole' | 'revokeRole', personId: string, more: string) {
  return {
    query: `mutation ($personId: ID!) {
      ${operation}(input: {municipality: "${INDRE_OSTFOLD}", personId: $personId, role: OPENER${more}}) { member { id } userErrors { code } }
    }`,
    variables: { personId },
  };
}

async function member(as: AskAs, role: string): Promise<string> {
  const personId = newPerson();
  await done(
    as(
      'administrator',
      `mutation ($id: ID!) { grantRole(input: {municipality: "${INDRE_OSTFOLD}", personId: $id, role: ${role}, displayName: "En Kollega"}) { userErrors { code } } }`,
      { id: personId },
    ),
  );
  return personId;
}

/** What is needed for a question has to work, or the question proves nothing. */
async function done(answer: Promise<Answer>) {
  const { data, errors } = await answer;
  const mend = Object.values(data ?? {}).flatMap(
    (each) => (each as { userErrors?: object[] }).userErrors ?? [],
  );
  if (errors?.length || mend.length)
    throw new Error(`It could not be made: ${JSON.stringify(errors ?? mend)}`);
  return data;
}
