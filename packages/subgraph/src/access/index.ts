export { Actor, type ActorMembership } from './actor.js';
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
