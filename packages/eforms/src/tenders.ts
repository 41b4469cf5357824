import { countAt, indicatorAt, moneyAt, numberAt } from './amounts.js';
import { all, first, textOf, textsOf, withList } from './find.js';
import type { ParsedWinner } from './notice.js';
import { type Directory, remarkBroken } from './organisations.js';
import type { Reading } from './remarks.js';
import type { XmlElement } from './xml-tree.js';

export interface PublishedTender {
  /** BT-13714; older notices leave it empty. */
  lotId: string | null;
  winner: ParsedWinner;
}

interface Consortium {
  tenderers: string[];
  subcontractors: string[];
}

/** The tenders of a result notice by technical id, with those behind them. */
export function readTenders(
  notice: readonly XmlElement[],
  directory: Directory,
  reading: Reading,
): Map<string, PublishedTender> {
  const parties = readTenderingParties(notice, directory);
  const tenders = new Map<string, PublishedTender>();
  for (const element of all(notice, 'efac:LotTender')) {
    const tenderId = textOf(element, 'cbc:ID');
    if (tenderId === null) continue;
    const partyId = textOf(element, 'efac:TenderingParty', 'cbc:ID');
    const party = partyId === null ? undefined : parties.get(partyId);
    if (partyId !== null && !party) remarkBroken('OPT-310', partyId, reading.remarks);
    tenders.set(tenderId, {
      lotId: textOf(element, 'efac:TenderLot', 'cbc:ID'),
      winner: {
        tenderId,
        value: moneyAt(first(element, 'cac:LegalMonetaryTotal'), 'BT-720', reading, 'cbc:PayableAmount'),
        rank: countAt(element, 'BT-171', reading, 'cbc:RankCode'),
        tenderers: party?.tenderers ?? [],
        subcontractors: party?.subcontractors ?? [],
        subcontracting: readSubcontracting(element, reading),
        contracts: [],
      },
    });
  }
  return tenders;
}

function readTenderingParties(notice: readonly XmlElement[], directory: Directory): Map<string, Consortium> {
  const parties = new Map<string, Consortium>();
  for (const element of all(notice, 'efac:TenderingParty')) {
    const id = textOf(element, 'cbc:ID');
    if (id === null) continue;
    const leaderFirst = all(element, 'efac:Tenderer').sort((a, b) => leads(b) - leads(a));
    parties.set(id, {
      tenderers: directory.resolve(textsOf(leaderFirst, 'cbc:ID'), 'OPT-300-Tenderer'),
      subcontractors: directory.resolve(textsOf(element, 'efac:SubContractor', 'cbc:ID'), 'OPT-301'),
    });
  }
  return parties;
}

/** OPT-170. */
function leads(tenderer: XmlElement): number {
  return Number(indicatorAt(tenderer, 'efbc:GroupLeadIndicator') ?? false);
}

function readSubcontracting(tender: XmlElement, reading: Reading): ParsedWinner['subcontracting'] {
  const [term] = withList(all(tender, 'efac:SubcontractingTerm'), 'efbc:TermCode', 'applicability');
  if (!term) return null;
  return {
    applicable: textOf(term, 'efbc:TermCode'),
    value: moneyAt(term, 'BT-553', reading, 'efbc:TermAmount'),
    percent: numberAt(term, 'efbc:TermPercent'),
  };
}
