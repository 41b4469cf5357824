import type { Mendable } from '@samspill/subgraph';
import { plassar, plasser, seats } from './why-waiting.js';

type Path = readonly string[];

export const eventCancelled = (path: Path): Mendable => ({
  code: 'EVENT_CANCELLED',
  path,
  messages: {
    nb: 'Arrangementet er avlyst. Påmeldinger kan ikke endres lenger, og du trenger ikke å melde deg av.',
    nn: 'Arrangementet er avlyst. Påmeldingar kan ikkje endrast lenger, og du treng ikkje å melde deg av.',
    en: 'The event is cancelled. Registrations can no longer be changed, and there is no need to leave.',
  },
});

export const notOpen = (path: Path): Mendable => ({
  code: 'REGISTRATION_NOT_OPEN',
  path,
  messages: {
    nb: 'Påmeldingen har ikke åpnet. Se «registrationOpensAt»; er den tom, trenger ingen å melde seg på.',
    nn: 'Påmeldinga har ikkje opna. Sjå «registrationOpensAt»; er han tom, treng ingen å melde seg på.',
    en: 'Registration has not opened. See "registrationOpensAt"; where it is empty nobody needs to register.',
  },
});

export const closed = (path: Path): Mendable => ({
  code: 'REGISTRATION_CLOSED',
  path,
  messages: {
    nb: 'Påmeldingen er stengt. Spør arrangøren om det likevel er plass.',
    nn: 'Påmeldinga er stengd. Spør arrangøren om det likevel er plass.',
    en: 'Registration is closed. Ask the organiser whether there is room all the same.',
  },
});

export const hasBegun = (path: Path): Mendable => ({
  code: 'EVENT_HAS_BEGUN',
  path,
  messages: {
    nb: 'Arrangementet har begynt, og plassene står. Si fra til arrangøren om noe er galt.',
    nn: 'Arrangementet har byrja, og plassane står. Sei frå til arrangøren om noko er gale.',
    en: 'The event has begun, and the seats stand. Tell the organiser if something is wrong.',
  },
});

export const eventHeld = (path: Path): Mendable => ({
  code: 'EVENT_HELD',
  path,
  messages: {
    nb: 'Arrangementet er avholdt. Før oppmøtet i stedet; ingen trenger plassen lenger.',
    nn: 'Arrangementet er halde. Før oppmøtet i staden; ingen treng plassen lenger.',
    en: 'The event has been held. Enter the attendance instead; nobody needs the seat any more.',
  },
});

export const personalDataErased = (path: Path): Mendable => ({
  code: 'PERSONAL_DATA_ERASED',
  path,
  messages: {
    nb: 'Navn og adresser er slettet, og skrives ikke inn igjen. Bare antallene er igjen.',
    nn: 'Namn og adresser er sletta, og vert ikkje skrivne inn igjen. Berre tala er igjen.',
    en: 'Names and addresses have been erased, and are not entered again. Only the counts are left.',
  },
});

export const overOrganisationLimit = (path: Path, most: number, has: number): Mendable => ({
  code: 'OVER_ORGANISATION_LIMIT',
  path,
  messages: {
    nb: `En virksomhet kan ha høyst ${plasser(most)} her, de den venter på medregnet. Dere har ${has} fra før; be om høyst ${Math.max(0, most - has)} til.`,
    nn: `Ei verksemd kan ha høgst ${plassar(most)} her, dei ho ventar på medrekna. De har ${has} frå før; be om høgst ${Math.max(0, most - has)} til.`,
    en: `An organisation can have at most ${seats(most)} here, those it waits for included. You have ${has} already; ask for at most ${Math.max(0, most - has)} more.`,
  },
});

export const tooManySeats = (path: Path, most: number): Mendable => ({
  code: 'TOO_MANY_SEATS',
  path,
  messages: {
    nb: `Her kan det bes om høyst ${plasser(most)} i én påmelding. Be om færre; resten kan meldes på for seg der det er lov.`,
    nn: `Her kan ein be om høgst ${plassar(most)} i éi påmelding. Be om færre; resten kan meldast på for seg der det er lov.`,
    en: `Here one can ask for at most ${seats(most)} in one registration. Ask for fewer; register the rest separately where that is allowed.`,
  },
});

