import { normaliseOrganisationNumber } from '@samspill/values';
import type { Remarks } from './remarks.js';

export interface PublishedIdentity {
  name: string;
  rawIdentifier: string | null;
  country: string | null;
  naturalPerson: boolean;
}

/**
 * The organisation number of a Norwegian organisation, from the field where it belongs or, when that field
 * does not hold one, from where people put it instead. Every departure is remarked.
 */
export function readOrganisationNumber(published: PublishedIdentity, remarks: Remarks): string | null {
  const { name, rawIdentifier, country, naturalPerson } = published;
  const norwegian = country === null || country === 'NOR' || country === 'NO';
  const inName = norwegian ? findNumber(name) : null;
  if (inName !== null) {
    remarks.add('NAME_CONTAINS_IDENTIFIER', 'BT-500', name, {
      nb: 'Navnet inneholder et organisasjonsnummer. Navnet er beholdt som publisert.',
      en: 'The name contains an organisation number. The name is kept as published.',
    });
  }
  if (rawIdentifier === null) {
    if (!naturalPerson) remarkMissing(name, inName !== null, remarks);
    return inName;
  }
  if (!norwegian) return null;

  const number = normaliseOrganisationNumber(rawIdentifier);
  if (number.ok) {
    if (number.changed) remarkNormalised(rawIdentifier, remarks);
    return number.value;
  }
  const inField = findNumber(rawIdentifier);
  if (inField !== null) {
    remarkNormalised(rawIdentifier, remarks);
    return inField;
  }
  // Without a country nothing says that a number ought to be Norwegian.
  if (country !== null) {
    remarks.add('IDENTIFIER_INVALID', 'BT-501', rawIdentifier, {
      nb: 'Feltet for organisasjonsnummer inneholder ikke et gyldig organisasjonsnummer.',
      en: 'The field for the organisation number does not hold a valid one.',
    });
  }
  return inName;
}

/** The one valid number in a text. Two different ones are an ambiguity, and no guess is made. */
function findNumber(text: string): string | null {
  const found = new Set<string>();
  for (const [candidate] of text.matchAll(/(?<!\d)\d{3}[\s.]?\d{3}[\s.]?\d{3}(?!\d)/g)) {
    const number = normaliseOrganisationNumber(candidate);
    if (number.ok) found.add(number.value);
  }
  const [only] = found;
  return found.size === 1 && only !== undefined ? only : null;
}

function remarkNormalised(raw: string, remarks: Remarks): void {
  remarks.add('IDENTIFIER_NORMALISED', 'BT-501', raw, {
    nb: 'Organisasjonsnummeret er lest ut og skrevet som ni siffer.',
    en: 'The organisation number was read out and written as nine digits.',
  });
}

function remarkMissing(name: string, foundInName: boolean, remarks: Remarks): void {
  remarks.add(
    'IDENTIFIER_MISSING',
    'BT-501',
    name || null,
    foundInName
      ? {
          nb: 'Feltet for organisasjonsnummer er tomt. Nummeret er tatt fra navnet.',
          en: 'The field for the organisation number is empty. The number is taken from the name.',
        }
      : {
          nb: 'Organisasjonen er publisert uten identifikator.',
          en: 'The organisation was published without an identifier.',
        },
  );
}
