import { PublicError } from '../errors.js';
import type { Actor } from './actor.js';

/** Nobody has logged in, and somebody has to. */
export function unauthenticated(): PublicError {
  return new PublicError('UNAUTHENTICATED', {
    nb: 'Dette krever innlogging. Logg inn, og send tilgangstokenet i hodet «Authorization: Bearer …».',
    nn: 'Dette krev innlogging. Logg inn, og send tilgangstokenet i hovudet «Authorization: Bearer …».',
    en: 'This requires logging in. Log in, and send the access token in the header "Authorization: Bearer …".',
  });
}

/** Who asks is known, and may not. */
export function forbidden({ identity }: Actor): PublicError {
  if (identity.kind === 'SERVICE') {
    return new PublicError('FORBIDDEN', {
      nb: 'Denne maskinen har ikke det scopet som trengs. «me { scopes }» viser hva den har; be den som drifter Samspill.',
      nn: 'Denne maskina har ikkje det scopet som trengst. «me { scopes }» viser kva ho har; be den som driftar Samspill.',
      en: 'This machine does not have the scope that it takes. "me { scopes }" shows what it has; ask whoever operates Samspill.',
    });
  }
  return new PublicError('FORBIDDEN', {
    nb: 'Du har ikke tilgang til dette med innloggingen du bruker nå. Sjekk hvem du handler for («me»), eller be administratoren i kommunen om rollen som trengs.',
    nn: 'Du har ikkje tilgang til dette med innlogginga du brukar no. Sjekk kven du handlar for («me»), eller be administratoren i kommunen om rolla som trengst.',
    en: 'You may not do this with the log-in that you use now. Check whom you act for ("me"), or ask the municipality’s administrator for the role that it takes.',
  });
}
