import { moneyAt, numberAt } from './amounts.js';
import { checked } from './codes.js';
import { dateAt } from './dates.js';
import { all, first, inExtension, textOf, textsOf } from './find.js';
import type { ParsedContract, ParsedLotResult, ParsedNotice, ParsedWinner } from './notice.js';
import { type Directory, remarkBroken } from './organisations.js';
import type { Reading } from './remarks.js';
import { type PublishedTender, readTenders } from './tenders.js';
import { localisedName } from './text.js';
import type { XmlElement } from './xml-tree.js';

type Results = Pick<ParsedNotice, 'results' | 'contracts' | 'totalValue'>;

/**
 * The result chain: LotResult → LotTender → TenderingParty → Tenderer → organisation, with SettledContract
 * beside it. Each link is an id within the notice, and each may be missing in practice.
 */
export function readResults(
  root: XmlElement,
  lotIds: ReadonlySet<string>,
  directory: Directory,
  reading: Reading,
): Results {
  const notice = inExtension(root, 'efac:NoticeResult');
  const tenders = readTenders(notice, directory, reading);
  const contracts = all(notice, 'efac:SettledContract').flatMap((element) => readContract(element, reading));
  for (const contract of contracts) {
    for (const id of contract.tenders) {
      const tender = tenders.get(id);
      if (tender) tender.winner.contracts.push(contract.id);
      else remarkBroken('BT-3202', id, reading.remarks);
    }
  }
  const byContract = new Map(contracts.map((contract) => [contract.id, contract.tenders]));
  const published = all(notice, 'efac:LotResult').map((element) =>
    readLotResult(element, { tenders, byContract, lotIds }, reading),
  );
  const holder = notice.find((element) => first(element, 'cbc:TotalAmount') !== null) ?? null;
  return {
    results: published.length > 0 ? published : impliedResults(tenders),
    contracts,
    totalValue: moneyAt(holder, 'BT-161', reading, 'cbc:TotalAmount'),
  };
}

interface Chain {
  tenders: ReadonlyMap<string, PublishedTender>;
  byContract: ReadonlyMap<string, readonly string[]>;
  lotIds: ReadonlySet<string>;
}

function readLotResult(element: XmlElement, chain: Chain, reading: Reading): ParsedLotResult {
  const lotId = readLotId(element, chain.lotIds, reading);
  const status = checked('BT-142', textOf(element, 'cbc:TenderResultCode'), reading);
  return {
    lotId,
    status,
    notAwardedReason: textOf(element, 'efac:DecisionReason', 'efbc:DecisionReasonCode'),
    statistics: readStatistics(element),
    lowestTender: moneyAt(element, 'BT-710', reading, 'cbc:LowerTenderAmount'),
    highestTender: moneyAt(element, 'BT-711', reading, 'cbc:HigherTenderAmount'),
    winners: winnersOf(element, lotId, status, chain, reading),
    implied: false,
  };
}

function readLotId(element: XmlElement, lotIds: ReadonlySet<string>, { remarks }: Reading): string | null {
  const raw = textOf(element, 'efac:TenderLot', 'cbc:ID');
  if (raw !== null && lotIds.has(raw)) return raw;
  const [only] = lotIds;
  // With one lot there is nothing to confuse; with several a guess would credit the wrong one.
  const sole = lotIds.size === 1 && only !== undefined ? only : null;
  remarks.add('REFERENCE_BROKEN', 'BT-13713', raw, {
    nb: sole
      ? 'Resultatet viser ikke til en delkontrakt i kunngjøringen. Den har bare én, og den er brukt.'
      : 'Resultatet viser ikke til en delkontrakt i kunngjøringen.',
    en: sole
      ? 'The result does not refer to a lot of the notice. There is only one, and it is used.'
      : 'The result does not refer to a lot of the notice.',
  });
  return sole;
}

/** A lot result names its tenders itself or, in some senders' notices, only through its contracts. */
function winnersOf(
  element: XmlElement,
  lotId: string | null,
  status: string | null,
  { tenders, byContract }: Chain,
  { remarks }: Reading,
): ParsedWinner[] {
  if (status === 'clos-nw' || status === 'open-nw') return [];
  const direct = textsOf(element, 'efac:LotTender', 'cbc:ID');
  const found = (ids: readonly string[], field: string) =>
    ids.flatMap((id) => {
      const tender = tenders.get(id);
      if (!tender) remarkBroken(field, id, remarks);
      return tender ?? [];
    });
  if (direct.length > 0) return found(direct, 'OPT-320').map(({ winner }) => winner);

  const contractIds = textsOf(element, 'efac:SettledContract', 'cbc:ID');
  for (const id of contractIds) if (!byContract.has(id)) remarkBroken('OPT-315', id, remarks);
  const throughContracts = new Set(contractIds.flatMap((id) => byContract.get(id) ?? []));
  return (
    [...throughContracts]
      .flatMap((id) => tenders.get(id) ?? [])
      // One contract may cover several lots, and then carries the tenders of all of them.
      .filter((tender) => lotId === null || tender.lotId === null || tender.lotId === lotId)
      .map(({ winner }) => winner)
  );
}

function readStatistics(element: XmlElement): ParsedLotResult['statistics'] {
  return all(element, 'efac:ReceivedSubmissionsStatistics').flatMap((statistic) => {
    const type = textOf(statistic, 'efbc:StatisticsCode');
    const count = numberAt(statistic, 'efbc:StatisticsNumeric');
    return type === null || count === null ? [] : [{ type, count }];
  });
}

/** Contract modifications publish tenders and contracts without any lot result: one is implied for each lot. */
function impliedResults(tenders: ReadonlyMap<string, PublishedTender>): ParsedLotResult[] {
  const byLot = Map.groupBy(tenders.values(), ({ lotId }) => lotId);
  return [...byLot].map(([lotId, ofLot]) => ({
    lotId,
    status: null,
    notAwardedReason: null,
    statistics: [],
    lowestTender: null,
    highestTender: null,
    winners: ofLot.map(({ winner }) => winner),
    implied: true,
  }));
}

function readContract(element: XmlElement, reading: Reading): ParsedContract[] {
  const id = textOf(element, 'cbc:ID');
  if (id === null) return [];
  return [
    {
      id,
      identifier: textOf(element, 'efac:ContractReference', 'cbc:ID'),
      title: localisedName(all(element, 'cbc:Title'), 'BT-721', reading),
      awardDate: dateAt(element, 'BT-1451', reading, 'cbc:AwardDate'),
      conclusionDate: dateAt(element, 'BT-145', reading, 'cbc:IssueDate'),
      tenders: textsOf(element, 'efac:LotTender', 'cbc:ID'),
    },
  ];
}
