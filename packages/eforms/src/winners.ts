import { textsOf } from './find.js';
import type { ParsedContract, ParsedLotResult, ParsedWinner } from './notice.js';
import { remarkBroken } from './organisations.js';
import { NoticeRefused } from './refusal.js';
import type { Reading } from './remarks.js';
import type { PublishedTender } from './tenders.js';
import type { XmlElement } from './xml-tree.js';

type Tenders = ReadonlyMap<string, PublishedTender>;

/** Finds the winners of a lot result in the tenders and contracts of the notice. */
export class Winners {
  readonly #tenders: Tenders;
  readonly #byContract: ReadonlyMap<string, Map<string | null, PublishedTender[]>>;
  /** How many lot results refer to each contract. */
  readonly #uses = new Map<string, number>();

  constructor(tenders: Tenders, contracts: readonly ParsedContract[], lotResults: readonly XmlElement[]) {
    this.#tenders = tenders;
    this.#byContract = new Map(
      contracts.map((contract) => {
        const carried = contract.tenders.flatMap((id) => tenders.get(id) ?? []);
        return [contract.id, Map.groupBy(carried, ({ lotId }) => lotId)];
      }),
    );
    for (const id of lotResults.flatMap(contractsOf)) this.#uses.set(id, (this.#uses.get(id) ?? 0) + 1);
  }

  /** A lot result names its tenders itself or, in some senders' notices, only through its contracts. */
  of(lotResult: XmlElement, lotId: string | null, { remarks }: Reading): ParsedWinner[] {
    const direct = textsOf(lotResult, 'efac:LotTender', 'cbc:ID');
    if (direct.length > 0) {
      for (const id of direct) if (!this.#tenders.has(id)) remarkBroken('OPT-320', id, remarks);
      return direct.flatMap((id) => this.#tenders.get(id)?.winner ?? []);
    }
    const contracts = contractsOf(lotResult);
    for (const id of contracts) if (!this.#byContract.has(id)) remarkBroken('OPT-315', id, remarks);
    const tenders = new Set(contracts.flatMap((id) => this.#throughContract(id, lotId)));
    return [...tenders].map(({ winner }) => winner);
  }

  /**
   * A contract that several lot results share carries the tenders of all their lots. Those that say their
   * lot are credited to it; of those that do not, only a single one can be credited without guessing.
   */
  #throughContract(id: string, lotId: string | null): PublishedTender[] {
    const byLot = this.#byContract.get(id);
    if (!byLot) return [];
    const alone = this.#uses.get(id) === 1;
    if (lotId === null) return alone ? [...byLot.values()].flat() : [];
    const unassigned = byLot.get(null) ?? [];
    const only = byLot.size === 1 && unassigned.length === 1;
    return [...(byLot.get(lotId) ?? []), ...(alone || only ? unassigned : [])];
  }
}

function contractsOf(lotResult: XmlElement): string[] {
  return textsOf(lotResult, 'efac:SettledContract', 'cbc:ID');
}

const MOST_NAMES = 200_000;

/**
 * A few references can name a large consortium again and again, so that the result is quadratic in the
 * notice: the "billion laughs" of references. No real result comes near this bound.
 */
export function refuseExplosion(results: readonly ParsedLotResult[]): void {
  let names = 0;
  for (const { winners } of results) {
    for (const { tenderers, subcontractors, contracts } of winners) {
      names += 1 + tenderers.length + subcontractors.length + contracts.length;
      if (names > MOST_NAMES) throw new NoticeRefused('TOO_MANY_ELEMENTS', { detail: 'efac:LotResult' });
    }
  }
}
