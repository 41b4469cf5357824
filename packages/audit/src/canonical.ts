import { createHash } from 'node:crypto';

/**
 * The text whose SHA-256 is an entry's hash. `append_audit` in the migration writes the same one in SQL;
 * the two were written apart on purpose, so that a database that lies about hashes is found out.
 *
 * Every field says how many bytes it has before it says them, and nothing is a sign of its own (`-`), so no
 * two entries share a text: `AB` + `C` is `2:AB1:C` and `A` + `BC` is `1:A2:BC`.
 */
export function field(value: string | null): string {
  return value === null ? '-' : `${Buffer.byteLength(value)}:${value}`;
}

/** A list says how many it has first. */
export function list(values: readonly (string | null)[] | null): string {
  return values === null ? '-' : `${values.length}*${values.map(field).join('')}`;
}

/** An entry as the chain sees it. Bytes are hexadecimal. */
export interface ChainedEntry {
  readonly sequence: string;
  readonly previousHash: string | null;
  /** Seconds since 1970 with six decimals: all that the database keeps of a time. */
  readonly at: string | null;
  readonly requestId: string | null;
  readonly actorKind: string | null;
  readonly actorReference: string | null;
  readonly actorCommitment: string | null;
  readonly clientId: string | null;
  readonly organisations: readonly (string | null)[] | null;
  readonly roles: readonly (string | null)[] | null;
  readonly loginLevel: string | null;
  readonly operation: string | null;
  readonly outcome: string | null;
  readonly code: string | null;
  readonly objectType: string | null;
  readonly objectId: string | null;
  readonly ownerMunicipality: string | null;
  readonly ownerOrganisation: string | null;
  readonly beforeDigest: string | null;
  readonly afterDigest: string | null;
}

/** The service is part of it: an entry of one service is none in another's chain. */
export function entryHash(service: string, entry: ChainedEntry): string {
  return sha256(
    [
      field('samspill-audit-1'),
      field(service),
      field(entry.sequence),
      field(entry.previousHash),
      field(entry.at),
      field(entry.requestId),
      field(entry.actorKind),
      field(entry.actorReference),
      field(entry.actorCommitment),
      field(entry.clientId),
      list(entry.organisations),
      list(entry.roles),
      field(entry.loginLevel),
      field(entry.operation),
      field(entry.outcome),
      field(entry.code),
      field(entry.objectType),
      field(entry.objectId),
      field(entry.ownerMunicipality),
      field(entry.ownerOrganisation),
      field(entry.beforeDigest),
      field(entry.afterDigest),
    ].join(''),
  );
}

/** What the first entry continues. */
export const GENESIS = '00'.repeat(32);

export function sha256(...parts: (string | Uint8Array)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}

/** A time as PostgreSQL's `extract(epoch from …)::text` says it. */
export function epochText(time: Date): string {
  const milliseconds = time.getTime();
  if (Number.isNaN(milliseconds)) throw new RangeError('Not a point in time.');
  const sign = milliseconds < 0 ? '-' : '';
  const digits = String(Math.abs(milliseconds)).padStart(4, '0');
  return `${sign}${digits.slice(0, -3)}.${digits.slice(-3)}000`;
}

/** A service's name as it stands in SQL. It comes from our own code, but goes where no parameter can. */
export function schemaOf(service: string): string {
  if (!/^[a-z][a-z0-9_]{0,30}$/.test(service)) throw new RangeError(`Not a name of a service: ${service}`);
  return `"${service}"`;
}
