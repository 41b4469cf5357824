import { PublicError, type RequestContext } from '@samspill/subgraph';
import { DIALOGUE_LEADERS } from '../market-dialogue/market-dialogue.permission.js';
import { visibleToBothSides } from './meeting.filter.js';
import { Meeting } from './meeting.js';
import { MeetingRound } from './meeting-round.js';
import { MeetingSide } from './meeting-rules.js';
import { MeetingSlot } from './meeting-slot.js';

/** What a change needs to know before it takes its locks: whose it is and in which dialogue. */
export type RoundKey = Pick<MeetingRound, 'id' | 'dialogueId'>;
export type MeetingKey = Pick<Meeting, 'id' | 'dialogueId' | 'roundId'>;

/** The round, for a procurement officer of its municipality; refuses everybody else. */
export async function demandRound(context: RequestContext, id: string): Promise<RoundKey> {
  const round = await roundToActOn(context, id);
  await context.demand(DIALOGUE_LEADERS, round.municipalityNumber, { type: 'MeetingRound', id });
  return round;
}

/** The round that a slot belongs to, likewise. */
export async function demandSlot(context: RequestContext, slotId: string): Promise<RoundKey> {
  const slot = await context.em.fork().findOne(MeetingSlot, { id: slotId, removedAt: null });
  if (slot) return demandRound(context, slot.roundId);
  throw await context.refused(noSuchSlot(), context.operation ?? 'unknown', {
    type: 'MeetingSlot',
    id: slotId,
  });
}

/** The round, for whoever may know of it, such as a supplier who asks for a meeting. */
export async function roundToActOn(context: RequestContext, id: string): Promise<MeetingRound> {
  // Beside the request's own unit of work: who is refused has read nothing, and the log is not to say so.
  const round = await context.em.fork().findOne(MeetingRound, { id });
  if (round) return round;
  throw await context.refused(noSuchRound(), context.operation ?? 'unknown', { type: 'MeetingRound', id });
}

/** The meeting, for a procurement officer of its municipality. Others who know of it are refused, and strangers see none. */
export async function demandMeeting(context: RequestContext, id: string): Promise<MeetingKey> {
  const meeting = await meetingToActOn(context, id);
  await context.demand(DIALOGUE_LEADERS, meeting.municipalityNumber, { type: 'Meeting', id });
  return meeting;
}

/** The meeting and the side on which the actor is: the supplier’s, or as a procurement officer the municipality’s. */
export async function demandSide(
  context: RequestContext,
  id: string,
): Promise<{ readonly meeting: MeetingKey; readonly side: MeetingSide }> {
  const meeting = await meetingToActOn(context, id);
  const { organisationNumber, municipalityNumber } = meeting;
  if (context.actor.represents(organisationNumber)) return { meeting, side: MeetingSide.SUPPLIER };
  await context.demand(DIALOGUE_LEADERS, municipalityNumber, { type: 'Meeting', id });
  return { meeting, side: MeetingSide.MUNICIPALITY };
}

async function meetingToActOn(context: RequestContext, id: string): Promise<Meeting> {
  const where = { $and: [{ id }, ...visibleToBothSides<Meeting>(context)] };
  const meeting = await context.em.fork().findOne(Meeting, where);
  if (meeting) return meeting;
  // In the log it is the same as well: a meeting of others, and a meeting that there is not.
  throw await context.refused(noSuchMeeting(), context.operation ?? 'unknown', { type: 'Meeting', id });
}

export function noSuchRound(): PublicError {
  return new PublicError('NOT_FOUND', {
    nb: 'Det er ingen møterunde med denne id-en som du kan se. Se «marketDialogue { meetingRounds }».',
    nn: 'Det er ingen møterunde med denne id-en som du kan sjå. Sjå «marketDialogue { meetingRounds }».',
    en: 'There is no round of meetings with this id that you can see. See "marketDialogue { meetingRounds }".',
  });
}

export function noSuchSlot(): PublicError {
  return new PublicError('NOT_FOUND', {
    nb: 'Det er ingen møtetid med denne id-en. Se «meetingRound { slots }».',
    nn: 'Det er inga møtetid med denne id-en. Sjå «meetingRound { slots }».',
    en: 'There is no slot with this id. See "meetingRound { slots }".',
  });
}

export function noSuchMeeting(): PublicError {
  return new PublicError('NOT_FOUND', {
    nb: 'Det er ikke noe møte med denne id-en som du kan se. Se «meetingRound { meetings }».',
    nn: 'Det er ikkje noko møte med denne id-en som du kan sjå. Sjå «meetingRound { meetings }».',
    en: 'There is no meeting with this id that you can see. See "meetingRound { meetings }".',
  });
}

export function noSuchRequest(): PublicError {
  return new PublicError('NOT_FOUND', {
    nb: 'Virksomheten har ikke bedt om møte i denne runden. Se «meetingRound { requests }».',
    nn: 'Verksemda har ikkje bede om møte i denne runden. Sjå «meetingRound { requests }».',
    en: 'The organisation has not asked for a meeting in this round. See "meetingRound { requests }".',
  });
}
