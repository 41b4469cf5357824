import type { ParsedNotice, ParsedOrganisation } from '@samspill/eforms';
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
  number: string;
  identifier: string | null;
  title: string | null;
  signedOn: string | null;
  status: ContractStatus;
  supplierIds: string[];
  value: Money | null;
}

export interface Outcome {
  results: FoldedResult[];
  awards: FoldedAward[];
  contracts: FoldedContract[];
}

/**
 * Adds up result, direct award, modification and completion notices, in the order of publication. A later
 * notice about the same lot and winner replaces what an earlier one said of them; about another, it adds.
 */
export function foldOutcome(notices: readonly ParsedNotice[]): Outcome {
  const results = new Map<string, FoldedResult>();
  const awards = new Map<string, FoldedAward>();
  const contracts = new Map<string, FoldedContract>();
  for (const notice of notices) {
    const organisation = (id: string) => notice.organisations.find((each) => each.technicalId === id) ?? [];
    for (const result of notice.results) {
      results.set(result.lotId ?? '', {
        lotNumber: result.lotId,
        status: result.status ?? results.get(result.lotId ?? '')?.status ?? null,
        notAwardedReason: result.notAwardedReason,
        tendersReceived: result.statistics.find((each) => each.type === 'tenders')?.count ?? null,
      });
      for (const winner of result.winners) {
        const suppliers = winner.tenderers.flatMap(organisation);
        const signed = notice.contracts.filter(
          (contract) => winner.contracts.includes(contract.id) || contract.tenders.includes(winner.tenderId),
        );
        const key = [result.lotId, ...suppliers.map(partyId).sort()].join('|');
        const before = awards.get(key);
        awards.set(key, {
          lotNumber: result.lotId,
          suppliers,
          value: winner.value ?? before?.value ?? null,
          rank: winner.rank,
          decidedOn: signed.find((contract) => contract.awardDate)?.awardDate ?? before?.decidedOn ?? null,
          concludedOn:
            signed.find((contract) => contract.conclusionDate)?.conclusionDate ?? before?.concludedOn ?? null,
          subcontracted: subcontracted(winner.subcontracting?.applicable),
        });
        for (const contract of signed) {
          const known = contracts.get(contract.identifier ?? `${notice.noticeId}/${contract.id}`);
          contracts.set(contract.identifier ?? `${notice.noticeId}/${contract.id}`, {
            number: known?.number ?? contract.id,
            identifier: contract.identifier,
            title: contract.title?.value ?? known?.title ?? null,
            signedOn: contract.conclusionDate ?? known?.signedOn ?? null,
            status: notice.formType === 'completion' ? ContractStatus.COMPLETED : ContractStatus.SIGNED,
            supplierIds: [...new Set([...(known?.supplierIds ?? []), ...suppliers.map(partyId)])],
            value: winner.value ?? known?.value ?? null,
          });
        }
      }
    }
  }
  return { results: [...results.values()], awards: [...awards.values()], contracts: [...contracts.values()] };
}

function subcontracted(applicable: string | null | undefined): boolean | null {
  return applicable === 'yes' ? true : applicable === 'no' ? false : null;
}
