import { randomUUID } from 'node:crypto';
import {
  type ActorName,
  type AskAs,
  done,
  except,
  INDRE_OSTFOLD,
  inHours,
  type Operations,
  OYEREN,
  persons,
  type Question,
  type Verdict,
} from '../actors.js';

/** Those with the role EVENT_HOST in Indre Østfold. */
const hosts: ActorName[] = ['officer', 'event-host'];
/** Who may change a registration of Øyeren; to everybody else who has logged in there is none. */
const theirs: ActorName[] = ['supplier', ...hosts];
const strangers = except(persons, ...theirs);

const REST = 'userErrors { code }';

/** Registrations, the waiting list and check-in. */
export const registrations: Operations = {
  'Mutation.registerForEvent': [
    {
      of: 'oneself',
      admitted: persons,
      ask: async (as) => register({ eventId: await event(as), contactName: 'Noen' }),
    },
    {
      of: 'Øyeren',
      admitted: ['supplier'],
      ask: async (as) => register({ eventId: await event(as), ...ofOyeren }),
    },
  ],
  'Mutation.updateRegistration': [
    changing('updateRegistration', 'UpdateRegistrationInput', async (as) => ({
      ...{ id: (await confirmed(as)).id, contactName: `Annen ${randomUUID()}` },
    })),
  ],
  'Mutation.cancelRegistration': [
    {
      ...changing('cancelRegistration', 'CancelRegistrationInput', async (as) => ({
        ...{ id: (await confirmed(as)).id, reason: 'Dobbelt påmeldt' },
      })),
      of: 'with seats',
    },
    {
      ...changing('cancelRegistration', 'CancelRegistrationInput', async (as) => ({
        ...{ id: (await waiting(as)).id, reason: 'Dobbelt påmeldt' },
      })),
      of: 'in the line',
    },
  ],
  'Mutation.acceptOffer': [
    changing('acceptOffer', 'AnswerOfferInput', async (as) => ({ id: await offered(as) })),
  ],
  'Mutation.declineOffer': [
    changing('declineOffer', 'AnswerOfferInput', async (as) => ({ id: await offered(as) })),
  ],
  'Mutation.eraseAttendee': [
    {
      admitted: theirs,
      unknowing: strangers,
      ask: async (as) => ({
        query:
          'mutation ($id: ID!) { eraseAttendee(input: {attendeeId: $id}) { erasedId userErrors { code } } }',
        variables: { id: (await confirmed(as)).attendeeId },
      }),
    },
  ],
  'Query.myRegistrations': [
    {
      admitted: persons,
      ask: async (as) => {
        const eventId = await event(as);
        // Some of them are one person at two log-ins; the same request is carried out once.
        const { query, variables } = register({ eventId, contactName: 'Noen', clientKey: 'once' });
        for (const who of persons) await done(as(who, query, variables));
        return { query: '{ myRegistrations(first: 1) { nodes { id contactName } } }' };
      },
    },
  ],
  'Event.registrations': [
    {
      admitted: hosts,
      // The database shows them their own.
      themselves: ['supplier'],
      ask: async (as) => ({
        query: 'query ($id: ID!) { event(id: $id) { registrations { nodes { id contactEmail } } } }',
        variables: { id: (await confirmed(as)).eventId },
      }),
    },
  ],
  'Attendance.attendees': [
    {
      admitted: hosts,
      themselves: ['supplier'],
      ask: async (as) => ({
        query: 'query ($id: ID!) { event(id: $id) { attendance { attendees { nodes { id name } } } } }',
        variables: { id: (await confirmed(as)).eventId },
      }),
    },
  ],

  'Mutation.checkIn': [
    {
      admitted: hosts,
      ask: async (as) => {
        const { eventId, code } = await confirmed(as);
        return {
          query: `mutation ($input: CheckInInput!) { checkIn(input: $input) { attendee { id } ${REST} } }`,
          variables: { input: { eventId, code } },
        };
      },
    },
  ],
  'Mutation.checkInByHand': [
    {
      admitted: hosts,
      ask: async (as) => ticksOff((await confirmed(as)).attendeeId),
    },
  ],
  'Mutation.undoCheckIn': [
    {
      admitted: hosts,
      ask: async (as) => {
        const { attendeeId: id } = await confirmed(as);
        const { query, variables } = ticksOff(id);
        await done(as('event-host', query, variables));
        return {
          query: `mutation ($id: ID!) { undoCheckIn(input: {attendeeId: $id}) { attendee { id } ${REST} } }`,
          variables: { id },
        };
      },
    },
  ],
  'Mutation.addWalkIn': [
    {
      admitted: hosts,
      ask: async (as) => ({
        query: `mutation ($id: ID!) { addWalkIn(input: {eventId: $id, name: "Noen"}) { attendee { id } ${REST} } }`,
        variables: { id: await event(as) },
      }),
    },
  ],
};

