import type { Mendable } from '@samspill/subgraph';

/** What can be wrong with the input of hosts, in words that say what to do. */

type Path = readonly string[];

export const missing = (path: Path): Mendable => ({
  code: 'TEXT_MISSING',
  path,
  messages: {
    nb: 'Her mangler det noe. Fyll ut feltet; det kan endres senere.',
    nn: 'Her manglar det noko. Fyll ut feltet; det kan endrast seinare.',
    en: 'Something is missing here. Fill in the field; it can be changed later.',
  },
});

export const tooLong = (path: Path, longest: number): Mendable => ({
  code: 'TEXT_TOO_LONG',
  path,
  messages: {
    nb: `Teksten kan ha høyst ${longest} tegn. Kort den ned.`,
    nn: `Teksten kan ha høgst ${longest} teikn. Kort han ned.`,
    en: `The text may have at most ${longest} characters. Shorten it.`,
  },
});

export const outOfRange = (path: Path, least: number, most: number): Mendable => ({
  code: 'NUMBER_OUT_OF_RANGE',
  path,
  messages: {
    nb: `Tallet må være fra ${least} til ${most}.`,
    nn: `Talet må vere frå ${least} til ${most}.`,
    en: `The number must be from ${least} to ${most}.`,
  },
});

export const urlUnclear = (path: Path): Mendable => ({
  code: 'URL_INVALID',
  path,
  messages: {
    nb: 'Dette er ikke en nettadresse. Skriv den helt ut, med https:// foran.',
    nn: 'Dette er ikkje ei nettadresse. Skriv ho heilt ut, med https:// framfor.',
    en: 'This is no web address. Write it in full, with https:// in front.',
  },
});

export const languageUnknown = (path: Path): Mendable => ({
  code: 'LANGUAGE_UNKNOWN',
  path,
  messages: {
    nb: 'Språket må være nb (bokmål), nn (nynorsk) eller en (engelsk).',
    nn: 'Språket må vere nb (bokmål), nn (nynorsk) eller en (engelsk).',
    en: 'The language must be nb (bokmål), nn (nynorsk) or en (English).',
  },
});

export const municipalityUnknown = (path: Path): Mendable => ({
  code: 'MUNICIPALITY_UNKNOWN',
  path,
  messages: {
    nb: 'Dette er ikke et kommunenummer. Skriv de fire sifrene, eller la feltet stå tomt.',
    nn: 'Dette er ikkje eit kommunenummer. Skriv dei fire sifra, eller lat feltet stå tomt.',
    en: 'This is no municipality number. Write its four digits, or leave the field out.',
  },
});

export const endsBeforeStarts = (path: Path = ['input', 'endsAt']): Mendable => ({
  code: 'ENDS_BEFORE_STARTS',
  path,
  messages: {
    nb: 'Slutten må komme etter begynnelsen. Rett ett av tidspunktene.',
    nn: 'Slutten må kome etter byrjinga. Rett eitt av tidspunkta.',
    en: 'The end must come after the beginning. Correct one of the times.',
  },
});

export const registrationWindow = (path: Path): Mendable => ({
  code: 'REGISTRATION_WINDOW',
  path,
  messages: {
    nb: 'Påmeldingen må åpne før den stenger, og stenge senest når arrangementet begynner. En frist trenger også et tidspunkt for når påmeldingen åpner.',
    nn: 'Påmeldinga må opne før ho stengjer, og stengje seinast når arrangementet byrjar. Ein frist treng også eit tidspunkt for når påmeldinga opnar.',
    en: 'Registration must open before it closes, and close no later than when the event begins. A deadline also needs a time when registration opens.',
  },
});

export const capacityBelowSeats = (seats: number, path: Path = ['input', 'capacity']): Mendable => ({
  code: 'CAPACITY_BELOW_SEATS',
  path,
  messages: {
    nb: `${seats} plasser er allerede gitt bort. Antallet kan ikke være lavere enn det.`,
    nn: `${seats} plassar er allereie gitt bort. Talet kan ikkje vere lågare enn det.`,
    en: `${seats} seats have been given away already. The number cannot be lower than that.`,
  },
});

export const inThePast = (path: Path): Mendable => ({
  code: 'EVENT_IN_PAST',
  path,
  messages: {
    nb: 'Et arrangement kan ikke legges til et tidspunkt som har vært. Velg et senere tidspunkt.',
    nn: 'Eit arrangement kan ikkje leggjast til eit tidspunkt som har vore. Vel eit seinare tidspunkt.',
    en: 'An event cannot be put at a time that has passed. Choose a later time.',
  },
});

export const hasBegun = (path: Path): Mendable => ({
  code: 'EVENT_HAS_BEGUN',
  path,
  messages: {
    nb: 'Arrangementet har begynt. Begynnelsen kan ikke flyttes lenger; slutten kan.',
    nn: 'Arrangementet har byrja. Byrjinga kan ikkje flyttast lenger; slutten kan.',
    en: 'The event has begun. Its beginning can no longer be moved; its end can.',
  },
});

export const placeMissing = (path: Path): Mendable => ({
  code: 'PLACE_MISSING',
  path,
  messages: {
    nb: 'De som vil komme, må vite hvor. Oppgi et sted, eller at arrangementet er digitalt.',
    nn: 'Dei som vil kome, må vite kvar. Oppgi ein stad, eller at arrangementet er digitalt.',
    en: 'Those who want to come must know where. Give a place, or say that the event is online.',
  },
});

