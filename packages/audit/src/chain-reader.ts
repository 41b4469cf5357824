import { type ChainedEntry, schemaOf } from './canonical.js';
import type { BrokenRow } from './chain-break.js';
import type { Checkpoint } from './checkpoint.js';

/** Runs one statement without parameters and gives its rows; `em.execute`, or a plain client's. */
export type Query = <T extends object>(sql: string) => Promise<T[]>;

export interface StoredEntry extends ChainedEntry {
  readonly hash: string | null;
  /** Of the person behind it, while that one is known. */
  readonly salt: string | null;
  readonly personId: string | null;
  /** How PostgreSQL counts the lists; see {@link hasPlainLists}. */
  readonly organisationsShape: string | null;
  readonly rolesShape: string | null;
}

const hex = (column: string) => `encode(${column}, 'hex')`;

const COLUMNS: Record<keyof StoredEntry, string> = {
  sequence: 'e.sequence::text',
  previousHash: hex('e.previous_hash'),
  at: 'extract(epoch from e.at)::text',
  requestId: 'e.request_id',
  actorKind: 'e.actor_kind',
  actorReference: 'e.actor_reference::text',
  actorCommitment: hex('e.actor_commitment'),
  clientId: 'e.client_id',
  organisations: 'e.organisations',
  organisationsShape: 'array_dims(e.organisations)',
  roles: 'e.roles',
  rolesShape: 'array_dims(e.roles)',
  loginLevel: 'e.login_level',
  operation: 'e.operation',
  outcome: 'e.outcome',
  code: 'e.code',
  objectType: 'e.object_type',
  objectId: 'e.object_id',
  ownerMunicipality: 'e.owner_municipality',
  ownerOrganisation: 'e.owner_organisation',
  beforeDigest: hex('e.before_digest'),
  afterDigest: hex('e.after_digest'),
  hash: hex('e.hash'),
  salt: hex('p.salt'),
  personId: 'p.person_id',
};

/** What there is to read. */
export interface Extent {
  readonly head: { readonly sequence: bigint; readonly hash: string } | null;
  readonly first: bigint | null;
  readonly last: bigint | null;
  /** A row without a sequence, which no page would show. */
  readonly stray: StoredEntry | null;
}

/**
 * Reads a chain. Rows come as JSON text, put together in the database: what drivers make of times, lists and
 * bytes differs from one to the next, and an alarm must never be a driver's doing.
 */
export class ChainReader {
  readonly #entries: string;

  constructor(
    private readonly query: Query,
    private readonly service: string,
  ) {
    const schema = schemaOf(service);
    const pairs = Object.entries(COLUMNS).map(([name, column]) => `'${name}', ${column}`);
    // `offset 0` keeps the planner to one look-up for each entry; without statistics, and the embedded database
    // gathers none by itself, it would read all persons anew for every page.
    this.#entries = `select json_build_object(${pairs.join(', ')})::text as entry
      from ${schema}.audit_entry e left join lateral (
        select salt, person_id from ${schema}.audit_person where reference = e.actor_reference offset 0
      ) p on true`;
  }

  /** The ends in one statement, so that nothing that is appended meanwhile can come between. */
  async extent(): Promise<Extent> {
    const schema = schemaOf(this.service);
    const [row] = await this.query<Record<'head' | 'hash' | 'first' | 'last', string | null>>(
      `select (select sequence::text from ${schema}.audit_head limit 1) as head,
         (select encode(hash, 'hex') from ${schema}.audit_head limit 1) as hash,
         (select min(sequence)::text from ${schema}.audit_entry) as first,
         (select max(sequence)::text from ${schema}.audit_entry) as last`,
    );
    const number = (text: string | null | undefined) =>
      text === null || text === undefined ? null : BigInt(text);
    const head = number(row?.head);
    return {
      head: head === null ? null : { sequence: head, hash: row?.hash ?? '' },
      first: number(row?.first),
      last: number(row?.last),
      stray: (await this.#read('where e.sequence is null limit 1'))[0] ?? null,
    };
  }

  /** By range and not by limit: an entry that is there twice could else hide where one page ends. */
  between(after: bigint, upTo: bigint): Promise<StoredEntry[]> {
    return this.#read(`where e.sequence > ${after} and e.sequence <= ${upTo} order by e.sequence`);
  }

  async at(sequence: bigint): Promise<StoredEntry | null> {
    return (await this.#read(`where e.sequence = ${sequence} limit 1`))[0] ?? null;
  }

  /** The first that there is after `sequence`. */
  async next(sequence: bigint): Promise<StoredEntry | null> {
    return (await this.#read(`where e.sequence > ${sequence} order by e.sequence limit 1`))[0] ?? null;
  }

  /** Entries that say that they come after one with this hash. Reads the whole table: only once it is broken. */
  continuing(hash: string): Promise<StoredEntry[]> {
    return this.#read(`where e.previous_hash = decode('${hash}', 'hex') order by e.sequence limit 10`);
  }

  async checkpoints(): Promise<Checkpoint[]> {
    const rows = await this.query<{ checkpoint: string }>(
      `select json_build_array(day, sequence::text, encode(hash, 'hex'), key_id, encode(signature, 'hex'),
         extract(epoch from signed_at)::text)::text as checkpoint
       from ${schemaOf(this.service)}.audit_checkpoint order by sequence, day`,
    );
    return rows.map((row) => {
      const [day, sequence, hash, keyId, signature, signedAt] = JSON.parse(row.checkpoint);
      return { service: this.service, day, sequence, hash, keyId, signature, signedAt };
    });
  }

  async #read(which: string): Promise<StoredEntry[]> {
    const rows = await this.query<{ entry: string }>(`${this.#entries} ${which}`);
    return rows.map((row) => JSON.parse(row.entry));
  }
}

/** An array that is counted from another number than 1, or holds arrays, would read like a plain one. */
function isPlain(list: readonly unknown[] | null, shape: string | null): boolean {
  return list === null || shape === (list.length === 0 ? null : `[1:${list.length}]`);
}

export function hasPlainLists(entry: StoredEntry): boolean {
  return isPlain(entry.organisations, entry.organisationsShape) && isPlain(entry.roles, entry.rolesShape);
}

export function named(entry: StoredEntry): BrokenRow {
  const time = new Date(Number(entry.at) * 1000);
  return {
    sequence: entry.sequence,
    at: Number.isNaN(time.getTime()) ? entry.at : time.toISOString(),
    operation: entry.operation,
    object:
      entry.objectType === null && entry.objectId === null
        ? null
        : { type: entry.objectType, id: entry.objectId },
  };
}
