export interface MunicipalityFact {
  readonly number: string;
  readonly name: string;
  readonly validFrom: string;
  readonly validUntil: string | null;
  /** How post codes begin there; only for names that a municipality elsewhere in Norway has as well. */
  readonly postCodeAreas?: readonly string[] | null;
  readonly organisationNumber?: string | null;
}

export interface Succession {
  readonly predecessor: string;
  readonly successor: string;
}

/** Which municipality became part of which. Small (Norway has had about 450 numbers), so it is held in memory. */
export class MunicipalityHistory<M extends MunicipalityFact = MunicipalityFact> {
  readonly #byNumber: Map<string, M>;
  readonly #predecessors: Map<string, Succession[]>;
  readonly #successors: Map<string, Succession[]>;
  readonly #byName: Map<string, M[]>;

  constructor(municipalities: readonly M[], successions: readonly Succession[]) {
    this.#byNumber = new Map(municipalities.map((municipality) => [municipality.number, municipality]));
    this.#predecessors = Map.groupBy(successions, (succession) => succession.successor);
    this.#successors = Map.groupBy(successions, (succession) => succession.predecessor);
    this.#byName = Map.groupBy(municipalities, (municipality) => municipality.name.toLowerCase());
  }

  get(number: string): M | null {
    return this.#byNumber.get(number) ?? null;
  }

  /** The number and those of everything that has become part of it, itself first. */
  numbersOf(number: string): string[] {
    const numbers = [number];
    for (const each of numbers) {
      for (const { predecessor } of this.#predecessors.get(each) ?? []) {
        if (!numbers.includes(predecessor)) numbers.push(predecessor);
      }
    }
    return numbers;
  }

  /**
   * The municipalities that merged into this one. A single predecessor is the same municipality under an
   * older number, and is looked through: 3118 was 3014, which five municipalities became.
   */
  mergedFrom(number: string): M[] {
    const predecessors = this.#predecessors.get(number) ?? [];
    if (predecessors.length === 1) return this.mergedFrom(predecessors[0]?.predecessor as string);
    return predecessors
      .flatMap(({ predecessor }) => this.get(predecessor) ?? [])
      .sort((a, b) => a.name.localeCompare(b.name, 'nb'));
  }

  /** What this number has become today; null while it is in use. */
  becameOf(number: string): M | null {
    const [next] = this.#successors.get(number) ?? [];
    if (!next) return null;
    return this.becameOf(next.successor) ?? this.get(next.successor);
  }

  /** Number of the municipality that a buyer called "Askim kommune" is, on a day; null for everybody else. */
  numberOfBuyer(buyer: { name: string; postCode: string | null }, day: string): string | null {
    const match = /^(.+?)\s+kommune\b/iu.exec(buyer.name.trim());
    const candidates = this.#byName.get(match?.[1]?.toLowerCase() ?? '') ?? [];
    const found = candidates.find(
      (each) =>
        each.validFrom <= day &&
        (each.validUntil === null || day < each.validUntil) &&
        (each.postCodeAreas ?? ['']).some((area) => (buyer.postCode ?? '-').startsWith(area)),
    );
    return found?.number ?? null;
  }
}
