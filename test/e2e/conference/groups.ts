import { organisation } from '../../support/notices.js';
import { personaToken } from '../../support/tokens.js';

export type Language = 'nb' | 'nn' | 'en';

/** Some people who want to come together, and the one of them who registers, with a token of their own. */
export interface Group {
  readonly number: number;
  readonly headers: Record<string, string>;
  readonly language: Language;
  readonly organisation: { readonly number: string; readonly name: string } | null;
  readonly contactName: string;
  readonly email: string;
  /** Null for a seat of which it is not known who comes. */
  readonly names: readonly (string | null)[];
  /** For each seat, which of the items with seats of their own are chosen, by their numbers. */
  readonly choices: readonly (readonly number[])[];
}

export const LIMIT = 8;
const COMPANIES = 75;
const FIRST = ['Åse', 'Bjørn', 'Cecilie', 'Dag', 'Eli', 'Frode', 'Gunvor', 'Håkon', 'Ingunn', 'Jøran'];
const languages: readonly Language[] = ['nb', 'nn', 'en'];

/** The same groups for the same seed: one to four people of a company, or somebody for themselves. */
export async function groups(seed: number, count: number): Promise<Group[]> {
  const random = randomNumbers(seed);
  const upTo = (most: number) => Math.floor(random() * most);
  const has = new Map<number, number>();
  const made: Group[] = [];
  while (made.length < count) {
    const number = made.length + 1;
    const isPrivate = number % 9 === 0;
    const company = upTo(COMPANIES);
    const seats = isPrivate ? 1 : 1 + upTo(4);
    const asked = (has.get(company) ?? 0) + seats;
    if (!isPrivate && asked > LIMIT) continue;
    if (!isPrivate) has.set(company, asked);
    made.push(await group({ number, company: isPrivate ? null : company, seats, random }));
  }
  return made;
}

export async function group(about: {
  number: number;
  company: number | null;
  seats: number;
  random?: () => number;
}): Promise<Group> {
  const { number, company, seats, random = () => 1 } = about;
  const { organisationNumber = '', name = '' } =
    company === null ? {} : organisation(700_001 + company, `Firma ${company} AS`);
  const contactName = `${FIRST[number % FIRST.length]} Kontakt-${number}`;
  // Most say who comes; of some groups one seat is still open. Whoever comes alone is known.
  const names = Array.from({ length: seats }, (_, at) =>
    at > 0 && random() < 0.2 ? null : at === 0 ? contactName : `Deltaker ${number}-${at + 1}`,
  );
  const token = await personaToken(company === null ? 'person' : 'supplier', {
    sub: `group-${number}`,
    ...(company !== null && {
      authorization_details: [
        {
          type: 'ansattporten:altinn:resource',
          authorized_parties: [
            { orgno: { authority: 'iso6523-actorid-upis', ID: `0192:${organisationNumber}` } },
          ],
        },
      ],
    }),
  });
  const language = languages[number % 3] as Language;
  return {
    ...{ number, language, contactName, names },
    headers: { authorization: `Bearer ${token}`, 'accept-language': language },
    organisation: company === null ? null : { number: organisationNumber, name },
    email: `kontakt-${number}@firma.example`,
    choices: names.map(() => [0.5, 0.4].flatMap((share, at) => (random() < share ? [at] : []))),
  };
}

/** Mulberry32: good enough to mix people with, and the same everywhere. */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
