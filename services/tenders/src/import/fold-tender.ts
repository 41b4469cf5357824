import type {
  FormType,
  ParsedCriterion,
  ParsedLot,
  ParsedNotice,
  ParsedOrganisation,
} from '@samspill/eforms';
import { type Money, partyId } from '@samspill/values';
import { ContractStatus } from '../contract/contract.js';
import { TenderStatus } from '../tender/codes.js';
import { type FoldedAward, type FoldedContract, type FoldedResult, foldOutcome } from './fold-outcome.js';
import type { NoticeFact } from './group-notices.js';

/** A tender as its notices add up to it. Plain data; the store makes rows of it. */
export interface FoldedTender {
  title: string;
  description: string | null;
  status: TenderStatus;
  procedureType: string | null;
  nature: string | null;
  internalId: string | null;
  buyers: ParsedOrganisation[];
  cpv: string | null;
  cpvCodes: string[];
  nutsCodes: string[];
  estimatedValue: Money | null;
  publishedAt: string;
  deadline: string | null;
  questionsDeadline: string | null;
  legalBasis: string | null;
  lots: FoldedLot[];
  results: FoldedResult[];
  awards: FoldedAward[];
  contracts: FoldedContract[];
}

export interface FoldedLot extends Omit<ParsedLot, 'criteria'> {
  criteria: ParsedCriterion[];
}

/** Adds up the notices of one tender. A pure function: the same notices give the same tender. */
export function foldTender(notices: readonly NoticeFact[]): FoldedTender {
  const valid = withoutCorrected(notices.map((notice) => notice.content));
  const latest = valid.at(-1) as ParsedNotice;
  const announcements = valid.filter((notice) => !isOutcome(notice.formType));
  const call = announcements.at(-1) ?? latest;
  const lots = foldLots(valid);
  const outcome = foldOutcome(valid.filter((notice) => isOutcome(notice.formType)));
  return {
    title: latest.title.value,
    description: lastGiven(valid, (notice) => notice.description)?.value ?? null,
    status: statusOf(valid, outcome),
    procedureType: lastGiven(valid, (notice) => notice.procedureType),
    nature: lastGiven(valid, (notice) => notice.nature),
    internalId: lastGiven(valid, (notice) => notice.internalId),
    buyers: buyersOf(latest),
    cpv: lastGiven(valid, (notice) => notice.cpv),
    cpvCodes: unique(
      valid
        .toReversed()
        .flatMap((notice) => [
          notice.cpv,
          ...notice.additionalCpv,
          ...notice.lots.flatMap((lot) => [lot.cpv, ...lot.additionalCpv]),
        ]),
    ),
    nutsCodes: unique(
      valid.toReversed().flatMap((notice) => [...notice.nuts, ...notice.lots.flatMap((lot) => lot.nuts)]),
    ),
    estimatedValue: lastGiven(valid, (notice) => notice.estimatedValue ?? sumOf(notice.lots)),
    publishedAt: (notices[0] as NoticeFact).content.dispatchedAt,
    deadline: call.deadline,
    questionsDeadline: earliest(call.lots.map((lot) => lot.questionsDeadline)),
    legalBasis: lastGiven(valid, (notice) => notice.legalBasis),
    lots,
    ...outcome,
  };
}

/**
 * Leaves out what has been corrected: an earlier version of the same notice, and a notice that a later
 * one names as changed (BT-758). A correction is a whole new notice, so nothing of the old one remains.
 */
export function withoutCorrected(notices: readonly ParsedNotice[]): ParsedNotice[] {
  return notices.filter((notice, position) => {
    const later = notices.slice(position + 1);
    return !later.some((other) => other.noticeId === notice.noticeId || corrects(other, notice));
  });
}

function corrects(correction: ParsedNotice, notice: ParsedNotice): boolean {
  const reference = correction.change?.previousNotice?.toLowerCase();
  if (!reference || correction.formType !== notice.formType) return false;
  const id = notice.noticeId.toLowerCase();
  return (
    reference === id ||
    reference === `${id}-${notice.version}` ||
    reference === notice.publicationId?.toLowerCase()
  );
}

function isOutcome(formType: FormType): boolean {
  return (
    formType === 'result' ||
    formType === 'dir-awa-pre' ||
    formType === 'cont-modif' ||
    formType === 'completion'
  );
}

function statusOf(
  notices: readonly ParsedNotice[],
  outcome: { results: FoldedResult[]; awards: FoldedAward[]; contracts: FoldedContract[] },
): TenderStatus {
  const forms = new Set(notices.map((notice) => notice.formType));
  if (notices.some((notice) => notice.change?.reasonCode === 'cancel')) return TenderStatus.CANCELLED;
  if (outcome.contracts.some((contract) => contract.status !== ContractStatus.SIGNED || contract.signedOn)) {
    return TenderStatus.CONTRACTED;
  }
  if (forms.has('cont-modif') || forms.has('completion')) return TenderStatus.CONTRACTED;
  if (outcome.awards.length > 0 || outcome.results.some((result) => result.status === 'selec-w')) {
    return TenderStatus.AWARDED;
  }
  if (outcome.results.some((result) => result.status === 'open-nw')) return TenderStatus.ACTIVE;
  if (outcome.results.some((result) => result.status === 'clos-nw')) return TenderStatus.UNSUCCESSFUL;
  if (forms.has('result') || forms.has('dir-awa-pre')) return TenderStatus.AWARDED;
  return forms.has('competition') ? TenderStatus.ACTIVE : TenderStatus.PLANNED;
}

/** Lots by number; what a later notice leaves out stays as it was. Parts of a plan give way to real lots. */
function foldLots(notices: readonly ParsedNotice[]): FoldedLot[] {
  const lots = new Map<string, FoldedLot>();
  for (const notice of notices) {
    for (const lot of notice.lots) {
      const before = lots.get(lot.id);
      lots.set(lot.id, before ? mergeLot(before, lot) : lot);
    }
  }
  const all = [...lots.values()];
  return all.some((lot) => lot.kind === 'lot') ? all.filter((lot) => lot.kind === 'lot') : all;
}

function mergeLot(before: FoldedLot, after: ParsedLot): FoldedLot {
  const merged: Record<string, unknown> = { ...before };
  for (const [field, value] of Object.entries(after)) {
    const says = Array.isArray(value) ? value.length > 0 : value !== null;
    if (says) merged[field] = value;
  }
  return merged as unknown as FoldedLot;
}

export function buyersOf(notice: ParsedNotice): ParsedOrganisation[] {
  return notice.buyers.flatMap((id) => notice.organisations.find((each) => each.technicalId === id) ?? []);
}

/** The organisation's id in the graph. */
export function partyIdOf(organisation: ParsedOrganisation): string {
  return partyId(organisation);
}

function lastGiven<T>(notices: readonly ParsedNotice[], read: (notice: ParsedNotice) => T | null): T | null {
  return notices.map(read).findLast((value) => value !== null) ?? null;
}

/** The lots' values together, where every lot has one in the same currency. */
function sumOf(lots: readonly ParsedLot[]): Money | null {
  const values = lots.map((lot) => lot.estimatedValue);
  const currency = values[0]?.currency;
  if (!currency || values.some((value) => value?.currency !== currency)) return null;
  const amount = values.reduce((sum, value) => sum + (value?.amount ?? 0), 0);
  return Number.isSafeInteger(amount) ? { amount, currency } : null;
}

function earliest(times: (string | null)[]): string | null {
  return times.filter((time) => time !== null).sort()[0] ?? null;
}

function unique(values: (string | null)[]): string[] {
  return [...new Set(values.filter((value): value is string => value !== null))];
}
