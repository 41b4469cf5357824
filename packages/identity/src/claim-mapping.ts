import { isOrganisationNumber } from '@samspill/values';
import { z } from 'zod';
import type { LoginLevel, PersonIdentity, ServiceIdentity } from './identity.js';
import { personIdOf } from './person-id.js';
import { TokenRefused } from './refusal.js';

/** The claims of a token whose signature, issuer, audience and time are already believed. */
export type Claims = Readonly<Record<string, unknown>>;

const claimName = z.string().min(1);

/** Somewhere in the claims that organisation numbers stand. Arrays on the way are walked through, every element. */
const organisationPlace = z.strictObject({
  claim: claimName.describe('The claim at the top'),
  where: z
    .record(z.string(), z.string())
    .optional()
    .describe('Only entries of the claim with exactly these values, such as { "type": …, "resource": … }'),
  path: z
    .string()
    .min(1)
    .optional()
    .describe('From the entry to the number, with dots: authorized_parties.orgno.ID'),
  format: z.enum(['plain', 'iso6523']).describe('987654321, or 0192:987654321'),
});
export type OrganisationPlace = z.infer<typeof organisationPlace>;

/**
 * National identity numbers, by the names that the public log-ins use. The pseudonym made of one could be undone by
 * trying all of them, so no configuration may name it as the person.
 */
const NATIONAL_NUMBERS = ['pid', 'ssn', 'fnr', 'national_id'];

/** How the claims of one issuer become an identity. Data only: an issuer that differs needs no code. */
export const claimMapping = z.strictObject({
  person: claimName
    .refine((claim) => !NATIONAL_NUMBERS.includes(claim), 'A national identity number is never read')
    .nullable()
    .describe('The claim that tells persons apart; null when the issuer knows no persons'),
  level: z
    .strictObject({
      claim: claimName,
      values: z.record(z.string(), z.enum(['LOW', 'SUBSTANTIAL', 'HIGH'])),
    })
    .nullable()
    .describe(
      'The claim with the level of the log-in and what its values mean. A token that has it is a person’s',
    ),
  organisations: z.array(organisationPlace).describe('Where the organisations that a person acts for stand'),
  machine: claimName
    .nullable()
    .describe('The claim that every machine’s token has; null when the issuer knows no machines'),
  consumer: z
    .array(organisationPlace)
    .describe('Where the organisation that runs a machine stands; empty for tools of our own'),
  client: claimName.describe('The claim with the client’s id. Required of every token: ID tokens have none'),
  scope: claimName.describe('The claim with the scopes, separated by spaces'),
  scopes: z
    .record(z.string(), z.string())
    .optional()
    .describe(
      'What the issuer calls our scopes, where it does not know them by our names: { "indreostfold:samspill.import": "samspill:notices.import" }. Others then count for nothing',
    ),
});
export type ClaimMapping = z.infer<typeof claimMapping>;

/**
 * @throws TokenRefused CLAIM_MISSING when the token does not say enough. Nothing is guessed: a level that the table
 * does not have, or a machine whose organisation cannot be read, is refused rather than taken for the lowest.
 */
export function identityOf(
  issuer: string,
  claims: Claims,
  mapping: ClaimMapping,
): PersonIdentity | ServiceIdentity {
  const clientId = textOf(claims, mapping.client);
  // The level tells a person from a machine, not the subject or the consumer: ID-porten's tokens for persons name a
  // consumer too, and many issuers give machines a subject.
  if (mapping.level && mapping.person && Object.hasOwn(claims, mapping.level.claim)) {
    return Object.freeze({
      kind: 'PERSON',
      issuer,
      personId: personIdOf(issuer, textOf(claims, mapping.person)),
      organisations: Object.freeze(organisationsIn(claims, mapping.organisations)),
      level: levelOf(claims, mapping.level),
    });
  }
  if (mapping.machine && Object.hasOwn(claims, mapping.machine)) {
    return Object.freeze({
      kind: 'SERVICE',
      issuer,
      clientId,
      organisation: consumerOf(claims, mapping.consumer),
      scopes: Object.freeze(scopesOf(claims[mapping.scope], mapping.scopes)),
    });
  }
  throw missing(mapping.level?.claim ?? mapping.machine ?? mapping.client);
}

function levelOf(claims: Claims, level: NonNullable<ClaimMapping['level']>): LoginLevel {
  const value = textOf(claims, level.claim);
  const known = Object.hasOwn(level.values, value) ? level.values[value] : undefined;
  if (known === undefined)
    throw new TokenRefused('CLAIM_MISSING', `${level.claim} has a value without a meaning`);
  return known;
}

/** Null only where the mapping expects none: an unreadable consumer must not pass for a tool of our own. */
function consumerOf(claims: Claims, places: readonly OrganisationPlace[]): string | null {
  if (places.length === 0) return null;
  const [organisation, ...others] = organisationsIn(claims, places);
  if (organisation === undefined || others.length > 0) {
    throw new TokenRefused('CLAIM_MISSING', 'not exactly one organisation that runs the machine');
  }
  return organisation;
}

/** Numbers that are not organisation numbers, or of another register than Norway's (0192), are not taken over. */
function organisationsIn(claims: Claims, places: readonly OrganisationPlace[]): string[] {
  const found = places.flatMap((place) =>
    entriesOf(claims, place)
      .flatMap((entry) => valuesAt(entry, place.path?.split('.') ?? []))
      .map((value) => numberIn(value, place.format))
      .filter((number) => number !== null),
  );
  return [...new Set(found)];
}

function entriesOf(claims: Claims, { claim, where = {} }: OrganisationPlace): unknown[] {
  if (!Object.hasOwn(claims, claim)) return [];
  const conditions = Object.entries(where);
  return [claims[claim]]
    .flat()
    .filter(
      (entry) =>
        conditions.length === 0 ||
        (isRecord(entry) &&
          conditions.every(([key, value]) => Object.hasOwn(entry, key) && entry[key] === value)),
    );
}

function valuesAt(value: unknown, [step, ...rest]: readonly string[]): unknown[] {
  if (Array.isArray(value))
    return value.flatMap((element) => valuesAt(element, step === undefined ? [] : [step, ...rest]));
  if (step === undefined) return [value];
  return isRecord(value) && Object.hasOwn(value, step) ? valuesAt(value[step], rest) : [];
}

function numberIn(value: unknown, format: OrganisationPlace['format']): string | null {
  if (typeof value !== 'string') return null;
  const number = format === 'plain' ? value : /^0192:(\d{9})$/.exec(value)?.[1];
  return number !== undefined && isOrganisationNumber(number) ? number : null;
}

function scopesOf(value: unknown, names?: Readonly<Record<string, string>>): string[] {
  const texts = [value].flat().filter((text) => typeof text === 'string');
  const given = [...new Set(texts.flatMap((text) => text.split(' ')).filter((scope) => scope !== ''))];
  if (!names) return given;
  return given.flatMap((scope) => (Object.hasOwn(names, scope) ? (names[scope] as string) : []));
}

function textOf(claims: Claims, claim: string): string {
  const value = Object.hasOwn(claims, claim) ? claims[claim] : undefined;
  if (typeof value !== 'string' || value === '') throw missing(claim);
  return value;
}

function missing(claim: string): TokenRefused {
  return new TokenRefused('CLAIM_MISSING', claim);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
