import type { Block, PrintedDocument } from '@samspill/pdf';
import type { Language } from '@samspill/subgraph';
import { dayText, whenText } from '../event/event-times.js';

interface Times {
  readonly startsAt: Date;
  readonly endsAt: Date;
}

/** What stands on a certificate. */
export interface CertificateFacts extends Times {
  readonly name: string;
  /** Null for a private person. */
  readonly organisation: string | null;
  readonly title: string;
  readonly organiser: string;
  readonly place: string | null;
  readonly hours: number;
  /** As it is printed. */
  readonly code: string;
  readonly checkUrl: string;
  readonly issuedAt: Date;
}

const HOUR = 60 * 60 * 1_000;

/**
 * How long the programme lasted, in hours with one decimal. Items at the same time count once; an event without a
 * programme lasted from beginning to end.
 */
export function hoursOf(event: Times, programme: readonly Times[]): number {
  const items = programme.length > 0 ? programme : [event];
  let total = 0;
  let until = Number.NEGATIVE_INFINITY;
  for (const { startsAt, endsAt } of items.toSorted((a, b) => a.startsAt.getTime() - b.startsAt.getTime())) {
    const from = Math.max(until, startsAt.getTime());
    until = Math.max(until, endsAt.getTime());
    total += Math.max(0, until - from);
  }
  return Math.round((total / HOUR) * 10) / 10;
}

const TEXTS = {
  nb: {
    title: 'Kursbevis',
    attended: 'har deltatt på',
    columns: ['Opplysning', 'Verdi'],
    rows: { when: 'Tid', where: 'Sted', hours: 'Varighet', organiser: 'Arrangør', issued: 'Utstedt' },
    online: 'På nettet',
    hours: (count: string) => `${count} timer`,
    code: (code: string) => `Kontrollkode: ${code}`,
    check: (url: string) => `Om beviset er ekte, kan alle kontrollere her: ${url}`,
    neutral: 'Å ha deltatt gir kunnskap, men ingen fordel i en konkurranse.',
  },
  nn: {
    title: 'Kursbevis',
    attended: 'har delteke på',
    columns: ['Opplysning', 'Verdi'],
    rows: { when: 'Tid', where: 'Stad', hours: 'Varigheit', organiser: 'Arrangør', issued: 'Utferda' },
    online: 'På nettet',
    hours: (count: string) => `${count} timar`,
    code: (code: string) => `Kontrollkode: ${code}`,
    check: (url: string) => `Om beviset er ekte, kan alle kontrollere her: ${url}`,
    neutral: 'Å ha delteke gir kunnskap, men ingen fordel i ei konkurranse.',
  },
  en: {
    title: 'Certificate of attendance',
    attended: 'has attended',
    columns: ['What', 'Value'],
    rows: { when: 'Time', where: 'Place', hours: 'Duration', organiser: 'Organiser', issued: 'Made out' },
    online: 'Online',
    hours: (count: string) => `${count} hours`,
    code: (code: string) => `Check code: ${code}`,
    check: (url: string) => `Anybody can check here whether it is genuine: ${url}`,
    neutral: 'Having attended gives knowledge, but no advantage in a competition.',
  },
} as const;

export function certificatePaper(facts: CertificateFacts, language: Language): PrintedDocument {
  const texts = TEXTS[language];
  const hours = language === 'en' ? String(facts.hours) : String(facts.hours).replace('.', ',');
  const blocks: Block[] = [
    { kind: 'title', text: texts.title },
    { kind: 'heading', text: facts.name },
    ...(facts.organisation === null ? [] : [{ kind: 'paragraph', text: facts.organisation } as const]),
    { kind: 'paragraph', text: texts.attended },
    { kind: 'heading', text: facts.title },
    {
      kind: 'table',
      columns: texts.columns,
      rows: [
        [texts.rows.when, whenText(facts, language)],
        [texts.rows.where, facts.place ?? texts.online],
        [texts.rows.hours, texts.hours(hours)],
        [texts.rows.organiser, facts.organiser],
        [texts.rows.issued, dayText(facts.issuedAt, language)],
      ],
    },
    { kind: 'space' },
    { kind: 'paragraph', text: texts.code(facts.code) },
    { kind: 'small', text: texts.check(facts.checkUrl) },
    { kind: 'small', text: texts.neutral },
  ];
  const title = `${texts.title}: ${facts.title}`;
  return { title, language, author: facts.organiser, createdAt: facts.issuedAt, blocks };
}

/** What whoever checks a code is told, without a name. */
export interface CheckFacts extends Times {
  readonly code: string;
  readonly valid: boolean;
  readonly title: string;
  readonly organiser: string;
}

const CHECK = {
  nb: {
    title: 'Kontroll av kursbevis',
    valid: 'Koden er gyldig: En deltaker var til stede på dette arrangementet.',
    invalid: 'Koden er ikke gyldig lenger. Kontakt arrangøren.',
  },
  nn: {
    title: 'Kontroll av kursbevis',
    valid: 'Koden er gyldig: Ein deltakar var til stades på dette arrangementet.',
    invalid: 'Koden er ikkje gyldig lenger. Kontakt arrangøren.',
  },
  en: {
    title: 'Check of a certificate',
    valid: 'The code is good: somebody was present at this event.',
    invalid: 'The code is no longer good. Ask the organiser.',
  },
} as const;

export function checkPaper(facts: CheckFacts, language: Language, now: Date): PrintedDocument {
  const texts = CHECK[language];
  const { columns, rows } = TEXTS[language];
  return {
    title: texts.title,
    language,
    author: facts.organiser,
    createdAt: now,
    blocks: [
      { kind: 'title', text: texts.title },
      { kind: 'paragraph', text: facts.valid ? texts.valid : texts.invalid },
      { kind: 'heading', text: facts.title },
      {
        kind: 'table',
        columns,
        rows: [
          [rows.when, whenText(facts, language)],
          [rows.organiser, facts.organiser],
        ],
      },
      { kind: 'paragraph', text: TEXTS[language].code(facts.code) },
    ],
  };
}
