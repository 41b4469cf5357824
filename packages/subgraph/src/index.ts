import 'reflect-metadata';

export * from './access/index.js';
export { recordMembership } from './access/membership.js';
export { ActorKind, AuditEntry, AuditEntryConnection, AuditOutcome, auditTrailOf } from './audit-trail.js';
export { type AuditedObject, type Change, isRefusedByDatabase, UnauditedChange } from './change.js';
export { RequestContext } from './context.js';
export { askedCpvBranch } from './cpv-filter.js';
export {
  type ErrorCode,
  inLanguage,
  type Language,
  type Messages,
  PublicError,
  preferredLanguage,
} from './errors.js';
export { executeInProcess, type Operation } from './execute.js';
export {
  type EntityReference,
  entity,
  federatedSchema,
  type SubgraphDefinition,
} from './federated-schema.js';
export {
  type ConnectionOf,
  checkedPage,
  connection,
  connectionOfParent,
  connectionType,
  LARGEST_PAGE,
  PageArgs,
  PageInfo,
} from './page.js';
export { type ErrorAudience, presentError } from './present-errors.js';
export { safeLog, withoutTokens } from './safe-log.js';
export {
  CpvCodeScalar,
  DateScalar,
  DateTimeScalar,
  MoneyScalar,
  MunicipalityNumberScalar,
  NutsCodeScalar,
  OrganisationNumberScalar,
} from './scalars.js';
export { type ServedService, type ServeOptions, serveService } from './serve.js';
export {
  type FirstAdministrator,
  type Headers,
  type IncomingRequest,
  publicRequest,
  type Service,
  type ServiceDefinition,
  type ServiceHost,
  type ServiceStore,
  startService,
} from './service.js';
export { LONGEST_SEARCH, matchesText } from './text-search.js';
export { type Mendable, toUserErrors, UserError } from './user-errors.js';