export const kindStands = (path: Path): Mendable => ({
  code: 'KIND_PUBLISHED',
  path,
  messages: {
    nb: 'Slaget arrangement kan ikke endres etter at det er publisert. Avlys det, og opprett et nytt.',
    nn: 'Slaget arrangement kan ikkje endrast etter at det er publisert. Avlys det, og opprett eit nytt.',
    en: 'The kind of event cannot be changed once it is published. Cancel it, and create a new one.',
  },
});

export const registrationHasBegun = (path: Path): Mendable => ({
  code: 'REGISTRATION_HAS_BEGUN',
  path,
  messages: {
    nb: 'Påmeldingen har åpnet, og de som har plass, beholder den. Steng den heller med en påmeldingsfrist.',
    nn: 'Påmeldinga har opna, og dei som har plass, beheld han. Steng ho heller med ein påmeldingsfrist.',
    en: 'Registration has opened, and those with seats keep them. Rather close it with a deadline.',
  },
});

export const keptLonger = (path: Path): Mendable => ({
  code: 'PERSONAL_DATA_KEPT_LONGER',
  path,
  messages: {
    nb: 'Folk har meldt seg på i tillit til slettefristen. Etter publisering kan den bare gjøres kortere.',
    nn: 'Folk har meldt seg på i tillit til slettefristen. Etter publisering kan han berre gjerast kortare.',
    en: 'People have registered trusting the time of erasure. Once published it can only be made shorter.',
  },
});

export const sessionOutside = (path: Path): Mendable => ({
  code: 'SESSION_OUTSIDE_EVENT',
  path,
  messages: {
    nb: 'En programpost må ligge innenfor tiden til arrangementet. Flytt posten, eller gjør arrangementet lengre.',
    nn: 'Ein programpost må liggje innanfor tida til arrangementet. Flytt posten, eller gjer arrangementet lengre.',
    en: 'An item of the programme must lie within the time of the event. Move the item, or make the event longer.',
  },
});

export const tooManySessions = (path: Path, most: number): Mendable => ({
  code: 'TOO_MANY_SESSIONS',
  path,
  messages: {
    nb: `Et program kan ha høyst ${most} poster. Slå sammen noen av dem.`,
    nn: `Eit program kan ha høgst ${most} postar. Slå saman nokre av dei.`,
    en: `A programme may have at most ${most} items. Join some of them.`,
  },
});

export const tooManySpeakers = (path: Path, most: number): Mendable => ({
  code: 'TOO_MANY_SPEAKERS',
  path,
  messages: {
    nb: `En programpost kan ha høyst ${most} foredragsholdere.`,
    nn: `Ein programpost kan ha høgst ${most} føredragshaldarar.`,
    en: `An item of the programme may have at most ${most} speakers.`,
  },
});

export const speakerMissing = (path: Path): Mendable => ({
  code: 'SPEAKER_MISSING',
  path,
  messages: {
    nb: 'Oppgi minst navn, virksomhet eller rolle for den som snakker.',
    nn: 'Oppgi minst namn, verksemd eller rolle for den som snakkar.',
    en: 'Give at least the name, the organisation or the role of the speaker.',
  },
});

export const sessionHasSeats = (path: Path): Mendable => ({
  code: 'SESSION_HAS_SEATS',
  path,
  messages: {
    nb: 'Noen har valgt denne programposten. Den kan flyttes eller endres, men ikke fjernes så lenge de har plass.',
    nn: 'Nokon har valt denne programposten. Han kan flyttast eller endrast, men ikkje fjernast så lenge dei har plass.',
    en: 'Somebody has chosen this item. It can be moved or changed, but not removed while they have seats.',
  },
});

export const notDraft: Mendable = {
  code: 'EVENT_NOT_DRAFT',
  path: ['input', 'id'],
  messages: {
    nb: 'Arrangementet er allerede publisert. Endre det med updateEvent, eller avlys det.',
    nn: 'Arrangementet er allereie publisert. Endre det med updateEvent, eller avlys det.',
    en: 'The event is published already. Change it with updateEvent, or cancel it.',
  },
};

export const notPublished = (path: Path): Mendable => ({
  code: 'EVENT_NOT_PUBLISHED',
  path,
  messages: {
    nb: 'Arrangementet er et utkast som ingen har sett. Publiser det først.',
    nn: 'Arrangementet er eit utkast som ingen har sett. Publiser det først.',
    en: 'The event is a draft that nobody has seen. Publish it first.',
  },
});

export const held = (path: Path): Mendable => ({
  code: 'EVENT_HELD',
  path,
  messages: {
    nb: 'Arrangementet er avholdt, og det som sto om det, blir stående. Materiell og oppmøte kan fortsatt føres.',
    nn: 'Arrangementet er halde, og det som stod om det, blir ståande. Materiell og oppmøte kan framleis førast.',
    en: 'The event has been held, and what was said of it stands. Material and attendance can still be entered.',
  },
});

export const cancelled = (path: Path): Mendable => ({
  code: 'EVENT_CANCELLED',
  path,
  messages: {
    nb: 'Arrangementet er avlyst, og det kan ikke gjøres om. Opprett et nytt.',
    nn: 'Arrangementet er avlyst, og det kan ikkje gjerast om. Opprett eit nytt.',
    en: 'The event is cancelled, and that cannot be undone. Create a new one.',
  },
});
