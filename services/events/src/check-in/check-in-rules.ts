import type { Mendable } from '@samspill/subgraph';
import type { EventFacts } from '../event/event.js';

type Path = readonly string[];

/** Who sets up the evening before may let people in; a week before it is a slip of the finger. */
const BEFORE = 24 * 60 * 60 * 1_000;

type Times = Pick<EventFacts, 'cancelledAt' | 'startsAt' | 'endsAt' | 'personalDataErasedAt'>;

/** Why nobody can be checked in at a published event now; null when they can. Afterwards they can, from paper. */
export function mayNotCheckIn(event: Times, now: Date, path: Path): Mendable | null {
  if (event.cancelledAt !== null) return eventCancelled(path);
  if (event.personalDataErasedAt !== null) return tooLate(path);
  return now.getTime() < event.startsAt.getTime() - BEFORE ? tooEarly(path) : null;
}

/** When somebody came, as a host says; now if they say nothing, or when the event ended if that has been. */
export function checkedInAt(
  event: Times,
  given: Date | null | undefined,
  now: Date,
): { at: Date } | { mend: Mendable } {
  if (!given) return { at: now < event.endsAt ? now : event.endsAt };
  const isPossible = given <= now && given.getTime() >= event.startsAt.getTime() - BEFORE;
  return isPossible ? { at: given } : { mend: timeImpossible(['input', 'at']) };
}

const eventCancelled = (path: Path): Mendable => ({
  code: 'EVENT_CANCELLED',
  path,
  messages: {
    nb: 'Arrangementet er avlyst, så ingen kan ha møtt.',
    nn: 'Arrangementet er avlyst, så ingen kan ha møtt.',
    en: 'The event is cancelled, so that nobody can have come.',
  },
});

const tooLate = (path: Path): Mendable => ({
  code: 'PERSONAL_DATA_ERASED',
  path,
  messages: {
    nb: 'Navnene er slettet, og oppmøtet står som det er.',
    nn: 'Namna er sletta, og oppmøtet står som det er.',
    en: 'The names have been erased, and the attendance stands as it is.',
  },
});

const tooEarly = (path: Path): Mendable => ({
  code: 'CHECK_IN_NOT_OPEN',
  path,
  messages: {
    nb: 'Innsjekkingen åpner et døgn før arrangementet begynner.',
    nn: 'Innsjekkinga opnar eit døgn før arrangementet byrjar.',
    en: 'Check-in opens a day before the event begins.',
  },
});

const timeImpossible = (path: Path): Mendable => ({
  code: 'CHECK_IN_TIME',
  path,
  messages: {
    nb: 'Ingen kan ha møtt på dette tidspunktet. Oppgi et fra et døgn før arrangementet og fram til nå, eller la feltet være borte.',
    nn: 'Ingen kan ha møtt på dette tidspunktet. Oppgje eit frå eit døgn før arrangementet og fram til no, eller lat feltet vere borte.',
    en: 'Nobody can have come at this time. Give one from a day before the event until now, or leave the field out.',
  },
});

export const noSuchCode = (path: Path): Mendable => ({
  code: 'NO_SUCH_CODE',
  path,
  messages: {
    nb: 'Ingen på dette arrangementet har denne koden. Les den en gang til, eller finn navnet i lista.',
    nn: 'Ingen på dette arrangementet har denne koden. Les han ein gong til, eller finn namnet i lista.',
    en: 'Nobody at this event has this code. Read it again, or find the name in the list.',
  },
});

export const alreadyCheckedIn = (path: Path): Mendable => ({
  code: 'ALREADY_CHECKED_IN',
  path,
  messages: {
    nb: 'Denne koden er brukt. Spør hvem som kom inn med den, og angre innsjekkingen hvis det var feil.',
    nn: 'Denne koden er brukt. Spør kven som kom inn med han, og angre innsjekkinga om det var feil.',
    en: 'This code has been used. Ask who came in with it, and undo the check-in if that was a mistake.',
  },
});

export const notConfirmed = (path: Path): Mendable => ({
  code: 'NOT_CONFIRMED',
  path,
  messages: {
    nb: 'Påmeldingen har ikke plass ennå. Har den fått tilbud, så si ja til det først.',
    nn: 'Påmeldinga har ikkje plass enno. Har ho fått tilbod, så sei ja til det fyrst.',
    en: 'The registration does not have its seats yet. If it was offered them, accept the offer first.',
  },
});

export const notCheckedIn = (path: Path): Mendable => ({
  code: 'NOT_CHECKED_IN',
  path,
  messages: {
    nb: 'Denne deltakeren er ikke sjekket inn, så det er ingenting å angre.',
    nn: 'Denne deltakaren er ikkje sjekka inn, så det er ingenting å angre.',
    en: 'This attendee is not checked in, so there is nothing to undo.',
  },
});

export const tooManyAtOnce = (path: Path, most: number): Mendable => ({
  code: 'TOO_MANY_ATTENDEES',
  path,
  messages: {
    nb: `Kryss av fra 1 til ${most} om gangen.`,
    nn: `Kryss av frå 1 til ${most} om gongen.`,
    en: `Tick off from 1 to ${most} at a time.`,
  },
});

export const eventFull = (path: Path): Mendable => ({
  code: 'EVENT_FULL',
  path,
  messages: {
    nb: 'Alle plasser er gitt bort. Avmeld noen som ikke har møtt, eller øk antallet plasser.',
    nn: 'Alle plassar er gitt bort. Meld av nokon som ikkje har møtt, eller auk talet på plassar.',
    en: 'All seats are given away. Cancel for somebody who has not come, or raise the number of seats.',
  },
});

export const othersWait = (path: Path): Mendable => ({
  code: 'OTHERS_WAIT',
  path,
  messages: {
    nb: 'Noen venter på plass, og til arrangementet begynner, går ingen forbi dem.',
    nn: 'Nokon ventar på plass, og til arrangementet byrjar, går ingen forbi dei.',
    en: 'Somebody waits for a seat, and until the event begins nobody passes them.',
  },
});
