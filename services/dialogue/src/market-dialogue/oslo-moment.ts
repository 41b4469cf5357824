import type { Language } from '@samspill/subgraph';

const LOCALES: Record<Language, string> = { nb: 'nb-NO', nn: 'nn-NO', en: 'en-GB' };

/** A point in time as people in Norway say it, for messages and letters: `17. oktober 2017 kl. 12:00`. */
export function osloMoment(at: Date, language: Language): string {
  return new Intl.DateTimeFormat(LOCALES[language], {
    timeZone: 'Europe/Oslo',
    dateStyle: 'long',
    timeStyle: 'short',
  }).format(at);
}
