import { readFileSync } from 'node:fs';
import { schemaFiles } from '@samspill/region/schema-files';
import {
  buildASTSchema,
  type GraphQLNamedType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isIntrospectionType,
  isListType,
  isNonNullType,
  isObjectType,
  isSpecifiedScalarType,
  parse,
} from 'graphql';
import { describe, expect, it } from 'vitest';

const root = new URL('../../', import.meta.url);
const { files, hints } = schemaFiles();
const supergraph = files.get('gateway/supergraph.graphql') as string;

/** The supergraph as clients see it: without the types that tell the gateway who has what. */
const types: readonly GraphQLNamedType[] = Object.values(
  buildASTSchema(parse(supergraph), { assumeValidSDL: true }).getTypeMap(),
).filter(
  (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type) && !/^(join|link)__/.test(type.name),
);

describe('the committed schemas', () => {
  it.each([...files])('%s is what the code says', (path, text) => {
    expect(readFileSync(new URL(path, root), 'utf8'), 'Run "npm run schema" and commit').toBe(text);
  });

  it('compose without anything that composition finds odd', () => {
    expect(hints).toEqual([]);
  });
});

it('describes everything', () => {
  // The roots of the graph are named by GraphQL itself; what they offer is described field by field.
  const ROOTS = ['Query', 'Mutation'];
  const bare = types.flatMap((type) => {
    const own = type.description || ROOTS.includes(type.name) ? [] : [type.name];
    if (isEnumType(type)) {
      return [...own, ...without(type.getValues(), type.name)];
    }
    if (!isObjectType(type) && !isInputObjectType(type)) return own;
    const fields = Object.values(type.getFields());
    const args = fields.flatMap((field) =>
      'args' in field ? without(field.args, `${type.name}.${field.name}`) : [],
    );
    return [...own, ...without(fields, type.name), ...args];
  });
  expect(bare).toEqual([]);
});

function without(parts: readonly { name: string; description?: string | null }[], owner: string): string[] {
  return parts.filter((part) => !part.description).map((part) => `${owner}.${part.name}`);
}

/**
 * Lists that are not paged, each with what keeps it short. Everything else that is many is a connection: a
 * list that grows with the years cannot be paged afterwards without breaking its clients.
 */
