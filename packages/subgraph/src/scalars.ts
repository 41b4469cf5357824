import {
  isMunicipalityNumber,
  isNuts,
  type Money,
  normaliseOrganisationNumber,
  parseCpv,
} from '@samspill/values';
import { GraphQLScalarType, Kind, type ValueNode, valueFromASTUntyped } from 'graphql';
import { PublicError } from './errors.js';

/**
 * Scalars with meaning. Output is trusted (it comes from our own store); input is checked here once, so
 * that no resolver ever sees an organisation number that is none.
 */
function textScalar(options: {
  name: string;
  description: string;
  specifiedByURL?: string;
  parse: (text: string) => string | null;
  expected: { nb: string; en: string };
}): GraphQLScalarType<string, string> {
  const parse = (input: unknown): string => {
    const value = typeof input === 'string' ? options.parse(input) : null;
    if (value === null) {
      throw PublicError.badInput({
        nb: `«${String(input)}» er ikke gyldig som ${options.name}: ${options.expected.nb}`,
        en: `"${String(input)}" is not a valid ${options.name}: ${options.expected.en}`,
      });
    }
    return value;
  };
  return new GraphQLScalarType<string, string>({
    name: options.name,
    description: options.description,
    specifiedByURL: options.specifiedByURL,
    serialize: (value) => String(value),
    parseValue: parse,
    parseLiteral: (node) => parse(node.kind === Kind.STRING ? node.value : undefined),
  });
}

export const OrganisationNumberScalar = textScalar({
  name: 'OrganisationNumber',
  description:
    'Norwegian organisation number (organisasjonsnummer): nine digits with a check digit (MOD11). Spaces are accepted in input and never given in output.',
  parse: (text) => {
    const result = normaliseOrganisationNumber(text);
    return result.ok ? result.value : null;
  },
  expected: { nb: 'ni siffer med riktig kontrollsiffer.', en: 'nine digits with the right check digit.' },
});

export const MunicipalityNumberScalar = textScalar({
  name: 'MunicipalityNumber',
  description:
    'Municipality number (kommunenummer): four digits, such as 3118 for Indre Østfold. Numbers of municipalities that have since merged or been renumbered stay valid.',
  parse: (text) => (isMunicipalityNumber(text) ? text : null),
  expected: { nb: 'fire siffer, som 3118.', en: 'four digits, such as 3118.' },
});

export const CpvCodeScalar = textScalar({
  name: 'CpvCode',
  description:
    'Code of the Common Procurement Vocabulary (CPV): what is bought. Eight digits, without the check digit, such as 45000000 for construction work.',
  specifiedByURL: 'https://eur-lex.europa.eu/eli/reg/2008/213/oj',
  parse: (text) => parseCpv(text)?.code ?? null,
  expected: { nb: 'åtte siffer, som 45000000.', en: 'eight digits, such as 45000000.' },
});

export const NutsCodeScalar = textScalar({
  name: 'NutsCode',
  description:
    'Region code (NUTS), such as NO083 for Østfold. Codes that have gone out of use occur in older notices.',
  parse: (text) => (isNuts(text) ? text : null),
  expected: { nb: 'en NUTS-kode, som NO083.', en: 'a NUTS code, such as NO083.' },
});

export const DateTimeScalar = new GraphQLScalarType<Date, string>({
  name: 'DateTime',
  description: 'A point in time in UTC (RFC 3339), such as 2024-02-27T11:00:00.000Z. Show it in Europe/Oslo.',
  specifiedByURL: 'https://scalars.graphql.org/andimarek/date-time',
  serialize: (value) => (value instanceof Date ? value : new Date(String(value))).toISOString(),
  parseValue: parseDateTime,
  parseLiteral: (node) => parseDateTime(node.kind === Kind.STRING ? node.value : undefined),
});

const RFC3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/i;

function parseDateTime(input: unknown): Date {
  const time =
    typeof input === 'string' && RFC3339.test(input) && isDay(input.slice(0, 10)) ? new Date(input) : null;
  // An offset can lead out of the years that have four digits, and a Date and PostgreSQL write those differently.
  if (!time || !(time.getUTCFullYear() >= 1 && time.getUTCFullYear() <= 9999)) {
    throw PublicError.badInput({
      nb: `«${String(input)}» er ikke et tidspunkt. Skriv det som 2024-02-27T12:00:00+01:00.`,
      en: `"${String(input)}" is not a point in time. Write it as 2024-02-27T12:00:00+01:00.`,
    });
  }
  return time;
}

/** Whether there is such a day: JavaScript takes 30 February for the first of March, and PostgreSQL knows no year 0. */
function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text.startsWith('0000')) return false;
  const day = new Date(text);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

export const DateScalar = textScalar({
  name: 'Date',
  description: 'A calendar day in Norway, YYYY-MM-DD.',
  specifiedByURL: 'https://scalars.graphql.org/andimarek/local-date',
  parse: (text) => (isDay(text) ? text : null),
  expected: { nb: 'skriv dagen som 2024-02-27.', en: 'write the day as 2024-02-27.' },
});

export const MoneyScalar = new GraphQLScalarType<Money, Money>({
  name: 'Money',
  description:
    'An amount of money without VAT: {"amount": 130000000, "currency": "NOK"}. The amount is a whole number of øre (hundredths of the currency), so 130000000 is 1.3 million kroner. In input the currency may be left out (NOK), and a whole number alone is an amount in øre.',
  serialize: (value) => value as Money,
  parseValue: parseMoney,
  parseLiteral: (node, variables) =>
    // Validation has no variables yet; what they hold is judged when the field is resolved.
    variables || !hasVariable(node) ? parseMoney(valueFromASTUntyped(node, variables)) : NOT_YET_KNOWN,
});

const NOT_YET_KNOWN: Money = { amount: 0, currency: 'NOK' };

function hasVariable(node: ValueNode): boolean {
  return (
    node.kind === Kind.VARIABLE ||
    (node.kind === Kind.OBJECT && node.fields.some((field) => hasVariable(field.value))) ||
    (node.kind === Kind.LIST && node.values.some(hasVariable))
  );
}

function parseMoney(input: unknown): Money {
  const given = typeof input === 'number' ? { amount: input } : (input as Partial<Money> | null);
  const { amount, currency = 'NOK', ...rest } = typeof given === 'object' && given !== null ? given : {};
  const known = Object.keys(rest).length === 0;
  if (!known || !Number.isSafeInteger(amount) || !/^[A-Z]{3}$/.test(String(currency))) {
    throw PublicError.badInput({
      nb: 'Beløpet er ikke gyldig. Skriv det som {amount: 130000000, currency: "NOK"}, i hele øre.',
      en: 'The amount is not valid. Write it as {amount: 130000000, currency: "NOK"}, in whole øre.',
    });
  }
  return { amount: amount as number, currency: String(currency) };
}
