import type { Identity } from '@samspill/identity';
import type { Role } from './role.js';

/** What a person is in a municipality. */
export interface ActorMembership {
  /** The municipality's number of today. */
  readonly municipality: string;
  /** That number and all that have become part of it: what Askim left behind is Indre Østfold's to act on. */
  readonly numbers: readonly string[];
  readonly roles: readonly Role[];
}

/** Who is behind a request: what the token says, and what this service knows about it. */
export class Actor {
  constructor(
    readonly identity: Identity,
    /** In the municipalities that the person acts for at this log-in, and no others. */
    readonly memberships: readonly ActorMembership[] = [],
  ) {}

  get isPublic(): boolean {
    return this.identity.kind === 'PUBLIC';
  }

  /** The person's pseudonym; null for the public and for machines. */
  get personId(): string | null {
    return this.identity.kind === 'PERSON' ? this.identity.personId : null;
  }

  /** The organisations that it acts for, by their numbers. */
  get organisations(): readonly string[] {
    if (this.identity.kind === 'PERSON') return this.identity.organisations;
    const { organisation } = this.identity.kind === 'SERVICE' ? this.identity : { organisation: null };
    return organisation === null ? [] : [organisation];
  }

  /** Whether it has one of these roles in this municipality, by any number that it has or had; or in any, if none is named. */
  holds(roles: readonly Role[], municipality?: string): boolean {
    return this.memberships.some(
      (each) =>
        (municipality === undefined || each.numbers.includes(municipality)) &&
        roles.some((role) => each.roles.includes(role)),
    );
  }

  /** Whether it speaks for this organisation as one of its people. Machines do not. */
  represents(organisation: string): boolean {
    return this.identity.kind === 'PERSON' && this.identity.organisations.includes(organisation);
  }

  hasScope(scope: string): boolean {
    return this.identity.kind === 'SERVICE' && this.identity.scopes.includes(scope);
  }

  /** What row-level security is told; see the functions of the schema `samspill`. */
  sessionVariables(): Record<string, string> {
    const grants = this.memberships.flatMap(({ numbers, roles }) =>
      numbers.flatMap((number) => ['MEMBER', ...roles].map((role) => `${role}@${number}`)),
    );
    return {
      'samspill.grants': grants.join(','),
      // A machine has its organisation for the record only: it may do what its scopes say.
      'samspill.organisations': this.identity.kind === 'PERSON' ? this.organisations.join(',') : '',
      'samspill.scopes':
        this.identity.kind === 'SERVICE' ? this.identity.scopes.filter(isPlain).join(',') : '',
      'samspill.person': this.personId ?? '',
    };
  }
}

/** The database takes the list apart at the commas: a scope with one in it would be two there. */
const isPlain = (scope: string): boolean => !scope.includes(',');
