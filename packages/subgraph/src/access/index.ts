export { Actor, type ActorMembership } from './actor.js';
export { forbidden, unauthenticated } from './refusals.js';
export type { Restricted, Restriction } from './restricted.js';
export { Role } from './role.js';
export {
  Access,
  type AccessRule,
  anyone,
  anyPerson,
  machines,
  officers,
  representatives,
} from './rules.js';
