import {
  type ActorName,
  type AskAs,
  colleagues,
  done,
  everybody,
  except,
  INDRE_OSTFOLD,
  type Operations,
  persons,
  type Question,
} from '../actors.js';

/** Those with the role EVENT_HOST in Indre Østfold. */
const hosts: ActorName[] = ['officer', 'event-host'];

const REST = 'userErrors { code }';

/** What hosts do with their events, and what hangs on them. */
export const events: Operations = {
  'Mutation.createEvent': [
    { of: 'Indre Østfold', admitted: hosts, ask: () => createEvent(INDRE_OSTFOLD) },
    { of: 'Indre Østfold, as Askim', admitted: hosts, ask: () => createEvent('0124') },
    { of: 'Marker, where nobody is host', admitted: [], ask: () => createEvent('3122') },
  ],
  'Mutation.updateEvent': [
    {
      of: 'a draft',
      admitted: hosts,
      ask: async (as) => updateEvent(await draft(as)),
    },
    {
      of: 'a published one',
      admitted: hosts,
      ask: async (as) => updateEvent(await published(as)),
    },
  ],
  'Mutation.publishEvent': [
    {
      admitted: hosts,
      ask: async (as) => ({
        query: `mutation ($id: ID!) { publishEvent(input: {id: $id}) { event { id } ${REST} } }`,
        variables: { id: await draft(as) },
      }),
    },
  ],
  'Mutation.cancelEvent': [
    {
      admitted: hosts,
      ask: async (as) => ({
        query: `mutation ($id: ID!) { cancelEvent(input: {id: $id, reason: "Snø."}) { event { id } ${REST} } }`,
        variables: { id: await published(as) },
      }),
    },
  ],
  'Mutation.addSession': [
    { of: 'a draft', admitted: hosts, ask: async (as) => addSession(await draft(as)) },
    { of: 'a published event', admitted: hosts, ask: async (as) => addSession(await published(as)) },
  ],
  'Mutation.updateSession': [
    {
      admitted: hosts,
      ask: async (as) => ({
        query: `mutation ($id: ID!) { updateSession(input: {id: $id, room: "Sal 2"}) { session { id } ${REST} } }`,
        variables: { id: await session(as) },
      }),
    },
  ],
  'Mutation.removeSession': [
    {
      admitted: hosts,
      ask: async (as) => ({
        query: `mutation ($id: ID!) { removeSession(input: {id: $id}) { event { id } ${REST} } }`,
        variables: { id: await session(as) },
      }),
    },
  ],
  'Query.eventDocument': [
    {
      of: 'Indre Østfold, not published',
      // The one who uploaded it is themselves also by a log-in that says little.
      admitted: [...colleagues, 'officer, hardly known'],
      inVain: except(persons, ...colleagues, 'officer, hardly known'),
      ask: async (as) => ({
        query: 'query ($id: ID!) { eventDocument(id: $id) { id name } }',
        variables: { id: await uploaded(as, await published(as)) },
      }),
    },
  ],
  'Mutation.createEventDocument': [
    { admitted: hosts, ask: async (as) => createDocument(await published(as)) },
  ],
  // Nobody meets a document that is not uploaded yet but whoever begins it, in the answer to that.
  'Document.uploadUrl': [{ admitted: hosts, ask: async (as) => createDocument(await published(as)) }],
  'Mutation.publishMaterial': [
    {
      admitted: hosts,
      ask: async (as) => {
        const eventId = await published(as);
        return publishMaterial(eventId, await uploaded(as, eventId));
      },
    },
  ],
  'Mutation.removeMaterial': [
    {
      admitted: hosts,
      ask: async (as) => {
        const eventId = await published(as);
        const { query, variables } = publishMaterial(eventId, await uploaded(as, eventId));
        const { publishMaterial: payload } = await done(as('officer', query, variables));
        return {
          query: `mutation ($id: ID!) { removeMaterial(input: {id: $id}) { event { id } ${REST} } }`,
          variables: { id: payload.event.material[0].id },
        };
      },
    },
  ],
  'Query.certificate': [
    {
      admitted: everybody,
      // Of the demo data: nobody is told the code of a certificate by the graph.
      ask: () => ({ query: '{ certificate(code: "DEM0K-0DE17") { valid event { title } } }' }),
    },
  ],
  'Mutation.createCalendarLink': [
    {
      admitted: persons,
      ask: () => ({ query: `mutation { createCalendarLink(input: {}) { url ${REST} } }` }),
    },
  ],
  'Mutation.revokeCalendarLink': [
    {
      admitted: persons,
      ask: async (as) => {
        for (const who of persons)
          await done(as(who, `mutation { createCalendarLink(input: {}) { ${REST} } }`));
        return { query: `mutation { revokeCalendarLink(input: {confirm: true}) { revoked ${REST} } }` };
      },
    },
  ],
  'Event.auditTrail': [
    {
      of: 'a published event of Indre Østfold',
      admitted: ['administrator'],
      inVain: ['administrator-marker'],
      ask: async (as) => ({
        query:
          'query ($id: ID!) { event(id: $id) { auditTrail { totalCount nodes { operation personId } } } }',
        variables: { id: await published(as) },
      }),
    },
  ],
};

