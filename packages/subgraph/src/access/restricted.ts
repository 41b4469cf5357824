import type { AuditEntry } from '@samspill/audit';

/** Whose a row is that is not for everybody. */
export interface Restriction {
  readonly object: { readonly type: string; readonly id: string };
  readonly owner: NonNullable<AuditEntry['owner']>;
}

/**
 * An entity of which not every row is for everybody. Row-level security hides such rows from those whom they
 * do not concern; whoever gets to see one leaves an audit entry.
 */
export interface Restricted {
  /** Whose the row is; null while it is for everybody. */
  restriction(): Restriction | null;
}

export function restrictionOf(entity: Partial<Restricted>): Restriction | null {
  return entity.restriction?.() ?? null;
}
