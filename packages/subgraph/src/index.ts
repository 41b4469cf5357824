import 'reflect-metadata';

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
export {
  CpvCodeScalar,
  DateScalar,
  DateTimeScalar,
  MoneyScalar,
  MunicipalityNumberScalar,
  NutsCodeScalar,
  OrganisationNumberScalar,
} from './scalars.js';
export { type ServedService, serveService } from './serve.js';
export {
  type Headers,
  type Service,
  type ServiceDefinition,
  type ServiceHost,
  type ServiceStore,
  startService,
} from './service.js';
export { LONGEST_SEARCH, matchesText } from './text-search.js';
