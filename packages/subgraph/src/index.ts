import 'reflect-metadata';

export * from './access/index.js';
export { recordMembership } from './access/membership.js';
export { Reads } from './asked-properties.js';
export { ActorKind, AuditEntry, AuditEntryConnection, AuditOutcome, auditTrailOf } from './audit-trail.js';
export { AGE, CacheControl, type CacheHint, FollowsTheClock, Uncached } from './cache-control.js';
export { type AuditedObject, type Change, isRefusedByDatabase, UnauditedChange } from './change.js';
export { RequestContext } from './context.js';
export { askedCpvBranch } from './cpv-filter.js';
export {
  type EntityReference,
  entity,
  federatedSchema,
  type SubgraphDefinition,
} from './federated-schema.js';
export { currentProcurement, JoinedProcurement, joinProcurements } from './joined-procurement.js';
export type { Links } from './links.js';
export {
  type ConnectionOf,
  checkedPage,
  connection,
  connectionOfParent,
  connectionType,
  PageArgs,
  PageInfo,
} from './page.js';
export * from './protocol.js';
export { type RepeatOptions, repeatedly, type Stop } from './repeatedly.js';
export type { RouteCall, RouteMethod, ServiceRoute } from './route.js';
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
  type FileStorage,
  type FirstAdministrator,
  type IncomingRequest,
  type MailRoute,
  type MalwareScan,
  publicRequest,
  type ServiceDefinition,
  type ServiceHost,
  type ServicePart,
  type ServiceStore,
  startService,
} from './service.js';
export { LONGEST_SEARCH, matchesText } from './text-search.js';
export { TimelineFact, TimelineKind } from './timeline.js';
export { type Mendable, toUserErrors, UserError } from './user-errors.js';
export { connectionOfWhole } from './whole-list.js';
