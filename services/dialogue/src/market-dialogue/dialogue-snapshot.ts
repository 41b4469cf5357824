import { digest } from '@samspill/audit';
import type { AuditedObject } from '@samspill/subgraph';
import type { DialogueActivity } from './dialogue-activity.js';
import type { MarketDialogue } from './market-dialogue.js';

/** What counts of a dialogue. Plain, because a digest has no words for an entity. */
export function dialogueDigest(dialogue: MarketDialogue, parts: object = {}): Buffer {
  const { id, procurementId, municipalityNumber, buyerId, title, description, language, url } = dialogue;
  const { announcedAt, opensAt, closesAt, cancelledAt, cancellationReason, closedAt, summarisedAt } =
    dialogue;
  const { expectedTenderDate, cpv, additionalCpv, nuts, questions, contact } = dialogue;
  const { name = null, email = null, telephone = null } = contact ?? {};
  return digest({
    ...{ id, procurementId, municipalityNumber, buyerId, title, description, language, url },
    ...{ announcedAt, opensAt, closesAt, cancelledAt, cancellationReason, closedAt, summarisedAt },
    ...{ expectedTenderDate, cpv, additionalCpv: [...additionalCpv], nuts: [...nuts] },
    ...{ questions: [...questions], contact: { name, email, telephone }, ...parts },
  });
}

/** A dialogue and what was done with it, for the audit log. */
export function changedDialogue(dialogue: MarketDialogue, before: Buffer | null): AuditedObject {
  return {
    object: { type: 'MarketDialogue', id: dialogue.id },
    owner: { municipality: dialogue.municipalityNumber },
    before,
    after: dialogueDigest(dialogue),
  };
}

/** What counts of an activity. */
export function activityFacts(activity: DialogueActivity): object {
  const { id, position, type, title, startsAt, endsAt, place, url } = activity;
  return { id, position, type, title, startsAt, endsAt, place, url };
}
