import { all, listNameOf, textsOf } from './find.js';
import type { ParsedOrganisation } from './notice.js';
import type { Directory } from './organisations.js';
import type { Reading } from './remarks.js';
import type { XmlElement } from './xml-tree.js';

/** More buyers than any real joint procurement has. */
const COMPARED = 200;

/** OPT-300-Procedure-Buyer, the group's leader first; sets BT-11 on the organisations. */
export function readBuyers(root: XmlElement, directory: Directory, { remarks }: Reading): string[] {
  const buyers = new Set<string>();
  for (const party of all(root, 'cac:ContractingParty')) {
    const references = textsOf(party, 'cac:Party', 'cac:PartyIdentification', 'cbc:ID');
    const legalType = legalTypeOf(party);
    for (const id of directory.resolve(references, 'OPT-300')) {
      buyers.add(id);
      const organisation = directory.get(id);
      if (organisation) organisation.legalType ??= legalType;
    }
  }
  const ordered = [...buyers].sort(
    (a, b) => Number(directory.leaders.has(b)) - Number(directory.leaders.has(a)),
  );
  // Everybody is compared with everybody: a bound keeps a hostile notice from making that expensive.
  const organisations = ordered.slice(0, COMPARED).flatMap((id) => directory.get(id) ?? []);
  organisations.forEach((buyer, i) => {
    const twin = organisations.slice(0, i).find((earlier) => isSameBuyer(earlier, buyer));
    if (!twin) return;
    remarks.add('DUPLICATE_BUYER', 'OPT-300', buyer.name, {
      nb: `Oppdragsgiveren ser ut til å være den samme som «${twin.name}». Begge er beholdt.`,
      en: `The buyer seems to be the same as "${twin.name}". Both are kept.`,
    });
  });
  return ordered;
}

function legalTypeOf(party: XmlElement): string | null {
  const codes = all(party, 'cac:ContractingPartyType', 'cbc:PartyTypeCode').filter(({ text }) => text !== '');
  const listed = codes.find((code) => listNameOf(code) === 'buyer-legal-type');
  return (listed ?? codes.find((code) => listNameOf(code) === null))?.text ?? null;
}

/**
 * The same number, or, when one of them has no valid number, the same name but for a slip of the pen. The
 * first word must agree exactly: Vadsø and Vardø are one letter and 50 kilometres apart.
 */
function isSameBuyer(a: ParsedOrganisation, b: ParsedOrganisation): boolean {
  if (a.organisationNumber && b.organisationNumber) return a.organisationNumber === b.organisationNumber;
  const [left, right] = [normalise(a.name), normalise(b.name)];
  if (left === '' || right === '') return false;
  if (
    left === right ||
    normalise(a.rawIdentifier ?? '') === right ||
    normalise(b.rawIdentifier ?? '') === left
  ) {
    return true;
  }
  return left.split(' ')[0] === right.split(' ')[0] && editDistance(left, right, 2) <= 2;
}

function normalise(name: string): string {
  return name.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
}

/** Levenshtein, by rows; gives up (limit + 1) when the lengths alone differ too much. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit || a.length > 400) return limit + 1;
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(substitution, (previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    previous = row;
  }
  return previous[b.length] ?? 0;
}
