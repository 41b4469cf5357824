import type { EntityManager } from '@mikro-orm/postgresql';
import { lockUntilTheEnd } from '@samspill/database';
import type { ServiceStore } from '@samspill/subgraph';
import { lockDialogue } from '../market-dialogue/dialogue-lock.js';
import { type DialogueFacts, factsOf } from '../market-dialogue/dialogue-rules.js';
import { MarketDialogue } from '../market-dialogue/market-dialogue.js';
import { noSuchDialogue } from '../market-dialogue/market-dialogue.permission.js';
import { noSuchRound, type RoundKey } from './meeting.permission.js';
import { MeetingRound } from './meeting-round.js';

/** A dialogue as it is while nobody else changes it or its meetings. */
export interface DialogueToMeetIn {
  readonly dialogue: MarketDialogue;
  readonly facts: DialogueFacts;
  readonly now: Date;
}

/**
 * Holds the dialogue, so that it is not closed meanwhile, and all meetings of the service: two rounds that are drawn at
 * the same moment would each find an organisation or a room free. The constraints of the tables refuse that as
 * well, but as an error that nobody can mend.
 */
export async function lockMeetingsOf(
  em: EntityManager,
  store: ServiceStore,
  dialogueId: string,
): Promise<DialogueToMeetIn> {
  await lockDialogue(em, dialogueId);
  await lockUntilTheEnd(em, 'dialogue.meeting');
  const dialogue = await em.findOne(MarketDialogue, { id: dialogueId });
  if (!dialogue) throw noSuchDialogue();
  return { dialogue, facts: await factsOf(em, dialogue), now: store.host.clock.now() };
}

export async function lockRound(
  em: EntityManager,
  store: ServiceStore,
  { id, dialogueId }: RoundKey,
): Promise<DialogueToMeetIn & { readonly round: MeetingRound }> {
  const around = await lockMeetingsOf(em, store, dialogueId);
  const round = await em.findOne(MeetingRound, { id });
  if (!round) throw noSuchRound();
  return { ...around, round };
}

/**
 * Changes a round in the actor's own name. Everybody sees rounds, so an update by somebody who may not would touch no
 * row and raise no error: what comes after it, as the service, must not happen then.
 */
export async function writeRound(
  em: EntityManager,
  round: MeetingRound,
  values: Partial<Pick<MeetingRound, 'updatedAt' | 'cancelledAt' | 'cancellationReason'>>,
): Promise<void> {
  const written = await em.nativeUpdate(MeetingRound, { id: round.id }, values);
  if (written !== 1) throw noSuchRound();
}
