import type { Language } from '@samspill/subgraph';

const LOCALES: Record<Language, string> = { nb: 'nb-NO', nn: 'nn-NO', en: 'en-GB' };
const AT: Record<Language, string> = { nb: 'kl.', nn: 'kl.', en: 'at' };

interface Times {
  readonly startsAt: Date;
  readonly endsAt: Date;
}

/** When it is, on the clock in Oslo: "tirsdag 17. oktober 2017 kl. 08.30–15.30". */
export function whenText({ startsAt, endsAt }: Times, language: Language): string {
  const at = AT[language];
  const [from, to] = [dayText(startsAt, language), dayText(endsAt, language)];
  const [begins, ends] = [clockText(startsAt, language), clockText(endsAt, language)];
  return from === to ? `${from} ${at} ${begins}–${ends}` : `${from} ${at} ${begins} – ${to} ${at} ${ends}`;
}

export function dayText(instant: Date, language: Language): string {
  return inOslo(instant, language, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
}

export function clockText(instant: Date, language: Language): string {
  // The colon is English; Norwegian writes a full stop, whatever the machine's data say.
  const text = inOslo(instant, language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  return language === 'en' ? text : text.replace(':', '.');
}

function inOslo(instant: Date, language: Language, parts: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(LOCALES[language], { ...parts, timeZone: 'Europe/Oslo' }).format(instant);
}
