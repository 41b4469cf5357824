export { type AuditActor, type AuditEntry, appendAudit } from './append-audit.js';
export { AuditRow } from './audit-row.js';
export type { BreakKind, BrokenRow, ChainBreak } from './chain-break.js';
export {
  type Checkpoint,
  type CheckpointKey,
  type CheckpointTimerOptions,
  checkpointKey,
  checkpointKeyId,
  checkpointTimer,
  signCheckpoint,
} from './checkpoint.js';
export { digest } from './digest.js';
export { erasePersonFromAudit } from './erase-person.js';
export { auditMigration } from './migration.js';
export { type Verdict, type VerifyOptions, verifyChain } from './verify-chain.js';
