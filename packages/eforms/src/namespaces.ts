const UBL = 'urn:oasis:names:specification:ubl:schema:xsd:';

/**
 * The prefixes that the eForms regulation's own XPaths use. A document may use any others: elements are
 * known by namespace, and the tree gives them these names.
 */
const PREFIXES = new Map([
  [`${UBL}CommonAggregateComponents-2`, 'cac'],
  [`${UBL}CommonBasicComponents-2`, 'cbc'],
  [`${UBL}CommonExtensionComponents-2`, 'ext'],
  ['http://data.europa.eu/p27/eforms-ubl-extensions/1', 'efext'],
  ['http://data.europa.eu/p27/eforms-ubl-extension-aggregate-components/1', 'efac'],
  ['http://data.europa.eu/p27/eforms-ubl-extension-basic-components/1', 'efbc'],
]);

/** Prefix → URI, for writing. */
export const URI_OF = Object.fromEntries([...PREFIXES].map(([uri, prefix]) => [prefix, uri])) as Record<
  'cac' | 'cbc' | 'ext' | 'efext' | 'efac' | 'efbc',
  string
>;

/** `cbc:ID` for what the regulation calls so, and `{uri}local` for everything else. */
export function canonicalName(namespace: string, local: string): string {
  const prefix = PREFIXES.get(namespace);
  return prefix ? `${prefix}:${local}` : `{${namespace}}${local}`;
}

/** The roots of eForms documents; the value is the name in the regulation. */
export const NOTICE_ROOTS: ReadonlyMap<string, string> = new Map([
  [`{${UBL}PriorInformationNotice-2}PriorInformationNotice`, 'PriorInformationNotice'],
  [`{${UBL}ContractNotice-2}ContractNotice`, 'ContractNotice'],
  [`{${UBL}ContractAwardNotice-2}ContractAwardNotice`, 'ContractAwardNotice'],
  [
    '{http://data.europa.eu/p27/eforms-business-registration-information-notice/1}BusinessRegistrationInformationNotice',
    'BusinessRegistrationInformationNotice',
  ],
  [
    `{${UBL}BusinessRegistrationInformationNotice}BusinessRegistrationInformationNotice`,
    'BusinessRegistrationInformationNotice',
  ],
]);
