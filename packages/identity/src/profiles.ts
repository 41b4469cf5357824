import type { ClaimMapping, OrganisationPlace } from './claim-mapping.js';

/** What we know beforehand of an issuer of a kind: how to read its tokens, and where it describes itself. */
export interface Profile {
  readonly mapping: ClaimMapping;
  /** Appended to the issuer's address when neither keys nor their address are configured. */
  readonly metadata: string;
}

const OPENID = '.well-known/openid-configuration';

const CLIENT = { client: 'client_id', scope: 'scope' } as const;

const NO_PERSONS = { person: null, level: null, organisations: [] } satisfies Partial<ClaimMapping>;
const NO_MACHINES = { machine: null, consumer: [] } satisfies Partial<ClaimMapping>;

/**
 * ID-porten's levels; `Level3` and `Level4` are the spelling before 2023. Source, with the claims of its tokens:
 * https://docs.digdir.no/docs/idporten/oidc/oidc_protocol_access_token
 * Its persons' tokens name a `consumer` as well, which is who runs the client, not whom the person acts for.
 */
const IDPORTEN_LEVELS: NonNullable<ClaimMapping['level']>['values'] = {
  'idporten-loa-low': 'LOW',
  'idporten-loa-substantial': 'SUBSTANTIAL',
  'idporten-loa-high': 'HIGH',
  Level3: 'SUBSTANTIAL',
  Level4: 'HIGH',
};

/**
 * https://docs.digdir.no/docs/ansattporten/ansattporten_protocol: `high`, `substantial`, `entraid`. The last is the
 * employer's own log-in, of whatever strength the employer likes; the documentation counts it below the others.
 */
const ANSATTPORTEN_LEVELS: typeof IDPORTEN_LEVELS = {
  ...IDPORTEN_LEVELS,
  substantial: 'SUBSTANTIAL',
  high: 'HIGH',
  entraid: 'LOW',
};

/**
 * Ansattporten says in `authorization_details` (RFC 9396) for whom the person chose to act:
 * https://docs.digdir.no/docs/ansattporten/ansattporten_rar and …/ansattporten_entraid. As documented, Altinn 3
 * resources and the employer's organisation carry `authorized_parties[].orgno.ID`, Altinn 2 services carried
 * `reportees[].ID`, and an earlier version of `ansattporten:orgno` had the number directly. Spellings have changed
 * before (`Authority` and `authority`, `ID` and `id`), so each place is looked for in both.
 */
const REPRESENTED: OrganisationPlace[] = (
  [
    ['ansattporten:altinn:resource', ['authorized_parties.orgno', 'reportees']],
    ['ansattporten:altinn:service', ['authorized_parties.orgno', 'reportees']],
    ['ansattporten:orgno', ['authorized_parties.orgno', 'orgno']],
  ] as const
).flatMap(([type, paths]) =>
  paths.flatMap((path) =>
    ['ID', 'id'].map((id) => ({
      claim: 'authorization_details',
      where: { type },
      path: `${path}.${id}`,
      format: 'iso6523' as const,
    })),
  ),
);

/** https://docs.digdir.no/docs/Maskinporten/maskinporten_guide_apitilbyder: decide by `consumer`, also when delegated. */
const CONSUMER: OrganisationPlace[] = ['ID', 'id'].map((path) => ({
  claim: 'consumer',
  path,
  format: 'iso6523',
}));

export const profiles = {
  /** Persons, for nobody but themselves. */
  idporten: {
    metadata: OPENID,
    mapping: {
      ...CLIENT,
      ...NO_MACHINES,
      person: 'sub',
      level: { claim: 'acr', values: IDPORTEN_LEVELS },
      organisations: [],
    },
  },
  /** Persons, for the organisations that they chose at log-in. */
  ansattporten: {
    metadata: OPENID,
    mapping: {
      ...CLIENT,
      ...NO_MACHINES,
      person: 'sub',
      level: { claim: 'acr', values: ANSATTPORTEN_LEVELS },
      organisations: REPRESENTED,
    },
  },
  /** Machines of organisations. https://docs.digdir.no/docs/Maskinporten/maskinporten_func_wellknown */
  maskinporten: {
    metadata: '.well-known/oauth-authorization-server',
    mapping: { ...CLIENT, ...NO_PERSONS, machine: 'consumer', consumer: CONSUMER },
  },
  /** Tools of our own, with tokens that they sign themselves: see `signToolToken`. */
  'own-key': {
    metadata: OPENID,
    mapping: { ...CLIENT, ...NO_PERSONS, machine: 'client_id', consumer: [] },
  },
  /** The development issuer: persons as Ansattporten's, machines as Maskinporten's. */
  development: {
    metadata: OPENID,
    mapping: {
      ...CLIENT,
      person: 'sub',
      level: { claim: 'acr', values: ANSATTPORTEN_LEVELS },
      organisations: REPRESENTED,
      machine: 'consumer',
      consumer: CONSUMER,
    },
  },
} satisfies Record<string, Profile>;

export type ProfileName = keyof typeof profiles;
