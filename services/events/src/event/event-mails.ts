import { invitation } from '@samspill/calendar';
import { defineMail, type MailTemplate, queueMail } from '@samspill/mail';
import type { Change, Language, ServiceStore } from '@samspill/subgraph';
import { entryOf, placeOf } from '../calendar/calendar-entry.js';
import { contactsOf } from '../registration/registration.loader.js';
import { ALIVE, type RegistrationStatus, WITH_SEATS } from '../registration/registration.status.js';
import type { EventFacts } from './event.js';
import { whenText } from './event-times.js';

/** What a letter about an event needs to know. */
export interface EventLetter {
  readonly title: string;
  readonly when: Record<Language, string>;
  /** Null when it is only on the net. */
  readonly place: string | null;
  readonly organiser: string;
  readonly contactEmail: string | null;
  readonly reason: string | null;
  readonly calendarUrl: string;
}

const questions = ({ organiser, contactEmail }: EventLetter) => {
  const whom = contactEmail ? `${organiser}, ${contactEmail}` : organiser;
  return {
    nb: `Spørsmål? Kontakt ${whom}.`,
    nn: `Spørsmål? Kontakt ${whom}.`,
    en: `Questions? Ask ${whom}.`,
  };
};

export const eventChanged = defineMail<EventLetter>('event-changed', (letter) => ({
  nb: {
    subject: `Endret tid eller sted: ${letter.title}`,
    paragraphs: [
      `Tid eller sted er endret for «${letter.title}», som dere har plass på.`,
      `Ny tid: ${letter.when.nb}.`,
      `Sted: ${letter.place ?? 'på nettet'}.`,
      'Dere beholder plassene. Kan dere ikke komme, er det fint om dere melder av, så går de til noen som venter.',
      questions(letter).nb,
    ],
    link: { label: 'Legg i kalenderen', url: letter.calendarUrl },
  },
  nn: {
    subject: `Endra tid eller stad: ${letter.title}`,
    paragraphs: [
      `Tid eller stad er endra for «${letter.title}», som de har plass på.`,
      `Ny tid: ${letter.when.nn}.`,
      `Stad: ${letter.place ?? 'på nettet'}.`,
      'De beheld plassane. Kan de ikkje kome, er det fint om de melder av, så går dei til nokon som ventar.',
      questions(letter).nn,
    ],
    link: { label: 'Legg i kalenderen', url: letter.calendarUrl },
  },
  en: {
    subject: `New time or place: ${letter.title}`,
    paragraphs: [
      `The time or place of “${letter.title}”, at which you have seats, has changed.`,
      `New time: ${letter.when.en}.`,
      `Place: ${letter.place ?? 'online'}.`,
      'You keep your seats. If you cannot come, please cancel, so that they go to somebody who waits.',
      questions(letter).en,
    ],
    link: { label: 'Put it into your calendar', url: letter.calendarUrl },
  },
}));

export const eventCancelled = defineMail<EventLetter>('event-cancelled', (letter) => ({
  nb: {
    subject: `Avlyst: ${letter.title}`,
    paragraphs: [
      `«${letter.title}», ${letter.when.nb}, er avlyst.`,
      `Arrangøren skriver: ${letter.reason ?? ''}`,
      'Dere trenger ikke å gjøre noe: plassene, eller plassen i køen, er strøket.',
      questions(letter).nb,
    ],
  },
  nn: {
    subject: `Avlyst: ${letter.title}`,
    paragraphs: [
      `«${letter.title}», ${letter.when.nn}, er avlyst.`,
      `Arrangøren skriv: ${letter.reason ?? ''}`,
      'De treng ikkje å gjere noko: plassane, eller plassen i køen, er strokne.',
      questions(letter).nn,
    ],
  },
  en: {
    subject: `Cancelled: ${letter.title}`,
    paragraphs: [
      `“${letter.title}”, ${letter.when.en}, has been cancelled.`,
      `The organiser writes: ${letter.reason ?? ''}`,
      'There is nothing you need to do: your seats, or your place in the line, have been struck.',
      questions(letter).en,
    ],
  },
}));

/** Tells everybody with seats that they would come at the wrong time or to the wrong place. */
export function tellOfChange(change: Change, store: ServiceStore, event: EventFacts): Promise<void> {
  return tellAll(change, store, event, eventChanged, WITH_SEATS);
}

/** Tells those as well who wait for a seat that will never come. */
export function tellOfCancellation(change: Change, store: ServiceStore, event: EventFacts): Promise<void> {
  return tellAll(change, store, event, eventCancelled, ALIVE);
}

/** Once for each change: its number is part of what a letter is for. */
async function tellAll(
  change: Change,
  store: ServiceStore,
  event: EventFacts,
  template: MailTemplate<EventLetter>,
  whom: readonly RegistrationStatus[],
): Promise<void> {
  const entry = entryOf(event);
  const { title, organiser, contactEmail, cancellationReason: reason } = event;
  const data: EventLetter = {
    ...{ title, organiser, contactEmail, reason },
    place: placeOf(event),
    when: { nb: whenText(event, 'nb'), nn: whenText(event, 'nn'), en: whenText(event, 'en') },
    calendarUrl: store.links.to(`/calendar/events/${event.id}.ics`),
  };
  // As the service: hosts run the event, but whose addresses these are is not theirs to gather.
  await change.asService(async (em) => {
    for (const contact of await contactsOf(em, event.id, whom)) {
      const to = { email: contact.contactEmail, name: contact.contactName };
      await queueMail({ em }, store, {
        template,
        data,
        to,
        language: contact.language,
        once: `${template.name}:${event.id}:${event.sequence}:${contact.registrationId}`,
        personId: contact.personId,
        about: { type: 'Event', id: event.id },
        calendar: invitation(entry, to),
      });
    }
  });
}
