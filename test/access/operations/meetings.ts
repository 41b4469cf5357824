import { randomUUID } from 'node:crypto';
import {
  type ActorName,
  type AskAs,
  colleagues,
  done,
  everybody,
  except,
  INDRE_OSTFOLD,
  inMinutes,
  type Operations,
  OYEREN,
  persons,
  type Question,
  time,
} from '../actors.js';

const MYSEN = '310000027';
const REST = 'userErrors { code }';

/** Who knows of a meeting with Øyeren, and everybody else who has logged in as a person: to them there is none. */
const knowing: ActorName[] = [...colleagues, 'supplier'];
const strangers = except(persons, ...knowing);

export const meetings: Operations = {
  'Query.meetingRound': [
    {
      admitted: everybody,
      ask: async (as) => ({
        query:
          'query ($id: ID!) { meetingRound(id: $id) { id status requestCount slots { id } requests { nodes { organisationName } } meetings { nodes { id } } } }',
        variables: { id: (await requested(as)).roundId },
      }),
    },
  ],
  'Query.meeting': [
    {
      admitted: knowing,
      inVain: except(everybody, ...knowing),
      ask: async (as) => ({
        query: 'query ($id: ID!) { meeting(id: $id) { id organisationName status } }',
        variables: { id: await known(as) },
      }),
    },
  ],
  'Query.myDialogueCalendarLinks': [
    {
      admitted: persons,
      ask: async (as) => {
        const query = '{ myDialogueCalendarLinks { id name createdAt } }';
        const link = question('createDialogueCalendarLink', {}, 'calendarLink { id }');
        for (const who of persons) {
          const { data } = await as(who, query);
          // There is room for few.
          if (data.myDialogueCalendarLinks.length === 0) await done(as(who, link.query, link.variables));
        }
        return { query };
      },
    },
  ],

  'Mutation.createMeetingRound': [
    {
      admitted: ['officer'],
      ask: async (as) => question('createMeetingRound', await plan(as), 'meetingRound { id }'),
    },
  ],
  'Mutation.addSlots': [
    {
      admitted: ['officer'],
      ask: async (as) => {
        const { roundId } = await requested(as);
        const input = { roundId, days: [anHour()], rooms: [randomUUID()] };
        return question('addSlots', input, 'meetingRound { id }');
      },
    },
  ],
  'Mutation.removeSlot': [
    {
      admitted: ['officer'],
      ask: async (as) => {
        const { slots } = await requested(as);
        return question('removeSlot', { slotId: slots[0]?.id }, 'meetingRound { id }');
      },
    },
  ],
  'Mutation.cancelMeetingRound': [
    {
      admitted: ['officer'],
      ask: async (as) => {
        const { roundId } = await requested(as);
        return question('cancelMeetingRound', { roundId, reason: 'Avlyst.' }, 'meetingRound { id }');
      },
    },
  ],
  'Mutation.drawMeetings': [
    {
      admitted: ['officer'],
      ask: async (as) => {
        const { roundId } = await ripe(as);
        return question('drawMeetings', { roundId }, 'meetingRound { id draw { order { position } } }');
      },
    },
  ],
  'Mutation.requestMeeting': [
    {
      of: 'Øyeren',
      admitted: ['supplier'],
      ask: async (as) => {
        const { id: roundId } = await begun(as);
        return question('requestMeeting', { roundId, organisationNumber: OYEREN }, 'meetingRequest { id }');
      },
    },
  ],
  'Mutation.withdrawMeetingRequest': [
    {
      of: 'Øyeren',
      admitted: ['supplier'],
      ask: async (as) => {
        const { roundId } = await requested(as);
        return question(
          'withdrawMeetingRequest',
          { roundId, organisationNumber: OYEREN },
          'meetingRequest { id }',
        );
      },
    },
  ],
  'Mutation.cancelMeeting': [
    {
      of: 'Øyeren',
      admitted: ['officer', 'supplier'],
      unknowing: strangers,
      ask: async (as) => {
        const { meetingId } = await coming(as);
        return question('cancelMeeting', { meetingId, reason: 'Syk.' }, 'meeting { id }');
      },
    },
  ],
  'Mutation.moveMeeting': [
    {
      of: 'Øyeren',
      admitted: ['officer'],
      // Other officers alone come so far as to be told that there is no such meeting.
      unknowing: ['officer-marker'],
      ask: async (as) => {
        const { meetingId, freeSlotId } = await coming(as);
        return question('moveMeeting', { meetingId, slotId: freeSlotId }, 'meeting { id }');
      },
    },
  ],
  'Mutation.recordMinutes': [
    {
      of: 'Mysen',
      admitted: ['officer'],
      unknowing: ['officer-marker'],
      ask: async (as) => question('recordMinutes', minutesOf(await held(as)), 'meeting { id }'),
    },
  ],
  'Mutation.commentOnMinutes': [
    {
      of: 'Mysen',
      admitted: ['officer', 'supplier-2'],
      unknowing: except(persons, ...colleagues, 'supplier-2'),
      ask: async (as) => {
        const meetingId = await recorded(as);
        return question('commentOnMinutes', { meetingId, text: 'Det stemmer.' }, 'meeting { id }');
      },
    },
  ],

  'Mutation.createDialogueCalendarLink': [
    { admitted: persons, ask: () => question('createDialogueCalendarLink', {}, 'calendarLink { id }') },
  ],
  'Mutation.revokeDialogueCalendarLink': [
    {
      of: 'Øyeren’s representative',
      admitted: ['supplier'],
      unknowing: except(persons, 'supplier'),
      ask: async (as) => {
        const made = question('createDialogueCalendarLink', {}, 'calendarLink { id }');
        const { createDialogueCalendarLink } = await done(as('supplier', made.query, made.variables));
        return question(
          'revokeDialogueCalendarLink',
          { id: createDialogueCalendarLink.calendarLink.id },
          'revokedId',
        );
      },
    },
  ],
};

