import type { KeyObject } from 'node:crypto';
import { entryHash, GENESIS, sha256 } from './canonical.js';
import { type ChainBreak, chainBreak } from './chain-break.js';
import { ChainReader, hasPlainLists, named, type Query, type StoredEntry } from './chain-reader.js';
import { type Checkpoint, isSigned } from './checkpoint.js';

export interface VerifyOptions {
  /** Public keys by their id, retired ones too. Without them checkpoints are compared, but believed. */
  publicKeys?: ReadonlyMap<string, KeyObject>;
  /** Checkpoints that were kept outside the database: they tell when its own were deleted with what they cover. */
  witnesses?: readonly Checkpoint[];
  onProgress?: (progress: { entries: number; of: number }) => void;
  /** How many entries are in memory at a time. @default 1000 */
  pageSize?: number;
}

export interface Verdict {
  /** How many entries from the first on are as they were written. */
  readonly entries: number;
  /** How many checkpoints the chain passes through, and whether their signatures were looked at. */
  readonly checkpoints: number;
  readonly signaturesChecked: boolean;
  /** How many entries have a person that is still known, and is the right one. */
  readonly persons: number;
  readonly break: ChainBreak | null;
}

/**
 * Computes every hash anew, from the first entry to the last, and names the first that is not what it was.
 * Nothing that the database says about hashes is believed, and its functions are not used: who can change
 * rows can change those as well. Entries that are appended meanwhile are left for the next time.
 *
 * Run it as `_system` or as the owner: who may not see a row takes it for missing.
 */
export async function verifyChain(
  query: Query,
  service: string,
  options: VerifyOptions = {},
): Promise<Verdict> {
  return new Verification(new ChainReader(query, service), service, options).run();
}

class Verification {
  #sequence = 0n;
  #hash = GENESIS;
  #passed = 0;
  #persons = 0;
  #checkpoints: Checkpoint[] = [];

  constructor(
    private readonly chain: ChainReader,
    private readonly service: string,
    private readonly options: VerifyOptions,
  ) {}

