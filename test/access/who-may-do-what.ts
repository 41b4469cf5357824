import { randomUUID } from 'node:crypto';
import { personIdOf } from '@samspill/identity';
import { competition, fileOf } from '../support/notices.js';
import {
  type ActorName,
  type AskAs,
  colleagues,
  done,
  everybody,
  except,
  INDRE_OSTFOLD,
  marker,
  type Operations,
  OYEREN,
  open,
  persons,
  type Question,
  representatives,
  themselves,
} from './actors.js';
import { dialogues } from './operations/dialogues.js';
import { draftOfEvent, events } from './operations/events.js';
import { ledger, ledgerOfDialogue, seesLedger } from './operations/ledger.js';
import { meetings } from './operations/meetings.js';
import { needs } from './operations/needs.js';
import { numbersOfEvent, registrations } from './operations/registrations.js';

export { type ActorName, type AskAs, actors, codeFor, everybody } from './actors.js';

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
  'Vigdis Vertskap': colleagues,
  'Magnus Marker': marker,
  'hemmelig arrangement i Indre Østfold': colleagues,
  'hemmelig melding til Øyeren': seesLedger,
  'hemmelig kontakt i Øyeren': ['supplier', 'officer', 'event-host'],
  'hemmelig deltaker fra Øyeren': ['supplier', 'officer', 'event-host'],
};

/** Every operation, and every field with a rule of its own. An operation that is missing here fails the test. */
export const verdicts: Operations = {
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
  'Mutation.eraseMyPersonalData': [
    {
      admitted: persons,
      ask: async (as) => {
        // Something to forget, of everybody.
        const link = 'mutation { createCalendarLink(input: {}) { userErrors { code } } }';
        for (const who of persons) await done(as(who, link));
        return {
          query: 'mutation { eraseMyPersonalData(input: {confirm: true}) { accepted userErrors { code } } }',
        };
      },
    },
  ],
  ...events,
  ...registrations,
  ...needs,
  ...dialogues,
  ...meetings,
  ...ledger,
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
  'a draft of an event in Indre Østfold': { seenBy: colleagues, ask: draftOfEvent },
  'what was told to Øyeren alone': { seenBy: seesLedger, ask: ledgerOfDialogue },
  'the contact of a registration of Øyeren, beside the numbers of the event': {
    seenBy: ['supplier'],
    ask: numbersOfEvent,
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