export const oneSeatForPrivatePersons = (path: Path): Mendable => ({
  code: 'TOO_MANY_SEATS',
  path,
  messages: {
    nb: 'Den som melder seg på som privatperson, får én plass. Logg inn for en virksomhet og oppgi den for å melde på flere.',
    nn: 'Den som melder seg på som privatperson, får éin plass. Logg inn for ei verksemd og oppgje ho for å melde på fleire.',
    en: 'Whoever registers as a private person gets one seat. Log in for an organisation and name it to register more.',
  },
});

export const tooFewSeats = (path: Path): Mendable => ({
  code: 'TOO_FEW_SEATS',
  path,
  messages: {
    nb: 'En påmelding er for minst én plass. Bruk «cancelRegistration» hvis ingen kommer.',
    nn: 'Ei påmelding er for minst éin plass. Bruk «cancelRegistration» om ingen kjem.',
    en: 'A registration is for at least one seat. Use "cancelRegistration" if nobody comes.',
  },
});

export const notMoreSeats = (path: Path): Mendable => ({
  code: 'TOO_MANY_SEATS',
  path,
  messages: {
    nb: 'En påmelding kan få færre plasser, men ikke flere: de ville gått forbi køen. Meld på resten for seg.',
    nn: 'Ei påmelding kan få færre plassar, men ikkje fleire: dei ville gått forbi køen. Meld på resten for seg.',
    en: 'A registration can get fewer seats but not more: they would pass the line. Register the rest separately.',
  },
});

export const tooManyAttendees = (path: Path, most: number): Mendable => ({
  code: 'TOO_MANY_ATTENDEES',
  path,
  messages: {
    nb: `Det er flere deltakere enn plasser (${most}). Be om flere plasser, eller nevn færre.`,
    nn: `Det er fleire deltakarar enn plassar (${most}). Be om fleire plassar, eller nemn færre.`,
    en: `There are more attendees than seats (${most}). Ask for more seats, or name fewer.`,
  },
});

export const alreadyRegistered = (path: Path): Mendable => ({
  code: 'ALREADY_REGISTERED',
  path,
  messages: {
    nb: 'Du er allerede påmeldt eller på venteliste som privatperson. Se «myRegistrations».',
    nn: 'Du er allereie påmeld eller på venteliste som privatperson. Sjå «myRegistrations».',
    en: 'You are registered or waiting as a private person already. See "myRegistrations".',
  },
});

export const sessionFull = (path: Path, title: string, free: number): Mendable => ({
  code: 'SESSION_FULL',
  path,
  messages: {
    nb: `Det er ikke nok plasser på «${title}» (ledig: ${free}). Velg en annen programpost.`,
    nn: `Det er ikkje nok plassar på «${title}» (ledig: ${free}). Vel ein annan programpost.`,
    en: `There are not enough seats at “${title}” (free: ${free}). Choose another item of the programme.`,
  },
});

export const sessionUnknown = (path: Path): Mendable => ({
  code: 'SESSION_UNKNOWN',
  path,
  messages: {
    nb: 'Arrangementet har ingen slik programpost. Se «sessions».',
    nn: 'Arrangementet har ingen slik programpost. Sjå «sessions».',
    en: 'The event has no such item in its programme. See "sessions".',
  },
});

export const tooManySessions = (path: Path, most: number): Mendable => ({
  code: 'TOO_MANY_SESSIONS',
  path,
  messages: {
    nb: `En deltaker kan velge høyst ${most} programposter.`,
    nn: `Ein deltakar kan velje høgst ${most} programpostar.`,
    en: `An attendee can choose at most ${most} items of the programme.`,
  },
});

export const attendeeUnknown = (path: Path): Mendable => ({
  code: 'ATTENDEE_UNKNOWN',
  path,
  messages: {
    nb: 'Påmeldingen har ingen slik deltaker. Se «attendees».',
    nn: 'Påmeldinga har ingen slik deltakar. Sjå «attendees».',
    en: 'The registration has no such attendee. See "attendees".',
  },
});

export const sayWhoLeaves = (path: Path): Mendable => ({
  code: 'SAY_WHO_LEAVES',
  path,
  messages: {
    nb: 'Det er flere med navn enn plassene som blir igjen. Nevn dem som ikke kommer, i «withdraw».',
    nn: 'Det er fleire med namn enn plassane som vert att. Nemn dei som ikkje kjem, i «withdraw».',
    en: 'There are more people with names than seats left. Name those who do not come in "withdraw".',
  },
});

