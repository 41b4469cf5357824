import type { RequestContext } from '@samspill/subgraph';
import type { DialogueParticipant } from './dialogue-participant.js';
import { Participant, ParticipantCount, ShownParticipant } from './participant.js';

/** How many take part. */
export async function participantCountOf(context: RequestContext, dialogueId: string): Promise<number> {
  const count = await context.batched('participant-count', dialogueId, async (ids) => {
    const found = await context.find(ParticipantCount, { id: { $in: [...ids] } });
    return new Map(found.map(({ id, participants }) => [id, participants]));
  });
  return count ?? 0;
}

/**
 * Who takes part, as far as the actor may know: the municipality all of them, an organisation itself, and everybody
 * all of them once the dialogue is summarised, then without whom to reach.
 */
export async function participantsFor(
  context: RequestContext,
  dialogueId: string,
): Promise<DialogueParticipant[]> {
  const participants = await context.batched('participants', dialogueId, async (ids) => {
    const where = { dialogueId: { $in: [...ids] } };
    const orderBy = [{ joinedAt: 'asc' as const }, { id: 'asc' as const }];
    const whole = context.actor.isPublic
      ? []
      : await context.find(Participant, { ...where, leftAt: null }, { orderBy });
    const known = new Set(whole.map(({ id }) => id));
    const shown = await context.find(ShownParticipant, where, { orderBy });
    const others = shown.filter(({ id }) => !known.has(id)).map(withoutContact);
    const all = [...whole, ...others].sort(firstToJoinFirst);
    return Map.groupBy(all, (each) => each.dialogueId);
  });
  return participants ?? [];
}

function firstToJoinFirst(one: ShownParticipant, other: ShownParticipant): number {
  const difference = one.joinedAt.getTime() - other.joinedAt.getTime();
  if (difference !== 0) return difference;
  return one.id < other.id ? -1 : 1;
}

function withoutContact({
  id,
  dialogueId,
  organisationNumber,
  organisationName,
  joinedAt,
}: ShownParticipant) {
  const organisation = { organisationNumber, organisationName };
  return { id, dialogueId, ...organisation, joinedAt, contactName: null, contactEmail: null };
}
