import { defineMail, type MailTexts } from '@samspill/mail';
import type { Language } from '@samspill/subgraph';
import { plassar, plasser, seats as seatsInEnglish } from './why-waiting.js';

/** What the letters about a registration need to know. */
export interface RegistrationLetter {
  readonly title: string;
  readonly when: Record<Language, string>;
  /** Null when it is only on the net. */
  readonly place: string | null;
  readonly organiser: string;
  readonly contactEmail: string | null;
  /** Where there is more about the event. */
  readonly url: string | null;
  readonly seats: number;
}

export interface Ticket {
  /** Null when it is not said yet who comes. */
  readonly name: string | null;
  readonly code: string;
  readonly sessions: readonly string[];
}

type Texts = Record<Language, Omit<MailTexts, 'link'>>;

/** What all these letters end with. */
function withFoot(letter: RegistrationLetter, texts: Texts): Record<Language, MailTexts> {
  const whom = letter.contactEmail ? `${letter.organiser}, ${letter.contactEmail}` : letter.organiser;
  const more = { nb: 'Mer om arrangementet', nn: 'Meir om arrangementet', en: 'More about the event' };
  const questions = {
    nb: `Spørsmål? Kontakt ${whom}.`,
    nn: `Spørsmål? Kontakt ${whom}.`,
    en: `Questions? Ask ${whom}.`,
  };
  const whole = (language: Language): MailTexts => ({
    subject: texts[language].subject,
    paragraphs: [...texts[language].paragraphs, questions[language]],
    ...(letter.url && { link: { label: more[language], url: letter.url } }),
  });
  return { nb: whole('nb'), nn: whole('nn'), en: whole('en') };
}

const where = (place: string | null) => ({
  nb: `Sted: ${place ?? 'på nettet'}.`,
  nn: `Stad: ${place ?? 'på nettet'}.`,
  en: `Place: ${place ?? 'online'}.`,
});

function ticketLine({ name, code, sessions }: Ticket, nobody: string): string {
  return `${name ?? nobody}: ${code}${sessions.length ? ` – ${sessions.join(', ')}` : ''}`;
}

export const registrationConfirmed = defineMail<RegistrationLetter & { tickets: readonly Ticket[] }>(
  'registration-confirmed',
  (letter) =>
    withFoot(letter, {
      nb: {
        subject: `Bekreftet: ${letter.title}`,
        paragraphs: [
          `Dere har ${plasser(letter.seats)} på «${letter.title}», ${letter.when.nb}.`,
          where(letter.place).nb,
          'Vis koden ved inngangen:',
          ...letter.tickets.map((ticket) => ticketLine(ticket, 'Uten navn ennå')),
          'Kan dere ikke komme, er det fint om dere melder av, så går plassen til noen som venter.',
        ],
      },
      nn: {
        subject: `Stadfesta: ${letter.title}`,
        paragraphs: [
          `De har ${plassar(letter.seats)} på «${letter.title}», ${letter.when.nn}.`,
          where(letter.place).nn,
          'Vis koden ved inngangen:',
          ...letter.tickets.map((ticket) => ticketLine(ticket, 'Utan namn enno')),
          'Kan de ikkje kome, er det fint om de melder av, så går plassen til nokon som ventar.',
        ],
      },
      en: {
        subject: `Confirmed: ${letter.title}`,
        paragraphs: [
          `You have ${seatsInEnglish(letter.seats)} at “${letter.title}”, ${letter.when.en}.`,
          where(letter.place).en,
          'Show the code at the entrance:',
          ...letter.tickets.map((ticket) => ticketLine(ticket, 'No name yet')),
          'If you cannot come, please cancel, so that the seat goes to somebody who waits.',
        ],
      },
    }),
);

export const registrationWaiting = defineMail<RegistrationLetter & { placeInLine: number }>(
  'registration-waiting',
  (letter) =>
    withFoot(letter, {
      nb: {
        subject: `På venteliste: ${letter.title}`,
        paragraphs: [
          `Dere venter på ${plasser(letter.seats)} på «${letter.title}», ${letter.when.nb}, og er nummer ${letter.placeInLine} i køen.`,
          'Blir det ledig nok plasser når det er deres tur, får dere tilbud i en ny e-post. Ingen går forbi noen i køen.',
          'Dere kan be om færre plasser uten å miste plassen i køen, og melde dere av når som helst.',
        ],
      },
      nn: {
        subject: `På venteliste: ${letter.title}`,
        paragraphs: [
          `De ventar på ${plassar(letter.seats)} på «${letter.title}», ${letter.when.nn}, og er nummer ${letter.placeInLine} i køen.`,
          'Vert det ledig nok plassar når det er dykkar tur, får de tilbod i ein ny e-post. Ingen går forbi nokon i køen.',
          'De kan be om færre plassar utan å miste plassen i køen, og melde dykk av når som helst.',
        ],
      },
      en: {
        subject: `On the waiting list: ${letter.title}`,
        paragraphs: [
          `You wait for ${seatsInEnglish(letter.seats)} at “${letter.title}”, ${letter.when.en}, and are number ${letter.placeInLine} in line.`,
          'Once there are enough seats and it is your turn, you are offered them in another letter. Nobody passes anybody in the line.',
          'You can ask for fewer seats without losing your place, and leave whenever you like.',
        ],
      },
    }),
);

