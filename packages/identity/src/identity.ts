/** How sure the issuer is of who logged in: the levels of eIDAS (sikkerhetsnivå). */
export type LoginLevel = 'LOW' | 'SUBSTANTIAL' | 'HIGH';

/** Somebody without a token: everybody. Sees what law makes public. */
export interface PublicIdentity {
  readonly kind: 'PUBLIC';
}

/** A person who has logged in, for the organisations that they chose to act for at log-in. */
export interface PersonIdentity {
  readonly kind: 'PERSON';
  /** The name that the configuration gives the issuer, such as `ansattporten`. Not its address, which may change. */
  readonly issuer: string;
  /** Pseudonym, stable for a person and an issuer; says nothing about who it is. See {@link personIdOf}. */
  readonly personId: string;
  /** Organisation numbers; empty for a person who acts for nobody but themselves. */
  readonly organisations: readonly string[];
  readonly level: LoginLevel;
}

/** A machine: another system, or one of our own tools. */
export interface ServiceIdentity {
  readonly kind: 'SERVICE';
  readonly issuer: string;
  /** The client's id at its issuer. */
  readonly clientId: string;
  /** The organisation number of who runs it (Maskinporten's consumer); null for a tool of our own. */
  readonly organisation: string | null;
  /** What it may do, such as `samspill:notices.import`. */
  readonly scopes: readonly string[];
}

/** Who a token says is asking. What that one may do is another question, and each service answers it itself. */
export type Identity = PublicIdentity | PersonIdentity | ServiceIdentity;

export const everybody: PublicIdentity = Object.freeze({ kind: 'PUBLIC' });

/** The scopes that machines may be given. */
export const scopes = {
  /** May import notices (`importNotices`). */
  importNotices: 'samspill:notices.import',
  /** May listen to when a service changes. The gateway has it of itself, and no issuer need give it to anybody. */
  followChanges: 'samspill:changes.follow',
} as const;