const SHORT_LISTS: Record<string, string[]> = {
  'one notice says it, and a notice is at most 10 MB': [
    'MarketDialogue.additionalCpv',
    'MarketDialogue.nuts',
    'Notice.buyers',
    'Notice.changes',
    'Notice.dataQuality',
    'Notice.lots',
    'Notice.results',
    'NoticeResult.winners',
    'Lot.criteria',
    'Lot.nutsCodes',
  ],
  'the few notices of one competition say it': [
    'Award.suppliers',
    'Contract.suppliers',
    'Procurement.contracts',
    'Tender.awards',
    'Tender.buyers',
    'Tender.contracts',
    'Tender.cpvCodes',
    'Tender.lots',
    'Tender.notices',
    'Tender.nutsCodes',
    'Tender.results',
  ],
  'one chain has one or a few': ['Need.dialogues', 'Procurement.dialogues', 'Procurement.needs'],
  'one chain has one or a few, and each of them tells a few things of itself': [
    'Procurement.dialogueTimeline',
    'Procurement.eventsTimeline',
  ],
  'somebody writes it by hand, for one page': [
    'Event.material',
    'Event.sessions',
    'MarketDialogue.activities',
    'MarketDialogue.hearingDocuments',
    'MarketDialogue.questionnaire',
    'MarketDialogue.questions',
    'Need.constraints',
    'Need.successCriteria',
    'DialogueQuestion.choices',
    'DialogueSummary.additions',
    'HearingDocument.versions',
    'Session.speakers',
    'Supplier.capabilities',
  ],
  'one text that somebody wrote has it, and texts have a greatest length': [
    'HearingVersion.paragraphs',
    'Need.findings',
    'Query.checkNeed',
  ],
  'one dialogue says it all in one document': ['DialogueSummary.sections', 'SummarySection.paragraphs'],
  'one answer to one dialogue, by one organisation': [
    'MarketInput.answers',
    'MarketInput.attachments',
    'MarketInput.earlierVersions',
  ],
  'a market in one region has so many, and whoever replays the lot needs them all': [
    'MarketDialogue.participants',
    'MeetingDraw.order',
  ],
  'some days of meetings, at most two hundred slots in a round': [
    'MarketDialogue.meetingRounds',
    'MeetingLot.unavailable',
    'MeetingRequest.unavailable',
    'MeetingRound.slots',
  ],
  'two sides say it about one meeting': ['Meeting.tradeSecrets', 'MeetingMinutes.comments'],
  'at most fifty seats are asked for at a time, and each chooses at most fifty items': [
    'Attendee.sessions',
    'Registration.attendees',
  ],
  'it is one’s own: a few at one event, at most ten addresses': [
    'Event.myRegistrations',
    'Query.myDialogueCalendarLinks',
  ],
  'one log-in acts for one organisation or a few, and there are six roles': [
    'AuditEntry.organisations',
    'AuditEntry.roles',
    'Me.memberships',
    'Me.organisations',
    'Me.scopes',
    'Member.grants',
    'Member.roles',
    'MyMembership.roles',
  ],
  'municipalities merge a few times in a century': ['Municipality.mergedFrom', 'Municipality.numbers'],
  'as long as what the client sent': [
    'AttendeesPayload.attendees',
    'ImportNoticesPayload.files',
    'UserError.path',
  ],
  'one mutation gives it, about as much as it has changed': ['DisclosuresPayload.disclosures'],
};

it('pages every list that can grow', () => {
  const lists = types
    .filter((type) => isObjectType(type))
    .filter((type) => !type.name.endsWith('Connection'))
    .flatMap((type) => Object.values(type.getFields()).map((field) => ({ type, field })))
    .filter(({ field }) => isListType(isNonNullType(field.type) ? field.type.ofType : field.type))
    // As long as what the client sent.
    .filter(({ field }) => getNamedType(field.type).name !== 'UserError')
    .map(({ type, field }) => `${type.name}.${field.name}`);
  expect(lists.sort()).toEqual(Object.values(SHORT_LISTS).flat().sort());
});

it('gives every connection its page arguments, its total and its page info', () => {
  const connections = types
    .filter((type) => isObjectType(type))
    .filter((type) => /Connection$/.test(type.name));
  expect(connections.length).toBeGreaterThan(5);
  for (const connection of connections) {
    expect(Object.keys(connection.getFields()).sort(), connection.name).toEqual([
      'edges',
      'nodes',
      'pageInfo',
      'totalCount',
    ]);
  }
  const unpaged = types
    .filter((type) => isObjectType(type))
    .flatMap((type) => Object.values(type.getFields()).map((field) => ({ type, field })))
    .filter(({ field }) => /Connection$/.test(getNamedType(field.type).name))
    .filter(({ field }) =>
      ['first', 'after', 'last', 'before'].some((name) => !field.args.some((arg) => arg.name === name)),
    )
    .map(({ type, field }) => `${type.name}.${field.name}`);
  expect(unpaged).toEqual([]);
});

it('gives every mutation one input and tells what the user can mend', () => {
  const mutation = types.find((type) => type.name === 'Mutation');
  if (!isObjectType(mutation)) throw new Error('The graph has no mutations.');
  for (const field of Object.values(mutation.getFields())) {
    expect(
      field.args.map((arg) => arg.name),
      field.name,
    ).toEqual(['input']);
    const payload = getNamedType(field.type);
    expect(isObjectType(payload) && Object.keys(payload.getFields()), field.name).toContain('userErrors');
  }
});