export const nameMissing = (path: Path): Mendable => ({
  code: 'NAME_MISSING',
  path,
  messages: {
    nb: 'Her mangler det et navn. Skriv det, eller la feltet være borte der det er lov.',
    nn: 'Her manglar det eit namn. Skriv det, eller lat feltet vere borte der det er lov.',
    en: 'A name is missing here. Write it, or leave the field out where that is allowed.',
  },
});

export const textTooLong = (path: Path, longest: number): Mendable => ({
  code: 'TEXT_TOO_LONG',
  path,
  messages: {
    nb: `Teksten kan ha høyst ${longest} tegn. Kort den ned.`,
    nn: `Teksten kan ha høgst ${longest} teikn. Kort han ned.`,
    en: `The text may have at most ${longest} characters. Shorten it.`,
  },
});

export const reasonMissing = (path: Path): Mendable => ({
  code: 'REASON_MISSING',
  path,
  messages: {
    nb: 'Skriv hvorfor påmeldingen avlyses. De som var påmeldt, får lese det.',
    nn: 'Skriv kvifor påmeldinga vert avlyst. Dei som var påmelde, får lese det.',
    en: 'Write why the registration is cancelled. Those who had registered get to read it.',
  },
});

export const clientKeyInvalid = (path: Path): Mendable => ({
  code: 'CLIENT_KEY_INVALID',
  path,
  messages: {
    nb: 'Nøkkelen må ha fra 1 til 100 tegn. En tilfeldig UUID passer.',
    nn: 'Nøkkelen må ha frå 1 til 100 teikn. Ein tilfeldig UUID passar.',
    en: 'The key must have from 1 to 100 characters. A random UUID will do.',
  },
});

export const registrationEnded = (path: Path): Mendable => ({
  code: 'REGISTRATION_ENDED',
  path,
  messages: {
    nb: 'Påmeldingen er avmeldt eller utløpt. Meld på igjen hvis dere likevel vil komme.',
    nn: 'Påmeldinga er avmeld eller utgått. Meld på igjen om de likevel vil kome.',
    en: 'The registration was cancelled or has expired. Register again if you want to come after all.',
  },
});

export const notOffered = (path: Path): Mendable => ({
  code: 'NOT_OFFERED',
  path,
  messages: {
    nb: 'Påmeldingen står i køen og har ikke fått noe tilbud ennå. Se «whyWaiting».',
    nn: 'Påmeldinga står i køen og har ikkje fått noko tilbod enno. Sjå «whyWaiting».',
    en: 'The registration is in line and has not been offered seats yet. See "whyWaiting".',
  },
});

export const alreadyConfirmed = (path: Path): Mendable => ({
  code: 'ALREADY_CONFIRMED',
  path,
  messages: {
    nb: 'Påmeldingen er allerede bekreftet. Bruk «cancelRegistration» hvis ingen kommer.',
    nn: 'Påmeldinga er allereie stadfesta. Bruk «cancelRegistration» om ingen kjem.',
    en: 'The registration is confirmed already. Use "cancelRegistration" if nobody comes.',
  },
});

export const offerExpired = (path: Path): Mendable => ({
  code: 'OFFER_EXPIRED',
  path,
  messages: {
    nb: 'Fristen for å si ja er ute, og plassene går videre til den neste. Meld på igjen for å stille deg i køen.',
    nn: 'Fristen for å seie ja er ute, og plassane går vidare til den neste. Meld på igjen for å stille deg i køen.',
    en: 'The time to accept is over, and the seats pass on to the next. Register again to join the line.',
  },
});

export const hasCome = (path: Path): Mendable => ({
  code: 'ALREADY_CHECKED_IN',
  path,
  messages: {
    nb: 'Noen som skulle tas av lista, er sjekket inn. Angre innsjekkingen først hvis den var feil.',
    nn: 'Nokon som skulle takast av lista, er sjekka inn. Angre innsjekkinga fyrst om ho var feil.',
    en: 'Somebody who was to be taken off is checked in. Undo the check-in first if it was a mistake.',
  },
});
