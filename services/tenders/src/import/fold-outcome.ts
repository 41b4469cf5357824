import type { ParsedContract, ParsedNotice, ParsedOrganisation, ParsedWinner } from '@samspill/eforms';
import { type Money, partyId } from '@samspill/values';
import { ContractStatus } from '../contract/contract.js';

export interface FoldedResult {
  lotNumber: string | null;
  status: string | null;
  notAwardedReason: string | null;
  tendersReceived: number | null;
}

export interface FoldedAward {
  lotNumber: string | null;
  suppliers: ParsedOrganisation[];
  value: Money | null;
  rank: number | null;
  decidedOn: string | null;
  concludedOn: string | null;
  subcontracted: boolean | null;
}

export interface FoldedContract {
  /** What tells it from the other contracts of the tender. */
  key: string;
  number: string;
  identifier: string | null;
  title: string | null;
  signedOn: string | null;
  status: ContractStatus;
  suppliers: ParsedOrganisation[];
  value: Money | null;
}

export interface Outcome {
  results: FoldedResult[];
  awards: FoldedAward[];
  contracts: FoldedContract[];
}

/**
 * Adds up result, direct award, modification and completion notices, in the order of publication. A later
 * notice about the same lot and winner, or the same contract, replaces what an earlier one said of it;
 * about another, it adds.
 */
export function foldOutcome(notices: readonly ParsedNotice[]): Outcome {
  const results = new Map<string, FoldedResult>();
  const awards = new Map<string, FoldedAward>();
  const contracts = new Map<string, FoldedContract>();
  for (const notice of notices) {
    for (const result of notice.results) {
      const lot = result.lotId ?? '';
      results.set(lot, {
        lotNumber: result.lotId,
        status: result.status ?? results.get(lot)?.status ?? null,
        notAwardedReason: result.notAwardedReason,
        tendersReceived: result.statistics.find((each) => each.type === 'tenders')?.count ?? null,
      });
      for (const winner of result.winners) {
        const award = awardOf(notice, result.lotId, winner);
        const key = [lot, ...award.suppliers.map(partyId).sort()].join('|');
        awards.set(key, { ...award, ...whereSaid(awards.get(key), award) });
      }
    }
    const byKey = Map.groupBy(notice.contracts, (contract) => contractKey(notice, contract));
    for (const [key, parts] of byKey) {
      const folded = contractOf(notice, key, parts);
      contracts.set(key, { ...folded, ...whereSaid(contracts.get(key), folded), status: folded.status });
    }
  }
  return { results: [...results.values()], awards: [...awards.values()], contracts: [...contracts.values()] };
}

/** What an earlier notice said and a later one leaves out is still so. */
function whereSaid<T extends object>(before: T | undefined, after: T): Partial<T> {
  const silent = Object.keys(after).filter((field) => after[field as keyof T] === null);
  return Object.fromEntries(silent.map((field) => [field, before?.[field as keyof T] ?? null])) as Partial<T>;
}

function awardOf(notice: ParsedNotice, lotNumber: string | null, winner: ParsedWinner): FoldedAward {
  const signed = notice.contracts.filter((contract) => carries(contract, winner));
  return {
    lotNumber,
    suppliers: tenderersOf(notice, winner),
    value: winner.value,
    rank: winner.rank,
    decidedOn: signed.find((contract) => contract.awardDate)?.awardDate ?? null,
    concludedOn: signed.find((contract) => contract.conclusionDate)?.conclusionDate ?? null,
    subcontracted: subcontracted(winner.subcontracting?.applicable),
  };
}

/** Buyers number contracts by their own lights, and `1` is popular: the number counts with the suppliers. */
function contractKey(notice: ParsedNotice, contract: ParsedContract): string {
  const suppliers = new Set(
    winnersOf(notice, [contract])
      .flatMap((winner) => tenderersOf(notice, winner))
      .map(partyId),
  );
  return [contract.identifier ?? `${notice.noticeId}/${contract.id}`, ...[...suppliers].sort()].join('|');
}

/**
 * A contract over several lots is worth the tenders of all of them, whether the notice has it once with
 * many tenders or, under one number, once for each lot.
 */
function contractOf(notice: ParsedNotice, key: string, parts: readonly ParsedContract[]): FoldedContract {
  const [first] = parts as [ParsedContract, ...ParsedContract[]];
  const winners = winnersOf(notice, parts);
  return {
    key,
    number: first.id,
    identifier: first.identifier,
    title: first.title?.value ?? null,
    signedOn: parts.find((part) => part.conclusionDate)?.conclusionDate ?? null,
    status: notice.formType === 'completion' ? ContractStatus.COMPLETED : ContractStatus.SIGNED,
    suppliers: winners.flatMap((winner) => tenderersOf(notice, winner)),
    value: sum(winners.map((winner) => winner.value)),
  };
}

/** The winning tenders behind these contracts, each once. */
function winnersOf(notice: ParsedNotice, contracts: readonly ParsedContract[]): ParsedWinner[] {
  const winners = notice.results
    .flatMap((result) => result.winners)
    .filter((winner) => contracts.some((contract) => carries(contract, winner)));
  return [...new Map(winners.map((winner) => [winner.tenderId, winner])).values()];
}

function carries(contract: ParsedContract, winner: ParsedWinner): boolean {
  return winner.contracts.includes(contract.id) || contract.tenders.includes(winner.tenderId);
}

function tenderersOf(notice: ParsedNotice, winner: ParsedWinner): ParsedOrganisation[] {
  return winner.tenderers.flatMap((id) => notice.organisations.find((each) => each.technicalId === id) ?? []);
}

/** Together, where there is one currency and nothing is missing; otherwise nobody knows. */
export function sum(values: readonly (Money | null)[]): Money | null {
  const currency = values[0]?.currency;
  if (!currency || values.some((value) => value?.currency !== currency)) return null;
  const amount = values.reduce((total, value) => total + (value?.amount ?? 0), 0);
  return Number.isSafeInteger(amount) ? { amount, currency } : null;
}

function subcontracted(applicable: string | null | undefined): boolean | null {
  return applicable === 'yes' ? true : applicable === 'no' ? false : null;
}
