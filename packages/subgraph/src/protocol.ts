// What the gateway and the services agree on. It loads nothing that only a service needs: the object-relational mapper
// and the schema's decorators would be half of a gateway's memory.
export { answerRoute, routePrefix } from './answer-route.js';
export { CHANGES_BEAT, CHANGES_PATH } from './changes-route.js';
export {
  type ErrorCode,
  inLanguage,
  type Language,
  type Messages,
  PublicError,
  preferredLanguage,
} from './errors.js';
export { executeInProcess, type Operation } from './execute.js';
export { documentStore } from './kept-documents.js';
export { DEFAULT_PAGE, LARGEST_PAGE } from './page-size.js';
export { type ErrorAudience, presentError } from './present-errors.js';
export { RecentlyUsed } from './recently-used.js';
export { requestIdFrom } from './request-id.js';
export { safeLog, withoutTokens } from './safe-log.js';
export type { Headers, Service } from './service.js';
export { toWebRequest } from './web-request.js';
