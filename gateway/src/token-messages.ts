import type { TokenFault } from '@samspill/identity';
import type { Messages } from '@samspill/subgraph/protocol';
import { Refusal } from './refusals.js';

const DOUBTED: Messages = {
  nb: 'Signaturen på tokenet lar seg ikke bekrefte. Logg inn igjen for å få et nytt.',
  nn: 'Signaturen på tokenet lèt seg ikkje stadfeste. Logg inn igjen for å få eit nytt.',
  en: 'The signature of the token cannot be confirmed. Log in again to get a new one.',
};

/** What to do about each fault. The rest cannot happen to a token, only to what we send each other. */
const MESSAGES: Partial<Record<TokenFault, Messages>> = {
  MALFORMED: {
    nb: 'Hodet `Authorization` skal være `Bearer`, et mellomrom og et token fra utstederen (JWT). Send det slik, eller utelat hodet for å spørre uten innlogging.',
    nn: 'Hovudet `Authorization` skal vere `Bearer`, eit mellomrom og eit token frå utferdaren (JWT). Send det slik, eller utelat hovudet for å spørje utan innlogging.',
    en: 'The header Authorization must be Bearer, a space and a token of the issuer (JWT). Send it like that, or leave the header out to ask without logging in.',
  },
  TOO_LARGE: {
    nb: 'Tokenet er for stort; grensen er 8192 tegn. Be utstederen om et token for dette endepunktet alene.',
    nn: 'Tokenet er for stort; grensa er 8192 teikn. Be utferdaren om eit token for dette endepunktet åleine.',
    en: 'The token is too large; the limit is 8192 characters. Ask the issuer for a token for this endpoint alone.',
  },
  ALGORITHM_NOT_ALLOWED: DOUBTED,
  UNKNOWN_KEY: DOUBTED,
  WRONG_SIGNATURE: DOUBTED,
  WRONG_ISSUER: {
    nb: 'Tokenet kommer fra en utsteder som dette endepunktet ikke godtar. Logg inn hos en som det godtar, eller utelat hodet `Authorization` for å spørre uten innlogging.',
    nn: 'Tokenet kjem frå ein utferdar som dette endepunktet ikkje godtek. Logg inn hos ein som det godtek, eller utelat hovudet `Authorization` for å spørje utan innlogging.',
    en: 'The token comes from an issuer that this endpoint does not accept. Log in with one that it accepts, or leave the header Authorization out to ask without logging in.',
  },
  WRONG_AUDIENCE: {
    nb: 'Tokenet er utstedt for en annen mottaker. Be utstederen om et token for dette endepunktet.',
    nn: 'Tokenet er utferda for ein annan mottakar. Be utferdaren om eit token for dette endepunktet.',
    en: 'The token was issued for another recipient. Ask the issuer for a token for this endpoint.',
  },
  EXPIRED: {
    nb: 'Innloggingen er utløpt. Logg inn igjen, eller forny tokenet.',
    nn: 'Innlogginga er gått ut. Logg inn igjen, eller forny tokenet.',
    en: 'The login has expired. Log in again, or renew the token.',
  },
  NOT_YET_VALID: {
    nb: 'Tokenet gjelder ikke ennå. Se etter at klokken hos utstederen er riktig, og prøv igjen om litt.',
    nn: 'Tokenet gjeld ikkje enno. Sjå etter at klokka hos utferdaren er rett, og prøv igjen om litt.',
    en: 'The token is not valid yet. Check that the clock of the issuer is right, and try again in a moment.',
  },
  CLAIM_MISSING: {
    nb: 'Tokenet mangler noe som trengs her. Logg inn igjen og velg hvem du handler for; hjelper ikke det, må klienten be utstederen om riktig scope.',
    nn: 'Tokenet manglar noko som trengst her. Logg inn igjen og vel kven du handlar for; hjelper ikkje det, må klienten be utferdaren om rett scope.',
    en: 'The token lacks something that is needed here. Log in again and choose whom you act for; if that does not help, the client must ask the issuer for the right scope.',
  },
};

const UNREACHABLE: Messages = {
  nb: 'Utstederen av tokenet svarer ikke, så vi kan ikke bekrefte hvem du er. Prøv igjen om litt.',
  nn: 'Utferdaren av tokenet svarar ikkje, så vi kan ikkje stadfeste kven du er. Prøv igjen om litt.',
  en: 'The issuer of the token does not answer, so we cannot confirm who you are. Try again in a moment.',
};

/** https://www.rfc-editor.org/rfc/rfc6750#section-3.1 */
export function refusedToken(fault: TokenFault): Refusal {
  if (fault === 'ISSUER_UNREACHABLE') {
    return new Refusal(503, 'SERVICE_UNAVAILABLE', UNREACHABLE, {
      reason: fault,
      headers: { 'retry-after': '5' },
    });
  }
  const messages = MESSAGES[fault] ?? DOUBTED;
  return new Refusal(401, 'UNAUTHENTICATED', messages, {
    reason: fault,
    // The description may hold neither quotes nor anything beyond ASCII; the English sentences do not.
    headers: { 'www-authenticate': `Bearer error="invalid_token", error_description="${messages.en}"` },
  });
}
