import { createHash } from 'node:crypto';
import { normaliseOrganisationNumber } from './organisation-number.js';

export interface PartyIdentity {
  /** ISO 3166-1 alpha-3, or null. */
  country: string | null;
  /** The valid nine digits of a Norwegian organisation, or null. */
  organisationNumber: string | null;
  /** The identifier as published. */
  rawIdentifier: string | null;
  name: string;
}

/**
 * One stable public id of an organisation, the same in every service, safe as a GraphQL id and in a URL:
 * - `NO-BRC-923609016` in the style of org-id.guide, for a valid Norwegian number;
 * - `FIN-02165095` for another country's identifier;
 * - `SWE-NAME-0f3a…` from the name, when there is nothing better.
 *
 * A Norwegian number that fails its check digit belongs to nobody or to somebody else, so it falls back to
 * the name rather than joining two organisations by a typing error.
 */
export function partyId({ country, organisationNumber, rawIdentifier, name }: PartyIdentity): string {
  const iso3 = alpha3(country);
  const number = normaliseOrganisationNumber(organisationNumber ?? (iso3 === 'NOR' ? rawIdentifier : null));
  if (number.ok) return `NO-BRC-${number.value}`;
  const identifier = (rawIdentifier ?? '')
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '');
  if (iso3 !== 'NOR' && identifies(identifier)) return `${iso3}-${identifier}`;
  const basis = normaliseName(name) || identifier;
  return `${iso3}-NAME-${createHash('sha256').update(basis).digest('hex').slice(0, 16)}`;
}

/**
 * At least three digits, not one digit all over, and not counted up from one: `n/a`, `EU-PO`, `000000000`
 * and `123456789` are fillers. Taken for numbers, they would make one organisation of strangers.
 */
function identifies(identifier: string): boolean {
  const digits = identifier.replace(/\D/g, '');
  return digits.length >= 3 && !/^(\d)\1*$/.test(identifier) && !/^1234567(8(9(0\d*)?)?)?$/.test(identifier);
}

function normaliseName(name: string): string {
  return name.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
}

function alpha3(country: string | null): string {
  const code = (country ?? '').trim().toUpperCase();
  if (code === 'NO') return 'NOR';
  return /^[A-Z]{3}$/.test(code) ? code : 'XXX';
}
