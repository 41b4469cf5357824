import type { EntityManager } from '@mikro-orm/postgresql';
import { type CalendarEntry, calendarFeed, calendarResponse } from '@samspill/calendar';
import { PublicError, type RouteCall, type ServiceRoute, type ServiceStore } from '@samspill/subgraph';
import { isMunicipalityNumber } from '@samspill/values';
import { DialogueActivity } from '../market-dialogue/dialogue-activity.js';
import { announced } from '../market-dialogue/market-dialogue.filter.js';
import { MarketDialogue } from '../market-dialogue/market-dialogue.js';
import { noSuchDialogue } from '../market-dialogue/market-dialogue.permission.js';
import { Meeting } from '../meeting/meeting.js';
import { meetingEntry } from '../meeting/meeting-mail.js';
import { MeetingRequest } from '../meeting/meeting-request.js';
import { MeetingRound } from '../meeting/meeting-round.js';
import { MeetingSlot } from '../meeting/meeting-slot.js';
import { DialogueCalendarLink, hashOf } from './calendar-link.js';
import { activityEntries, deadlineEntries } from './dialogue-entries.js';

const DAY = 24 * 3_600_000;
/** What is older has no place in a calendar that programmes fetch every hour. */
const PAST_DAYS = 180;
/** The most of one feed: more than any municipality has, and no more than a telephone reads. */
const MOST_ENTRIES = 1_000;

const TITLES = {
  municipality: { nb: 'Markedsdialoger', nn: 'Marknadsdialogar', en: 'Market dialogues' },
  mine: {
    nb: 'Mine møter i markedsdialoger',
    nn: 'Møta mine i marknadsdialogar',
    en: 'My meetings in market dialogues',
  },
} as const;

/** Calendars to subscribe to: of a dialogue, of a municipality's dialogues, and of one's own meetings. */
export function calendarRoutes(store: ServiceStore): ServiceRoute[] {
  const methods = ['GET', 'HEAD'] as const;
  return [
    { methods, path: '/calendar/dialogues/:id.ics', handle: ofDialogue },
    { methods, path: '/calendar/municipalities/:number.ics', handle: ofMunicipality },
    { methods, path: '/calendar/mine/:token.ics', handle: (call) => ofPerson(call, store) },
  ];
}

async function ofDialogue({ request, params, context }: RouteCall): Promise<Response> {
  const { em, language } = context;
  const dialogue = await em.findOne(MarketDialogue, { $and: [{ id: params.id ?? '' }, announced] });
  if (!dialogue) throw noSuchDialogue();
  const activities = await activitiesOf(em, [dialogue.id]);
  const rounds = await em.find(MeetingRound, { dialogueId: dialogue.id }, { orderBy: { number: 'asc' } });
  const entries = [...activityEntries(dialogue, activities), ...deadlineEntries(dialogue, rounds, language)];
  return calendarResponse(request, calendarFeed({ name: dialogue.title, entries, language }));
}

async function ofMunicipality({ request, params, context }: RouteCall): Promise<Response> {
  const { em, language, clock } = context;
  const number = params.number ?? '';
  if (!isMunicipalityNumber(number)) throw noSuchMunicipality();
  const since = new Date(clock.now().getTime() - PAST_DAYS * DAY);
  const activities = await em.find(
    DialogueActivity,
    { startsAt: { $gte: since }, dialogue: { $and: [{ municipalityNumber: number }, announced] } },
    { orderBy: [{ startsAt: 'desc' }, { id: 'asc' }], limit: MOST_ENTRIES, populate: ['dialogue'] },
  );
  const byDialogue = Map.groupBy(activities, ({ dialogue }) => dialogue.$);
  const entries = [...byDialogue].flatMap(([dialogue, its]) => activityEntries(dialogue, its));
  return feed(request, { name: `${TITLES.municipality[language]} ${number}`, entries, language });
}

/** The meetings that the person of a secret address has asked for, in whichever dialogue and for whichever organisation. */
async function ofPerson({ request, params, context }: RouteCall, store: ServiceStore): Promise<Response> {
  const { language, clock } = context;
  // As the service: who has the address is nobody in particular, and sees these meetings and nothing else.
  const em = store.as('system');
  const link = await em.findOne(DialogueCalendarLink, { tokenHash: hashOf(params.token ?? '') });
  if (!link) throw noSuchCalendar();
  const asked = await em.find(MeetingRequest, { personId: link.personId });
  const since = new Date(clock.now().getTime() - PAST_DAYS * DAY);
  const meetings = await em.find(
    Meeting,
    { requestId: asked.map(({ id }) => id), startsAt: { $gte: since } },
    { orderBy: [{ startsAt: 'desc' }, { id: 'asc' }], limit: MOST_ENTRIES },
  );
  const dialogues = await byId(em.find(MarketDialogue, { id: meetings.map(({ dialogueId }) => dialogueId) }));
  const rounds = await byId(em.find(MeetingRound, { id: meetings.map(({ roundId }) => roundId) }));
  const slots = await byId(em.find(MeetingSlot, { id: meetings.map(({ slotId }) => slotId) }));
  const entries = meetings.flatMap((meeting) => {
    const dialogue = dialogues.get(meeting.dialogueId);
    const round = rounds.get(meeting.roundId);
    const slot = slots.get(meeting.slotId);
    return dialogue && round && slot ? meetingEntry({ dialogue, round }, meeting, slot) : [];
  });
  return feed(request, { name: TITLES.mine[language], entries, language });
}

/** The latest were chosen; a reader gets them in order of time. */
function feed(
  request: Request,
  { entries, ...rest }: { name: string; entries: readonly CalendarEntry[]; language: 'nb' | 'nn' | 'en' },
): Response {
  const inOrder = [...entries].sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime());
  return calendarResponse(request, calendarFeed({ ...rest, entries: inOrder }));
}

function activitiesOf(em: EntityManager, dialogueIds: readonly string[]): Promise<DialogueActivity[]> {
  return em.find(DialogueActivity, { dialogue: { $in: [...dialogueIds] } }, { orderBy: { position: 'asc' } });
}

async function byId<T extends { id: string }>(rows: Promise<T[]>): Promise<Map<string, T>> {
  return new Map((await rows).map((row) => [row.id, row]));
}

const noSuchMunicipality = (): PublicError =>
  new PublicError('NOT_FOUND', {
    nb: 'Et kommunenummer har fire sifre, som 3118. Se «municipalities» for dem som finnes.',
    nn: 'Eit kommunenummer har fire siffer, som 3118. Sjå «municipalities» for dei som finst.',
    en: 'A municipality number has four digits, such as 3118. See "municipalities" for those that there are.',
  });

const noSuchCalendar = (): PublicError =>
  new PublicError('NOT_FOUND', {
    nb: 'Kalenderen finnes ikke, eller ikke lenger. Lag en ny lenke med «createDialogueCalendarLink».',
    nn: 'Kalenderen finst ikkje, eller ikkje lenger. Lag ei ny lenkje med «createDialogueCalendarLink».',
    en: 'There is no such calendar, or not any more. Make a new link with "createDialogueCalendarLink".',
  });
