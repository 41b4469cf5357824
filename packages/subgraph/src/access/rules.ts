import { Extensions } from 'type-graphql';
import type { Actor } from './actor.js';
import { Role } from './role.js';

/** Who may use an operation or a field. Decided before anything is read, from the actor and the arguments alone. */
export interface AccessRule {
  /** In the words of the schema's documentation; null where there is nothing to say, because everybody may. */
  readonly says: string | null;
  admits(actor: Actor, args: Readonly<Record<string, unknown>>): boolean;
}

/** Everybody, logged in or not. What they see of it is another matter. */
export const anyone: AccessRule = { says: null, admits: () => true };

/** Whoever has logged in, as a person. */
export const anyPerson: AccessRule = {
  says: 'whoever has logged in',
  admits: (actor) => actor.identity.kind === 'PERSON',
};

/** Whoever has logged in to act for an organisation. Whether it is the right one, only the object can tell. */
export const representatives: AccessRule = {
  says: 'those who act for the organisation',
  admits: (actor) => actor.identity.kind === 'PERSON' && actor.organisations.length > 0,
};

/**
 * Officers with one of these roles, or with any if none is named. Where the input names a municipality, in that one; else in any, and the
 * operation itself asks `context.demand` once it knows whose the object is.
 */
export function officers(...roles: readonly Role[]): AccessRule {
  return {
    says: roles.length
      ? `officers of the municipality with the role ${roles.join(' or ')}`
      : 'officers of the municipality, whatever their role',
    admits: (actor, args) => actor.holds(roles.length ? roles : ALL_ROLES, namedMunicipality(args)),
  };
}

const ALL_ROLES = Object.values(Role);

/** Machines with this scope, such as `samspill:notices.import`. */
export function machines(scope: string): AccessRule {
  return { says: `machines with the scope ${scope}`, admits: (actor) => actor.hasScope(scope) };
}

function namedMunicipality(args: Readonly<Record<string, unknown>>): string | undefined {
  const named = args.municipality ?? (args.input as Record<string, unknown> | undefined)?.municipality;
  return typeof named === 'string' ? named : undefined;
}

const EXTENSION = 'samspillAccess';

/**
 * Declares who may use an operation. Every operation needs one: a service whose schema has an operation
 * without does not start. Fields may have one too.
 */
export const Access = (rule: AccessRule): MethodDecorator & PropertyDecorator =>
  Extensions({ [EXTENSION]: rule }) as MethodDecorator & PropertyDecorator;

/** The rule that was declared at a field, if there is one. */
export function declaredAccess(extensions: Readonly<Record<string, unknown>>): AccessRule | undefined {
  return extensions[EXTENSION] as AccessRule | undefined;
}