export const seatsOffered = defineMail<
  RegistrationLetter & { before: Record<Language, string>; full: readonly string[] }
>('seats-offered', (letter) => {
  const titles = letter.full.map((title) => `«${title}»`).join(', ');
  const isShort = letter.full.length > 0;
  return withFoot(letter, {
    nb: {
      subject: `Ledig plass, svar innen ${letter.before.nb}: ${letter.title}`,
      paragraphs: [
        `${plasser(letter.seats)} på «${letter.title}», ${letter.when.nb}, holdes av til dere.`,
        `Logg inn og si ja senest ${letter.before.nb}. Ellers går plassene videre til den neste i køen.`,
        ...(isShort ? [`Disse programpostene er fulle, og dere har ikke plass på dem: ${titles}.`] : []),
      ],
    },
    nn: {
      subject: `Ledig plass, svar innan ${letter.before.nn}: ${letter.title}`,
      paragraphs: [
        `${plassar(letter.seats)} på «${letter.title}», ${letter.when.nn}, er haldne av til dykk.`,
        `Logg inn og sei ja seinast ${letter.before.nn}. Elles går plassane vidare til den neste i køen.`,
        ...(isShort ? [`Desse programpostane er fulle, og de har ikkje plass på dei: ${titles}.`] : []),
      ],
    },
    en: {
      subject: `Free seats, answer by ${letter.before.en}: ${letter.title}`,
      paragraphs: [
        `${seatsInEnglish(letter.seats)} at “${letter.title}”, ${letter.when.en}, held for you.`,
        `Log in and accept no later than ${letter.before.en}. After that the seats pass on to the next in line.`,
        ...(isShort
          ? [`These items of the programme are full, and you have no seats there: ${titles}.`]
          : []),
      ],
    },
  });
});

export const offerExpired = defineMail<RegistrationLetter>('offer-expired', (letter) =>
  withFoot(letter, {
    nb: {
      subject: `Tilbudet er utløpt: ${letter.title}`,
      paragraphs: [
        `Vi fikk ikke svar om ${plasser(letter.seats)} på «${letter.title}», ${letter.when.nb}, og tilbudet gjelder ikke lenger.`,
        'Vil dere likevel komme, må dere melde dere på igjen.',
      ],
    },
    nn: {
      subject: `Tilbodet er utgått: ${letter.title}`,
      paragraphs: [
        `Vi fekk ikkje svar om ${plassar(letter.seats)} på «${letter.title}», ${letter.when.nn}, og tilbodet gjeld ikkje lenger.`,
        'Vil de likevel kome, må de melde dykk på igjen.',
      ],
    },
    en: {
      subject: `The offer has expired: ${letter.title}`,
      paragraphs: [
        `We had no answer about ${seatsInEnglish(letter.seats)} at “${letter.title}”, ${letter.when.en}, and the offer no longer holds.`,
        'If you want to come after all, please register again.',
      ],
    },
  }),
);

export const registrationCancelled = defineMail<RegistrationLetter & { reason: string | null }>(
  'registration-cancelled',
  (letter) =>
    withFoot(letter, {
      nb: {
        subject: `Avmeldt: ${letter.title}`,
        paragraphs: [
          `Påmeldingen til «${letter.title}», ${letter.when.nb}, er avmeldt (${plasser(letter.seats)}).`,
          ...(letter.reason ? [`Arrangøren skriver: ${letter.reason}`] : []),
        ],
      },
      nn: {
        subject: `Avmeld: ${letter.title}`,
        paragraphs: [
          `Påmeldinga til «${letter.title}», ${letter.when.nn}, er avmeld (${plassar(letter.seats)}).`,
          ...(letter.reason ? [`Arrangøren skriv: ${letter.reason}`] : []),
        ],
      },
      en: {
        subject: `Cancelled: your registration for ${letter.title}`,
        paragraphs: [
          `The registration for “${letter.title}”, ${letter.when.en}, is cancelled (${seatsInEnglish(letter.seats)}).`,
          ...(letter.reason ? [`The organiser writes: ${letter.reason}`] : []),
        ],
      },
    }),
);
