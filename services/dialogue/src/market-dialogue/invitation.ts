import type { marketInvited, PayloadOf } from '@samspill/messages';
import { stableId } from '@samspill/values';
import { cpvBranches, type DialogueData, InvitationKind } from './market-dialogue.js';

export type Invitation = PayloadOf<typeof marketInvited>;

/** All versions of one notice lead to one dialogue. */
export const dialogueOfInvitation = (invitationId: string): string =>
  stableId('market-dialogue', invitationId);

type NoticeState = Pick<DialogueData, 'noticeId' | 'noticeVersion' | 'noticeDispatchedAt'>;

/** Whether a notice says more recent things than what the dialogue knows from notices already. */
export function isNewer(invitation: Invitation, known: NoticeState): boolean {
  if (known.noticeDispatchedAt === null) return true;
  const difference = Date.parse(invitation.dispatchedAt) - known.noticeDispatchedAt.getTime();
  if (difference !== 0) return difference > 0;
  const later = byVersion.compare(invitation.version, known.noticeVersion ?? '');
  // A correction may have a number of its own and be as old as what it corrects: any order, but always the same.
  return later === 0 ? invitation.noticeId > (known.noticeId ?? '') : later > 0;
}

/** `10` comes after `9`, and `02` after `1`. */
const byVersion = new Intl.Collator('en', { numeric: true });

/** A dialogue that nobody knew of before its notice. */
export function dialogueFrom(invitation: Invitation, procurementId: string): Omit<DialogueData, 'id'> {
  const { opensAt, closesAt } = opening(invitation);
  return {
    ...published(invitation),
    procurementId,
    buyerId: invitation.buyerId,
    municipalityNumber: invitation.municipalityNumber,
    announcedAt: new Date(invitation.dispatchedAt),
    opensAt,
    closesAt,
    ledHere: false,
    closedAt: null,
    cancellationReason: null,
    summarisedAt: null,
    questions: [],
    updatedAt: new Date(invitation.dispatchedAt),
  };
}

/**
 * What a notice changes in a dialogue that is known already. The newest notice replaces all that notices
 * say, so that versions give the same dialogue in whichever order they arrive. What the buyer decides in
 * the dialogue itself (its questions, activities and procurement, the deadline and address for answers where the notice gives none) stays.
 */
export function changesFrom(invitation: Invitation, known: DialogueData): Partial<DialogueData> {
  const dispatchedAt = new Date(invitation.dispatchedAt);
  const { opensAt, closesAt } = opening(invitation);
  // The market was told when the first version came out, also when that version arrives last.
  const first = {
    announcedAt: earliest(known.announcedAt, dispatchedAt),
    opensAt: earliest(known.opensAt, opensAt),
  };
  if (!isNewer(invitation, known)) return first;
  return {
    ...published(invitation),
    ...first,
    buyerId: invitation.buyerId ?? known.buyerId,
    municipalityNumber: invitation.municipalityNumber ?? known.municipalityNumber,
    // When a cancellation is taken back, its moment was no deadline.
    closesAt: closesAt ?? (known.cancelledAt ? null : known.closesAt),
    url: invitation.url ?? known.url,
    updatedAt: known.updatedAt > dispatchedAt ? known.updatedAt : dispatchedAt,
  };
}

function published(invitation: Invitation) {
  return {
    title: invitation.title,
    description: invitation.description,
    kind: invitation.kind === 'planning' ? InvitationKind.PLANNING : InvitationKind.CONSULTATION,
    language: invitation.language,
    expectedTenderDate: invitation.plannedDate,
    cpv: invitation.cpv,
    additionalCpv: invitation.additionalCpv,
    cpvBranches: cpvBranches([invitation.cpv, ...invitation.additionalCpv]),
    nuts: invitation.nuts,
    url: invitation.url,
    contact: invitation.contact,
    noticeId: invitation.noticeId,
    noticeVersion: invitation.version,
    noticeDispatchedAt: new Date(invitation.dispatchedAt),
    cancelledAt: invitation.cancelled ? new Date(invitation.dispatchedAt) : null,
  };
}

/**
 * A consultation takes answers from the day it is published to its deadline. Without a deadline nobody
 * can say how long it is open, and a planning notice asks for no answers: both only announce. A cancelled
 * one closes at once, whatever deadline it still states or the buyer has set.
 */
function opening({ kind, dispatchedAt, answersDeadline, cancelled }: Invitation): {
  opensAt: Date | null;
  closesAt: Date | null;
} {
  const sentAt = new Date(dispatchedAt);
  const deadline = answersDeadline === null ? null : new Date(answersDeadline);
  return {
    opensAt: kind === 'consultation' && deadline ? sentAt : null,
    closesAt: cancelled ? earliest(deadline, sentAt) : deadline,
  };
}

function earliest(one: Date | null, other: Date | null): Date | null {
  if (one === null || other === null) return one ?? other;
  return one < other ? one : other;
}
