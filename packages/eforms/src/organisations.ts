import { indicatorAt } from './amounts.js';
import { checkedSize } from './codes.js';
import { all, first, inExtension, textOf, textsOf } from './find.js';
import { readOrganisationNumber } from './identifier.js';
import { Ids } from './ids.js';
import type { ParsedOrganisation } from './notice.js';
import { checkedRegion } from './places.js';
import type { Reading, Remarks } from './remarks.js';
import { cleanText, localisedName, NAME_LENGTH, shortened } from './text.js';
import type { XmlElement } from './xml-tree.js';

/** The notice's list of organisations, to which every role elsewhere in the notice refers. */
export class Directory {
  readonly organisations: ParsedOrganisation[] = [];
  readonly #byReference = new Map<string, ParsedOrganisation>();
  /** Technical ids of organisations that lead a group of buyers. */
  readonly leaders = new Set<string>();
  readonly #remarks: Remarks;

  constructor(root: XmlElement, reading: Reading) {
    this.#remarks = reading.remarks;
    const ids = new Ids('ORG', 'OPT-200', reading.remarks);
    for (const element of inExtension(root, 'efac:Organizations', 'efac:Organization')) {
      const company = first(element, 'efac:Company');
      if (!company) continue;
      const id = ids.claim(textOf(company, 'cac:PartyIdentification', 'cbc:ID'));
      const organisation = readOrganisation(id, element, company, reading);
      this.organisations.push(organisation);
      this.#byReference.set(organisation.technicalId, organisation);
      if (indicatorAt(element, 'efbc:GroupLeadIndicator')) this.leaders.add(organisation.technicalId);
      // A touch point (TPO-0001) is a desk of the organisation, and some roles refer to the desk.
      for (const desk of textsOf(element, 'efac:TouchPoint', 'cac:PartyIdentification', 'cbc:ID')) {
        this.#byReference.set(desk, organisation);
      }
    }
  }

  /** Turns references into organisations' technical ids; those that lead nowhere are remarked and left out. */
  resolve(references: readonly string[], field: string): string[] {
    const ids = new Set<string>();
    for (const reference of references) {
      const organisation = this.#byReference.get(reference);
      if (organisation) ids.add(organisation.technicalId);
      else remarkBroken(field, reference, this.#remarks);
    }
    return [...ids];
  }

  get(reference: string): ParsedOrganisation | undefined {
    return this.#byReference.get(reference);
  }
}

export function remarkBroken(field: string, reference: string, remarks: Remarks): void {
  remarks.add('REFERENCE_BROKEN', field, reference, {
    nb: 'Referansen peker på noe som ikke finnes i kunngjøringen. Den er utelatt.',
    en: 'The reference points to something that is not in the notice. It is left out.',
  });
}

function readOrganisation(
  technicalId: string,
  element: XmlElement,
  company: XmlElement,
  reading: Reading,
): ParsedOrganisation {
  const { remarks } = reading;
  const name = localisedName(all(company, 'cac:PartyName', 'cbc:Name'), 'BT-500', reading)?.value ?? '';
  const address = first(company, 'cac:PostalAddress');
  const country = textOf(address, 'cac:Country', 'cbc:IdentificationCode');
  const rawIdentifier = textOf(company, 'cac:PartyLegalEntity', 'cbc:CompanyID');
  const naturalPerson = indicatorAt(element, 'efbc:NaturalPersonIndicator') ?? false;
  const nuts = textOf(address, 'cbc:CountrySubentityCode');
  const city = textOf(address, 'cbc:CityName');

  if (name === '') {
    remarks.add('NAME_MISSING', 'BT-500', technicalId, {
      nb: 'Organisasjonen er publisert uten navn.',
      en: 'The organisation was published without a name.',
    });
  }
  if (isTestOrganisation(name)) {
    remarks.add('TEST_ORGANISATION', 'BT-500', name, {
      nb: 'Navnet tyder på en testorganisasjon.',
      en: 'The name looks like that of a test organisation.',
    });
  }
  return {
    technicalId,
    name,
    rawIdentifier,
    organisationNumber: readOrganisationNumber({ name, rawIdentifier, country, naturalPerson }, remarks),
    country,
    city:
      city === null ? null : shortened(cleanText(city, 'BT-513', reading), NAME_LENGTH, 'BT-513', reading),
    postCode: textOf(address, 'cbc:PostalZone'),
    nuts: nuts === null ? null : checkedRegion(nuts, 'BT-507', reading),
    website: textOf(company, 'cbc:WebsiteURI'),
    contact: readContact(company),
    size: checkedSize(textOf(company, 'efbc:CompanySizeCode'), reading),
    naturalPerson,
    legalType: null,
  };
}

function readContact(company: XmlElement): ParsedOrganisation['contact'] {
  const contact = first(company, 'cac:Contact');
  const name = textOf(contact, 'cbc:Name');
  const email = textOf(contact, 'cbc:ElectronicMail');
  const telephone = textOf(contact, 'cbc:Telephone');
  return name === null && email === null && telephone === null ? null : { name, email, telephone };
}

/** Marks that test systems leave. A word that merely contains "test" is not one: Testsenter AS is a firm. */
function isTestOrganisation(name: string): boolean {
  return /\[test\]|\btest[\s_-]?(?:org|kommune|oppdragsgiver|virksomhet|leverand|buyer|supplier)|^test\s*\d*$/i.test(
    name,
  );
}
