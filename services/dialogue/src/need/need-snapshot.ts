import { digest } from '@samspill/audit';
import type { AuditedObject } from '@samspill/subgraph';
import type { Need } from './need.js';

/** What the audit log has the digest of: what the municipality says, not how many others have joined or follow. */
export function snapshotOfNeed(need: Need): object {
  const { id, procurementId, municipalityNumber, status, publishedAt, ...rest } = need;
  const { title, effect, users, constraints, successCriteria, volume } = rest;
  const { closedAt, closedReason, closedExplanation } = rest;
  const texts = { title, effect, users, constraints, successCriteria, volume };
  const end = { closedAt, closedReason, closedExplanation };
  return { id, procurementId, municipalityNumber, status, publishedAt, ...texts, ...end };
}

/** What a change did to a need, for the audit log. */
export function changedNeed(need: Need, before: Buffer | null, after?: null): AuditedObject {
  return {
    object: { type: 'Need', id: need.id },
    owner: { municipality: need.municipalityNumber },
    before,
    after: after === null ? null : digest(snapshotOfNeed(need)),
  };
}
