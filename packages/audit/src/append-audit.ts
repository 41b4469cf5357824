import type { EntityManager } from '@mikro-orm/postgresql';
import { schemaOf, sha256 } from './canonical.js';

/** Who did it, for whom, and how sure the issuer was of that. */
export interface AuditActor {
  kind: 'PUBLIC' | 'PERSON' | 'SERVICE';
  /** The pseudonym; kept apart from the entry, where it can be erased. */
  personId: string | null;
  /** The client's id, for machines. */
  clientId: string | null;
  organisations: readonly string[];
  roles: readonly string[];
  level: string | null;
}

/** Who did what to which object. */
export interface AuditEntry {
  /** When, by the host's clock. The order of entries is their sequence, never this. */
  at: Date;
  requestId: string;
  actor: AuditActor;
  operation: string;
  outcome: 'DONE' | 'READ' | 'REFUSED';
  /** Of the closed list of error codes, when it was refused. */
  code?: string | null;
  /** Never a person's id: what stands here cannot be erased. */
  object?: { type: string; id: string } | null;
  /** Whose object it is, and so who may read the entry. */
  owner?: { municipality?: string | null; organisation?: string | null } | null;
  /** {@link digest} of the object before and after. */
  before?: Uint8Array | null;
  after?: Uint8Array | null;
}

/**
 * Adds entries to the service's chain, in the transaction of `em` if it has one, and returns the sequence of
 * the last. One statement, however many entries there are.
 *
 * Call it last in the transaction: from here until it ends, every other writer of the service waits, and
 * whoever took this lock before others' rows could end in a deadlock with somebody who did it the other way.
 */
export async function appendAudit(
  em: EntityManager,
  service: string,
  entries: readonly AuditEntry[],
): Promise<bigint | null> {
  if (entries.length === 0) return null;
  const rows = await em.execute<{ sequence: string | number }[]>(
    `select ${schemaOf(service)}.append_audit(?::jsonb) as sequence`,
    [JSON.stringify(entries.map(toRow))],
  );
  return BigInt(rows[0]?.sequence ?? 0);
}

function toRow({ actor, object, owner, ...entry }: AuditEntry): object {
  return {
    at: entry.at.toISOString(),
    request_id: storable(entry.requestId),
    actor_kind: actor.kind,
    person_id: storable(actor.personId),
    client_id: storable(actor.clientId),
    organisations: actor.organisations.map(storable),
    roles: actor.roles.map(storable),
    login_level: storable(actor.level),
    operation: storable(entry.operation),
    outcome: entry.outcome,
    code: storable(entry.code),
    object_type: storable(object?.type),
    object_id: storable(object?.id),
    owner_municipality: storable(owner?.municipality),
    owner_organisation: storable(owner?.organisation),
    before_digest: hex(entry.before),
    after_digest: hex(entry.after),
  };
}

/** Longer than any id that we give out, and short enough for an index. */
const LONGEST = 200;

/**
 * A refused attempt is written with what the client sent, which may be anything: PostgreSQL refuses U+0000 and
 * halves of surrogate pairs, and an index refuses 3 kB. None of that may keep the attempt from being recorded.
 * What is too long ends in the digest of the whole, so that it can still be told from another.
 */
function storable(text: string | null | undefined): string | null {
  if (text === null || text === undefined) return null;
  const clean = text.toWellFormed().replaceAll('\u0000', '\ufffd');
  if (clean.length <= LONGEST) return clean;
  return `${clean.slice(0, LONGEST - 72).toWellFormed()}…sha256:${sha256(text)}`;
}

function hex(bytes: Uint8Array | null | undefined): string | null {
  return bytes ? Buffer.from(bytes).toString('hex') : null;
}
