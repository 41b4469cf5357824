import type { FormType, ParsedLot, ParsedNotice, ParsedOrganisation } from '@samspill/eforms';
import type { Money } from '@samspill/values';
import { ContractStatus } from '../contract/contract.js';
import { TenderStatus } from '../tender/codes.js';
import { withoutCorrected } from './corrections.js';
import {
  type FoldedAward,
  type FoldedContract,
  type FoldedResult,
  foldOutcome,
  sum,
} from './fold-outcome.js';
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
  lots: ParsedLot[];
  results: FoldedResult[];
  awards: FoldedAward[];
  contracts: FoldedContract[];
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
    estimatedValue: lastGiven(
      valid,
      (notice) => notice.estimatedValue ?? sum(notice.lots.map((lot) => lot.estimatedValue)),
    ),
    publishedAt: (notices[0] as NoticeFact).content.dispatchedAt,
    deadline: call.deadline,
    questionsDeadline: earliest(call.lots.map((lot) => lot.questionsDeadline)),
    legalBasis: lastGiven(valid, (notice) => notice.legalBasis),
    lots,
    ...outcome,
  };
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
  // A plan that was called off says nothing about the competition that was announced all the same.
  const call = notices.findLast((notice) => notice.formType === 'competition') ?? notices.at(-1);
  const cancelled = [call, notices.at(-1)].some((notice) => notice?.change?.reasonCode === 'cancel');
  if (cancelled && outcome.awards.length === 0) return TenderStatus.CANCELLED;
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
function foldLots(notices: readonly ParsedNotice[]): ParsedLot[] {
  const lots = new Map<string, ParsedLot>();
  for (const notice of notices) {
    for (const lot of notice.lots) {
      const before = lots.get(lot.id);
      lots.set(lot.id, before ? mergeLot(before, lot) : lot);
    }
  }
  const all = [...lots.values()];
  return all.some((lot) => lot.kind === 'lot') ? all.filter((lot) => lot.kind === 'lot') : all;
}

function mergeLot(before: ParsedLot, after: ParsedLot): ParsedLot {
  const merged: Record<string, unknown> = { ...before };
  for (const [field, value] of Object.entries(after)) {
    const says = Array.isArray(value) ? value.length > 0 : value !== null;
    if (says) merged[field] = value;
  }
  return merged as unknown as ParsedLot;
}

/** What an organisation is called; whoever has no name, by what stands in its place. */
export function nameOf(organisation: ParsedOrganisation): string {
  return organisation.name || organisation.rawIdentifier || '?';
}

export function buyersOf(notice: ParsedNotice): ParsedOrganisation[] {
  return notice.buyers.flatMap((id) => notice.organisations.find((each) => each.technicalId === id) ?? []);
}

function lastGiven<T>(notices: readonly ParsedNotice[], read: (notice: ParsedNotice) => T | null): T | null {
  return notices.map(read).findLast((value) => value !== null) ?? null;
}

function earliest(times: (string | null)[]): string | null {
  return times.filter((time) => time !== null).sort()[0] ?? null;
}

function unique(values: (string | null)[]): string[] {
  return [...new Set(values.filter((value): value is string => value !== null))];
}
