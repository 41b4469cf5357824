import 'reflect-metadata';

export { RequestContext } from './context.js';
export {
  type ErrorCode,
  inLanguage,
  type Language,
  type Messages,
  preferredLanguage,
  PublicError,
} from './errors.js';
export { executeInProcess, type Operation } from './execute.js';
export { type EntityReference, entity, federatedSchema, type SubgraphDefinition } from './federated-schema.js';
export {
  checkedPage,
  connection,
  type ConnectionOf,
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
export { serveService, type ServedService } from './serve.js';
export {
  type Headers,
  type Service,
  type ServiceDefinition,
  type ServiceHost,
  type ServiceStore,
  startService,
} from './service.js';
