import type { EntityManager } from '@mikro-orm/postgresql';
import { type CalendarEntry, invitation } from '@samspill/calendar';
import { isEmailAddress, type MailTemplate, queueMail } from '@samspill/mail';
import type { ServiceStore } from '@samspill/subgraph';
import type { MarketDialogue } from '../market-dialogue/market-dialogue.js';
import { Participant } from '../participant/participant.js';
import type { Meeting } from './meeting.js';
import {
  meetingAllotted,
  meetingCancelled,
  meetingMoved,
  meetingNotAllotted,
  roundCancelled,
} from './meeting-mail-texts.js';
import type { MeetingRound } from './meeting-round.js';
import type { MeetingSlot } from './meeting-slot.js';

/** What letters are written from. Works as the service: whom to reach is not everybody's to read. */
export interface MeetingPost {
  readonly em: EntityManager;
  readonly store: ServiceStore;
  readonly dialogue: MarketDialogue;
  readonly round: MeetingRound;
}

type Scheduled = Pick<MeetingSlot, 'room'>;

export async function mailAllotted(post: MeetingPost, meeting: Meeting, slot: Scheduled): Promise<void> {
  const once = `meeting-allotted:${meeting.id}`;
  await toSupplier(post, meetingAllotted, newsOf(post, meeting, slot), once, meeting, slot);
}

export async function mailMoved(
  post: MeetingPost,
  meeting: Meeting,
  slot: Scheduled,
  startedAt: Date,
): Promise<void> {
  const news = { ...newsOf(post, meeting, slot), startedAt };
  await toSupplier(
    post,
    meetingMoved,
    news,
    `meeting-moved:${meeting.id}:${meeting.sequence}`,
    meeting,
    slot,
  );
}

/** To both: whoever cancels wants it out of the calendar as well. */
export async function mailCancelled(post: MeetingPost, meeting: Meeting, slot: Scheduled): Promise<void> {
  const news = { ...newsOf(post, meeting, slot), reason: meeting.cancellationReason ?? '' };
  const once = `meeting-cancelled:${meeting.id}`;
  await toSupplier(post, meetingCancelled, news, once, meeting, slot);
  const { contact, id } = post.dialogue;
  if (!contact?.email || !isEmailAddress(contact.email)) return;
  await queueMail({ em: post.em }, post.store, {
    template: meetingCancelled,
    data: news,
    to: { email: contact.email, ...(contact.name && { name: contact.name }) },
    language: 'nb',
    once: `${once}:municipality`,
    about: { type: 'MarketDialogue', id },
  });
}

export async function mailNotAllotted(post: MeetingPost, to: Participant): Promise<void> {
  const { dialogue, round } = post;
  const data = { dialogue: dialogue.title, round: round.title, organisation: to.organisationName };
  await letter(
    post,
    to,
    meetingNotAllotted,
    data,
    `meeting-not-allotted:${round.id}:${to.organisationNumber}`,
  );
}

export async function mailRoundCancelled(post: MeetingPost, to: Participant, reason: string): Promise<void> {
  const { dialogue, round } = post;
  const data = { dialogue: dialogue.title, round: round.title, organisation: to.organisationName, reason };
  await letter(
    post,
    to,
    roundCancelled,
    data,
    `meeting-round-cancelled:${round.id}:${to.organisationNumber}`,
  );
}

/**
 * The participants of a dialogue by organisation. Not kept in the unit of work: what the service reads in order to
 * write letters, whoever caused them has not read.
 */
export async function participantsByNumber(
  em: EntityManager,
  dialogueId: string,
  organisationNumber?: string,
): Promise<Map<string, Participant>> {
  const which = organisationNumber === undefined ? {} : { organisationNumber };
  const where = { dialogueId, leftAt: null, ...which };
  const found = await em.find(Participant, where, { disableIdentityMap: true });
  return new Map(found.map((participant) => [participant.organisationNumber, participant]));
}

async function toSupplier<News>(
  post: MeetingPost,
  template: MailTemplate<News>,
  news: News,
  once: string,
  meeting: Meeting,
  slot: Scheduled,
): Promise<void> {
  const { dialogueId, organisationNumber } = meeting;
  const to = (await participantsByNumber(post.em, dialogueId, organisationNumber)).get(organisationNumber);
  if (to) await letter(post, to, template, news, once, meetingEntry(post, meeting, slot));
}

async function letter<News>(
  { em, store, dialogue }: MeetingPost,
  to: Participant,
  template: MailTemplate<News>,
  data: News,
  once: string,
  entry?: CalendarEntry,
): Promise<void> {
  const { contactEmail: email, contactName: name, language, personId } = to;
  // Somebody who is forgotten has no address any more, and their organisation none that we know.
  if (email === null || !isEmailAddress(email)) return;
  const addressee = { email, ...(name !== null && { name }) };
  await queueMail({ em }, store, {
    ...{ template, data, to: addressee, language, once, personId },
    about: { type: 'MarketDialogue', id: dialogue.id },
    ...(entry && { calendar: invitation(entry, addressee) }),
  });
}

function newsOf({ dialogue, round }: MeetingPost, meeting: Meeting, { room }: Scheduled) {
  const { organisationName: organisation, startsAt, endsAt } = meeting;
  return { dialogue: dialogue.title, round: round.title, organisation, startsAt, endsAt, room };
}

/** A meeting as calendars know it. */
export function meetingEntry(
  { dialogue, round }: Pick<MeetingPost, 'dialogue' | 'round'>,
  meeting: Meeting,
  { room }: Scheduled,
): CalendarEntry {
  const { id, sequence, updatedAt, startsAt, endsAt, cancelledAt } = meeting;
  return {
    ...{ id: `${id}@samspill`, sequence, updatedAt, startsAt, endsAt },
    title: `${dialogue.title}: ${round.title}`,
    description: meeting.organisationName,
    place: room,
    cancelled: cancelledAt !== null,
    organiser: dialogue.contact?.name ? { name: dialogue.contact.name, email: dialogue.contact.email } : null,
  };
}