/** What is shown to some and not to others by operations that everybody may use. */
export async function draftOfEvent(as: AskAs): Promise<Question> {
  return { query: 'query ($id: ID!) { event(id: $id) { title } }', variables: { id: await draft(as) } };
}

const DAY = 24 * 60 * 60 * 1_000;

/** Later than any clock that a test sets. */
const STARTS_AT = new Date('2090-05-10T08:00:00Z');
const at = (days: number) => new Date(STARTS_AT.getTime() + days * DAY).toISOString();

function createEvent(municipality: string, title = 'hemmelig arrangement i Indre Østfold'): Question {
  return {
    query: `mutation ($input: CreateEventInput!) { createEvent(input: $input) { event { id title } ${REST} } }`,
    variables: {
      input: {
        ...{ municipality, title, description: 'Åpent for alle.', kind: 'COURSE', organiser: 'Kommunen' },
        ...{ startsAt: at(0), endsAt: at(1), online: true },
      },
    },
  };
}

async function draft(as: AskAs, title?: string): Promise<string> {
  const { query, variables } = createEvent(INDRE_OSTFOLD, title);
  return (await done(as('event-host', query, variables))).createEvent.event.id;
}

async function published(as: AskAs): Promise<string> {
  const id = await draft(as, 'Åpent arrangement');
  await done(as('event-host', `mutation ($id: ID!) { publishEvent(input: {id: $id}) { ${REST} } }`, { id }));
  return id;
}

function updateEvent(id: string): Question {
  return {
    query: `mutation ($id: ID!, $text: String!) { updateEvent(input: {id: $id, description: $text}) { event { id } ${REST} } }`,
    variables: { id, text: `Noe annet ${crypto.randomUUID()}` },
  };
}

function addSession(eventId: string): Question {
  return {
    query: `mutation ($input: AddSessionInput!) { addSession(input: $input) { session { id } ${REST} } }`,
    variables: { input: { eventId, title: 'Innledning', startsAt: at(0), endsAt: at(0.5) } },
  };
}

async function session(as: AskAs): Promise<string> {
  const { query, variables } = addSession(await published(as));
  return (await done(as('event-host', query, variables))).addSession.session.id;
}

const CONTENTS = 'Alle får det samme.\n';

function createDocument(eventId: string): Question {
  return {
    query: `mutation ($input: CreateEventDocumentInput!) {
      createEventDocument(input: $input) { document { id uploadUrl } ${REST} } }`,
    variables: { input: { eventId, name: 'notat.txt', size: Buffer.byteLength(CONTENTS) } },
  };
}

/** A document that is ready to be published. */
async function uploaded(as: AskAs, eventId: string): Promise<string> {
  const { query, variables } = createDocument(eventId);
  const { document } = (await done(as('officer', query, variables))).createEventDocument;
  const response = await fetch(document.uploadUrl, {
    method: 'PATCH',
    headers: {
      'content-type': 'application/offset+octet-stream',
      'tus-resumable': '1.0.0',
      'upload-offset': '0',
    },
    body: CONTENTS,
  });
  if (!response.ok) throw new Error(`It could not be uploaded: ${response.status} ${await response.text()}`);
  return document.id;
}

function publishMaterial(eventId: string, documentId: string): Question {
  return {
    query: `mutation ($input: PublishMaterialInput!) {
      publishMaterial(input: $input) { event { id material { id } } ${REST} } }`,
    variables: { input: { eventId, documentIds: [documentId] } },
  };
}
