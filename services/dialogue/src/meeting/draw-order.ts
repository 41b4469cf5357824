import { createHash } from 'node:crypto';

/** One who has asked for a meeting, as far as the lot is concerned. */
export interface DrawnRequest {
  readonly organisationNumber: string;
  /** Whether it has had a meeting in an earlier round of the dialogue. */
  readonly hadMeetingBefore: boolean;
}

export interface DrawnPlace extends DrawnRequest {
  /** SHA-256 of `seed:organisationNumber`, as hexadecimal digits. */
  readonly digest: string;
}

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/** What is published when the round is created, so that nobody can choose another seed once the requests are known. */
export const seedCommitment = sha256;

/** The number on somebody's lot. */
export const lotOf = (seed: string, organisationNumber: string): string =>
  sha256(`${seed}:${organisationNumber}`);

/**
 * The order in which requests get their meetings: those who have had none before come first, and among equals the
 * lowest digest. It depends on nothing but the seed and the numbers, so whoever has them gets the same.
 */
export function drawOrder(seed: string, requests: readonly DrawnRequest[]): DrawnPlace[] {
  return requests
    .map(({ organisationNumber, hadMeetingBefore }) => ({
      organisationNumber,
      hadMeetingBefore,
      digest: lotOf(seed, organisationNumber),
    }))
    .sort(
      (a, b) =>
        Number(a.hadMeetingBefore) - Number(b.hadMeetingBefore) ||
        compare(a.digest, b.digest) ||
        compare(a.organisationNumber, b.organisationNumber),
    );
}

// Not by locale: anybody's programming language has to sort them alike.
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export interface FreeSlot {
  readonly id: string;
  readonly room: string;
  readonly startsAt: Date;
}

/** Slots in the order in which they are given out: by time, then by the name of the room. */
export function inOrderOfTime<Slot extends FreeSlot>(slots: readonly Slot[]): Slot[] {
  return [...slots].sort(
    (a, b) => a.startsAt.getTime() - b.startsAt.getTime() || compare(a.room, b.room) || compare(a.id, b.id),
  );
}

/**
 * Gives the slots out: each in the order of the lot gets the first that is left and that it has not said it cannot
 * take. Null for those for whom none is left that suits; in the next round they come first.
 */
export function giveOut<Slot extends FreeSlot>(
  order: readonly DrawnRequest[],
  slots: readonly Slot[],
  unavailable: (organisationNumber: string, slot: Slot) => boolean,
): Map<string, Slot | null> {
  const left = inOrderOfTime(slots);
  return new Map(
    order.map(({ organisationNumber }) => {
      const at = left.findIndex((slot) => !unavailable(organisationNumber, slot));
      return [organisationNumber, at < 0 ? null : (left.splice(at, 1)[0] as Slot)];
    }),
  );
}