function question(mutation: string, input: object, fields: string): Question {
  const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${fields} ${REST} } }`;
  return { query, variables: { input } };
}

/** Does it as somebody who may, and gives the object that came of it. */
async function made(as: AskAs, who: ActorName, mutation: string, input: object, fields: string) {
  const { query, variables } = question(mutation, input, fields);
  const { userErrors: _, ...rest } = (await done(as(who, query, variables)))[mutation];
  // biome-ignore lint/suspicious/noExplicitAny: each mutation has an object of its own
  return Object.values(rest)[0] as any;
}

const minutesOf = (meetingId: string) => ({
  meetingId,
  text: 'Vi snakket sammen.',
  told: [],
  nothingTold: true,
});

/** One dialogue for each region, announced, with Øyeren and Mysen in it. */
const dialogues = new WeakMap<AskAs, Promise<string>>();
function dialogue(as: AskAs): Promise<string> {
  const known = dialogues.get(as) ?? beginDialogue(as);
  dialogues.set(as, known);
  return known;
}

async function beginDialogue(as: AskAs): Promise<string> {
  const municipality = INDRE_OSTFOLD;
  const words = { title: 'Møter', effect: 'e', users: 'u', successCriteria: ['c'] };
  const need = await made(as, 'officer', 'createNeed', { municipality, ...words }, 'need { id }');
  await made(as, 'officer', 'publishNeed', { id: need.id }, 'need { id }');
  const dates = { opensAt: inMinutes(1), closesAt: inMinutes(100_000) };
  const contact = { name: 'Innkjøp', email: 'innkjop@example.no' };
  const draft = {
    municipality,
    needId: need.id,
    title: 'Møter',
    description: 'Om møter.',
    contact,
    ...dates,
  };
  const { id } = await made(as, 'officer', 'createMarketDialogue', draft, 'marketDialogue { id }');
  await made(as, 'officer', 'announceMarketDialogue', { id }, 'marketDialogue { id }');
  for (const [who, organisationNumber] of [
    ['supplier', OYEREN],
    ['supplier-2', MYSEN],
  ] as const) {
    const whom = { organisationName: 'Leverandør AS', contactName: 'Kontakt', contactEmail: 'k@example.no' };
    await made(
      as,
      who,
      'joinMarketDialogue',
      { dialogueId: id, organisationNumber, ...whom },
      'participant { id }',
    );
  }
  return id;
}

/** Nobody is in two places at once: each round has an hour of its own. */
let hours = 0;
function anHour() {
  hours += 1;
  const start = 24 * 60 + hours * 60;
  return { from: inMinutes(start), to: inMinutes(start + 59) };
}

/** Two meetings of twenty-five minutes, and a moment in which to ask for them. */
const plan = async (as: AskAs, closesIn = 60, day = anHour(), minutes = 25) => ({
  ...{ dialogueId: await dialogue(as), minutes, days: [day], rooms: [randomUUID()] },
  requestsCloseAt: inMinutes(closesIn),
});

const begun = async (as: AskAs): Promise<{ id: string; slots: { id: string }[] }> =>
  made(as, 'officer', 'createMeetingRound', await plan(as), 'meetingRound { id slots { id } }');

async function requested(as: AskAs) {
  const { id: roundId, slots } = await begun(as);
  await made(
    as,
    'supplier',
    'requestMeeting',
    { roundId, organisationNumber: OYEREN },
    'meetingRequest { id }',
  );
  return { roundId, slots };
}

/** A round whose time for asking is over. */
async function ripe(as: AskAs): Promise<{ roundId: string }> {
  const input = await plan(as, 1);
  const { id: roundId } = await made(as, 'officer', 'createMeetingRound', input, 'meetingRound { id }');
  const request = { roundId, organisationNumber: OYEREN };
  await made(as, 'supplier', 'requestMeeting', request, 'meetingRequest { id }');
  time.past(input.requestsCloseAt);
  return { roundId };
}

/** A meeting of Øyeren that is still to be held, and a slot beside it that nobody has. */
async function coming(as: AskAs): Promise<{ meetingId: string; freeSlotId: string }> {
  const { roundId } = await ripe(as);
  const fields = 'meetingRound { slots { id } meetings(first: 1) { nodes { id slot { id } } } }';
  const round = await made(as, 'officer', 'drawMeetings', { roundId }, fields);
  const [meeting] = round.meetings.nodes;
  const free = round.slots.find(({ id }: { id: string }) => id !== meeting.slot.id);
  return { meetingId: meeting.id, freeSlotId: free.id };
}

/** One for each region, for those who only look. */
const shown = new WeakMap<AskAs, Promise<string>>();
function known(as: AskAs): Promise<string> {
  const meeting = shown.get(as) ?? coming(as).then(({ meetingId }) => meetingId);
  shown.set(as, meeting);
  return meeting;
}

/** A meeting of Mysen that is over and that nobody has written down. */
async function held(as: AskAs): Promise<string> {
  const day = { from: inMinutes(2), to: inMinutes(7) };
  const input = await plan(as, 1, day, 5);
  const { id: roundId } = await made(as, 'officer', 'createMeetingRound', input, 'meetingRound { id }');
  const request = { roundId, organisationNumber: MYSEN };
  await made(as, 'supplier-2', 'requestMeeting', request, 'meetingRequest { id }');
  time.past(input.requestsCloseAt);
  const fields = 'meetingRound { meetings(first: 1) { nodes { id } } }';
  const round = await made(as, 'officer', 'drawMeetings', { roundId }, fields);
  time.past(day.to);
  return round.meetings.nodes[0].id;
}

/** One for each region: minutes take as many comments as there are. */
const recordedMeetings = new WeakMap<AskAs, Promise<string>>();
function recorded(as: AskAs): Promise<string> {
  const meeting =
    recordedMeetings.get(as) ??
    held(as).then(
      async (id) => (await made(as, 'officer', 'recordMinutes', minutesOf(id), 'meeting { id }')).id,
    );
  recordedMeetings.set(as, meeting);
  return meeting;
}
