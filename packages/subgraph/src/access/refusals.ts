import { PublicError } from '../errors.js';

/** Nobody has logged in, and somebody has to. */
export function unauthenticated(): PublicError {
  return new PublicError('UNAUTHENTICATED', {
    nb: 'Dette krever innlogging. Logg inn, og send tilgangstokenet i hodet «Authorization: Bearer …».',
    nn: 'Dette krev innlogging. Logg inn, og send tilgangstokenet i hovudet «Authorization: Bearer …».',
    en: 'This requires logging in. Log in, and send the access token in the header "Authorization: Bearer …".',
  });
}

/** Who asks is known, and may not. */
export function forbidden(): PublicError {
  return new PublicError('FORBIDDEN', {
    nb: 'Du har ikke tilgang til dette med innloggingen du bruker nå. Sjekk hvem du handler for («me»), eller be administratoren i kommunen om rollen som trengs.',
    nn: 'Du har ikkje tilgang til dette med innlogginga du brukar no. Sjekk kven du handlar for («me»), eller be administratoren i kommunen om rolla som trengst.',
    en: 'You may not do this with the log-in that you use now. Check whom you act for ("me"), or ask the municipality’s administrator for the role that it takes.',
  });
}
