import { countAt, moneyAt } from './amounts.js';
import { checked } from './codes.js';
import { dateAt } from './dates.js';
import { all, first, inExtension, textOf, textsOf } from './find.js';
import type { ParsedContract, ParsedLotResult, ParsedNotice } from './notice.js';
import { type Directory, remarkBroken } from './organisations.js';
import type { Reading } from './remarks.js';
import { type PublishedTender, readTenders } from './tenders.js';
import { localisedName } from './text.js';
import { refuseExplosion, Winners } from './winners.js';
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
  const lotResults = all(notice, 'efac:LotResult');
  const winners = new Winners(tenders, contracts, lotResults);
  const published = lotResults.map((element) => readLotResult(element, { winners, lotIds }, reading));
  const results = published.length > 0 ? published : impliedResults(tenders, lotIds);
  refuseExplosion(results);
  const holder = notice.find((element) => first(element, 'cbc:TotalAmount') !== null) ?? null;
  return {
    results,
    contracts,
    totalValue: moneyAt(holder, 'BT-161', reading, 'cbc:TotalAmount'),
  };
}

interface Chain {
  winners: Winners;
  lotIds: ReadonlySet<string>;
}

function readLotResult(element: XmlElement, chain: Chain, reading: Reading): ParsedLotResult {
  const lotId = readLotId(element, chain.lotIds, reading);
  const status = checked('BT-142', textOf(element, 'cbc:TenderResultCode'), reading);
  return {
    lotId,
    status,
    notAwardedReason: textOf(element, 'efac:DecisionReason', 'efbc:DecisionReasonCode'),
    statistics: readStatistics(element, reading),
    lowestTender: moneyAt(element, 'BT-710', reading, 'cbc:LowerTenderAmount'),
    highestTender: moneyAt(element, 'BT-711', reading, 'cbc:HigherTenderAmount'),
    // A tender under a closed lot is one that was received, not one that won.
    winners: status === 'clos-nw' || status === 'open-nw' ? [] : chain.winners.of(element, lotId, reading),
    implied: false,
  };
}

function readLotId(element: XmlElement, lotIds: ReadonlySet<string>, { remarks }: Reading): string | null {
  const raw = textOf(element, 'efac:TenderLot', 'cbc:ID');
  if (raw !== null && lotIds.has(raw)) return raw;
  const sole = knownLot(raw, lotIds);
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

/** With one lot there is nothing to confuse; with several a guess would credit the wrong one. */
function knownLot(raw: string | null, lotIds: ReadonlySet<string>): string | null {
  if (raw !== null && lotIds.has(raw)) return raw;
  const [only] = lotIds;
  return lotIds.size === 1 && only !== undefined ? only : null;
}

function readStatistics(element: XmlElement, reading: Reading): ParsedLotResult['statistics'] {
  return all(element, 'efac:ReceivedSubmissionsStatistics').flatMap((statistic) => {
    const type = textOf(statistic, 'efbc:StatisticsCode');
    const count = countAt(statistic, 'BT-759', reading, 'efbc:StatisticsNumeric');
    return type === null || count === null ? [] : [{ type, count }];
  });
}

/** Contract modifications publish tenders and contracts without any lot result: one is implied for each lot. */
function impliedResults(
  tenders: ReadonlyMap<string, PublishedTender>,
  lotIds: ReadonlySet<string>,
): ParsedLotResult[] {
  const byLot = Map.groupBy(tenders.values(), ({ lotId }) => knownLot(lotId, lotIds));
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