/** What everybody is told of a line and of who came: numbers. */
export async function numbersOfEvent(as: AskAs): Promise<Question> {
  return {
    query: `query ($id: ID!) { event(id: $id) {
      seatsFree waiting { registrations seats } attendance { registered checkedIn } myRegistrations { contactName } } }`,
    variables: { id: (await confirmed(as)).eventId },
  };
}

const ofOyeren = {
  ...{ organisationNumber: OYEREN, organisationName: 'Øyeren Velferdsteknologi AS' },
  ...{ contactName: 'hemmelig kontakt i Øyeren', attendees: [{ name: 'hemmelig deltaker fra Øyeren' }] },
};

/** A published event of tonight, so that one can register and be checked in at the same time. */
async function event(as: AskAs, capacity?: number): Promise<string> {
  const create =
    'mutation ($input: CreateEventInput!) { createEvent(input: $input) { event { id } userErrors { code } } }';
  const input = {
    ...{ municipality: INDRE_OSTFOLD, title: 'Åpent kurs', description: 'For alle.', kind: 'COURSE' },
    ...{ organiser: 'Kommunen', online: true, capacity },
    ...{ startsAt: inHours(12), endsAt: inHours(14), registrationOpensAt: inHours(-1) },
  };
  const { id } = (await done(as('event-host', create, { input }))).createEvent.event;
  await done(as('event-host', `mutation ($id: ID!) { publishEvent(input: {id: $id}) { ${REST} } }`, { id }));
  return id;
}

function register(input: object): Question {
  return {
    query: `mutation ($input: RegisterForEventInput!) { registerForEvent(input: $input) {
      registration { id attendees { id checkInCode } } ${REST} } }`,
    variables: { input: { contactEmail: 'noen@eksempel.no', ...input } },
  };
}

async function registered(as: AskAs, who: ActorName, input: object) {
  const { query, variables } = register(input);
  return (await done(as(who, query, variables))).registerForEvent.registration;
}

/** One seat of Øyeren. */
async function confirmed(as: AskAs) {
  const eventId = await event(as);
  const { id, attendees } = await registered(as, 'supplier', { eventId, ...ofOyeren });
  return { eventId, id, attendeeId: attendees[0].id, code: attendees[0].checkInCode };
}

/** Øyeren in the line behind somebody with the only seat. */
async function waiting(as: AskAs) {
  const eventId = await event(as, 1);
  const first = await registered(as, 'person', { eventId, contactName: 'Noen' });
  const { id } = await registered(as, 'supplier', { eventId, ...ofOyeren });
  return { id, first: first.id };
}

async function offered(as: AskAs): Promise<string> {
  const { id, first } = await waiting(as);
  const cancel = `mutation ($id: ID!) { cancelRegistration(input: {id: $id}) { ${REST} } }`;
  await done(as('person', cancel, { id: first }));
  return id;
}

function changing(mutation: string, type: string, input: (as: AskAs) => Promise<object>): Verdict {
  return {
    admitted: theirs,
    unknowing: strangers,
    ask: async (as) => ({
      query: `mutation ($input: ${type}!) { ${mutation}(input: $input) { registration { id } ${REST} } }`,
      variables: { input: await input(as) },
    }),
  };
}

function ticksOff(id: string): Question {
  return {
    query: `mutation ($ids: [ID!]!) { checkInByHand(input: {attendeeIds: $ids}) { attendees { id } ${REST} } }`,
    variables: { ids: [id] },
  };
}