  async run(): Promise<Verdict> {
    const found = await this.#firstBreak();
    return {
      entries: Number(this.#sequence),
      checkpoints: this.#passed,
      signaturesChecked: this.options.publicKeys !== undefined,
      persons: this.#persons,
      break: found,
    };
  }

  async #firstBreak(): Promise<ChainBreak | null> {
    // Before the extent: one that is signed in between then speaks of no entry that the extent leaves out.
    const own = await this.chain.checkpoints();
    const signatures = new Set(own.map((checkpoint) => checkpoint.signature));
    const kept = (this.options.witnesses ?? []).filter(
      (witness) => witness.service === this.service && !signatures.has(witness.signature),
    );
    this.#checkpoints = [...own, ...kept].sort((a, b) => Number(BigInt(a.sequence) - BigInt(b.sequence)));
    const { head, first, last, stray } = await this.chain.extent();
    if (first !== null && first < 1n) {
      const row = await this.chain.at(first);
      return chainBreak('FORGED', first, head?.sequence ?? 0n, row && named(row));
    }
    const end = last ?? 0n;
    const known = head && head.sequence < end ? head.sequence : end;
    return (
      this.#checkpointBreak() ??
      (await this.#entriesUpTo(known)) ??
      (await this.#endBreak(head, end)) ??
      this.#checkpointBeyond() ??
      (stray ? chainBreak('FORGED', 0n, end, named(stray)) : null)
    );
  }

  async #entriesUpTo(end: bigint): Promise<ChainBreak | null> {
    const pageSize = BigInt(this.options.pageSize ?? 1000);
    while (this.#sequence < end) {
      const upTo = this.#sequence + pageSize < end ? this.#sequence + pageSize : end;
      for (const entry of await this.chain.between(this.#sequence, upTo)) {
        const broken = await this.#entryBreak(entry);
        if (broken) return broken;
      }
      if (this.#sequence < upTo) return this.#missing();
      this.options.onProgress?.({ entries: Number(this.#sequence), of: Number(end) });
    }
    return null;
  }

  /** Whether the entry is the next in the chain; if so, it becomes the last one that is known to be right. */
  async #entryBreak(entry: StoredEntry): Promise<ChainBreak | null> {
    const sequence = BigInt(entry.sequence);
    const expected = this.#sequence + 1n;
    if (sequence > expected) return this.#missing();
    if (sequence < expected) return chainBreak('DUPLICATE', sequence, '', named(entry));
    const isAsWritten = hasPlainLists(entry) && entryHash(this.service, entry) === entry.hash;
    if (!isAsWritten) return (await this.#elsewhere()) ?? chainBreak('CHANGED', sequence, '', named(entry));
    if (entry.previousHash !== this.#hash) {
      return chainBreak('CHAIN', sequence, this.#sequence, named(entry));
    }
    if (entry.personId !== null || entry.salt !== null) {
      if (!isCommitted(entry)) return chainBreak('PERSON', sequence, '', named(entry));
      this.#persons += 1;
    }
    this.#hash = entry.hash as string;
    this.#sequence = sequence;
    const broken = this.#checkpointBreak(entry);
    // What the checkpoint denies is not counted among what is as it was written.
    if (broken) this.#sequence -= 1n;
    return broken;
  }

  async #missing(): Promise<ChainBreak> {
    const next = await this.chain.next(this.#sequence);
    return (
      (await this.#elsewhere()) ?? chainBreak('MISSING', this.#sequence + 1n, next?.sequence ?? '–', null)
    );
  }

  /** The entry that belongs after the last right one, if it stands at a place that is not its own. */
  async #elsewhere(): Promise<ChainBreak | null> {
    const sequence = this.#sequence + 1n;
    const moved = (await this.chain.continuing(this.#hash)).find(
      (entry) =>
        entry.sequence !== String(sequence) &&
        entryHash(this.service, { ...entry, sequence: String(sequence) }) === entry.hash,
    );
    return moved ? chainBreak('ORDER', sequence, moved.sequence ?? '–', named(moved)) : null;
  }

  /** All entries up to the end are right: is this where the chain ended? */
  async #endBreak(head: { sequence: bigint; hash: string } | null, end: bigint): Promise<ChainBreak | null> {
    if (!head) return chainBreak('HEAD', this.#sequence, '', null);
    if (head.sequence > end) return chainBreak('TAIL_CUT', end + 1n, head.sequence, null);
    if (head.hash !== this.#hash) return chainBreak('HEAD', this.#sequence, '', null);
    if (head.sequence === end) return null;
    const forged = await this.chain.next(head.sequence);
    return chainBreak('FORGED', BigInt(forged?.sequence ?? end), head.sequence, forged && named(forged));
  }

  /** Checkpoints that were taken where the chain now stands. */
  #checkpointBreak(entry?: StoredEntry): ChainBreak | null {
    while (this.#checkpoints[0] && BigInt(this.#checkpoints[0].sequence) <= this.#sequence) {
      const checkpoint = this.#checkpoints.shift() as Checkpoint;
      const holds = BigInt(checkpoint.sequence) === this.#sequence && checkpoint.hash === this.#hash;
      if (!holds || !this.#isOurs(checkpoint)) {
        return chainBreak(
          'CHECKPOINT',
          BigInt(checkpoint.sequence),
          checkpoint.day,
          entry ? named(entry) : null,
        );
      }
      this.#passed += 1;
    }
    return null;
  }

  /** A checkpoint of entries that are not there: they were, if the signature is ours. */
  #checkpointBeyond(): ChainBreak | null {
    const [beyond] = this.#checkpoints;
    if (!beyond) return null;
    const sequence = BigInt(beyond.sequence);
    return this.#isOurs(beyond)
      ? chainBreak('TAIL_CUT', this.#sequence + 1n, sequence, null)
      : chainBreak('CHECKPOINT', sequence, beyond.day, null);
  }

  #isOurs(checkpoint: Checkpoint): boolean {
    const { publicKeys } = this.options;
    if (!publicKeys) return true;
    const key = publicKeys.get(checkpoint.keyId);
    return key !== undefined && isSigned(checkpoint, key);
  }
}

/** The salt has one length, or else the border between it and the person could be moved. */
function isCommitted({ salt, personId, actorCommitment }: StoredEntry): boolean {
  if (salt?.length !== 64 || personId === null) return false;
  return sha256(Buffer.from(salt, 'hex'), personId) === actorCommitment;
}
