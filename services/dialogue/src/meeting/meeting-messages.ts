import type { Messages } from '@samspill/subgraph';

/** A plan for a round that nobody can sit through, or that a slip of the finger has made. */
export const MOST = { slots: 200, rooms: 20, days: 60, minutes: 480, pauseMinutes: 240, rounds: 50 } as const;
export const LEAST_MINUTES = 5;
export const LONGEST = {
  title: 200,
  room: 100,
  wishes: 2_000,
  reason: 1_000,
  minutes: 20_000,
  tradeSecrets: 10_000,
  comment: 5_000,
} as const;
export const MOST_TOLD = 50;

/** What users can mend about meetings, by its code. */
export const meetingMessages = {
  TEXT_MISSING: {
    nb: 'Her mangler det tekst. Skriv noe, eller la feltet være borte der det kan det.',
    nn: 'Her manglar det tekst. Skriv noko, eller la feltet vere borte der det kan det.',
    en: 'There is no text here. Write something, or leave the field out where that is possible.',
  },
  TEXT_TOO_LONG: {
    nb: 'Teksten er for lang. Feltets beskrivelse sier hvor mange tegn det er plass til.',
    nn: 'Teksten er for lang. Skildringa av feltet seier kor mange teikn det er plass til.',
    en: 'The text is too long. The description of the field says how many characters there is room for.',
  },
  MINUTES_OUT_OF_RANGE: {
    nb: `Et møte varer fra ${LEAST_MINUTES} til ${MOST.minutes} minutter. Velg en lengde der imellom; den blir lik for alle.`,
    nn: `Eit møte varer frå ${LEAST_MINUTES} til ${MOST.minutes} minutt. Vel ei lengd der imellom; ho blir lik for alle.`,
    en: `A meeting lasts from ${LEAST_MINUTES} to ${MOST.minutes} minutes. Choose a length in between; it is the same for everybody.`,
  },
  PAUSE_OUT_OF_RANGE: {
    nb: `Pausen mellom møter er fra 0 til ${MOST.pauseMinutes} minutter. Del dagen i flere perioder for en lengre pause.`,
    nn: `Pausen mellom møte er frå 0 til ${MOST.pauseMinutes} minutt. Del dagen i fleire periodar for ein lengre pause.`,
    en: `The pause between meetings is from 0 to ${MOST.pauseMinutes} minutes. Divide the day into several spans for a longer one.`,
  },
  NOT_A_TIME: {
    nb: 'Dette er ikke et tidspunkt. Skriv det slik klokken på veggen i Norge viser det, som 2027-01-11T09:00, eller med Z eller tidssone.',
    nn: 'Dette er ikkje eit tidspunkt. Skriv det slik klokka på veggen i Noreg viser det, som 2027-01-11T09:00, eller med Z eller tidssone.',
    en: 'This is not a point in time. Write it as a clock on a wall in Norway shows it, such as 2027-01-11T09:00, or with Z or an offset.',
  },
  SPAN_EMPTY: {
    nb: 'Perioden har ikke plass til et eneste møte. La «to» være minst et møte etter «from».',
    nn: 'Perioden har ikkje plass til eit einaste møte. La «to» vere minst eit møte etter «from».',
    en: 'There is no room for a single meeting in this span. Let "to" be at least one meeting after "from".',
  },
  SPANS_OVERLAP: {
    nb: 'To av periodene overlapper, så det samme rommet ville hatt to møter på en gang. Skill dem fra hverandre.',
    nn: 'To av periodane overlappar, så det same rommet ville hatt to møte på ein gong. Skil dei frå kvarandre.',
    en: 'Two of the spans overlap, so that the same room would have two meetings at once. Keep them apart.',
  },
  NO_SLOTS: {
    nb: 'Møterunden trenger minst én periode og ett rom.',
    nn: 'Møterunden treng minst éin periode og eitt rom.',
    en: 'The round of meetings needs at least one span and one room.',
  },
  TOO_MANY_SLOTS: {
    nb: `En møterunde kan ha høyst ${MOST.slots} møtetider, fordelt på høyst ${MOST.rooms} rom og ${MOST.days} perioder. Del den i flere runder.`,
    nn: `Ein møterunde kan ha høgst ${MOST.slots} møtetider, fordelte på høgst ${MOST.rooms} rom og ${MOST.days} periodar. Del han i fleire rundar.`,
    en: `A round of meetings may have at most ${MOST.slots} slots, in at most ${MOST.rooms} rooms and ${MOST.days} spans. Divide it into several rounds.`,
  },
  TOO_MANY_ROUNDS: {
    nb: `En markedsdialog kan ha høyst ${MOST.rounds} møterunder. Legg møtetidene til i en av dem som finnes.`,
    nn: `Ein marknadsdialog kan ha høgst ${MOST.rounds} møterundar. Legg møtetidene til i ein av dei som finst.`,
    en: `A market dialogue may have at most ${MOST.rounds} rounds of meetings. Add the slots to one of those that there are.`,
  },
  ROOM_TWICE: {
    nb: 'Rommet er nevnt to ganger. Gi hvert rom sitt eget navn; det gjelder videomøter også.',
    nn: 'Rommet er nemnt to gonger. Gje kvart rom sitt eige namn; det gjeld videomøte òg.',
    en: 'The room is named twice. Give each room a name of its own, video meetings as well.',
  },
  ROOM_TAKEN: {
    nb: 'Et av rommene er allerede satt av til et annet møte i kommunen på samme tid. Velg et annet rom eller en annen tid.',
    nn: 'Eit av romma er allereie sett av til eit anna møte i kommunen på same tid. Vel eit anna rom eller ei anna tid.',
    en: 'One of the rooms is taken for another meeting of the municipality at the same time. Choose another room or another time.',
  },
  DEADLINE_PASSED: {
    nb: 'Fristen for å ønske møte må ligge fram i tid, så alle rekker å be om et.',
    nn: 'Fristen for å ønskje møte må liggje fram i tid, så alle rekk å be om eit.',
    en: 'The time until which meetings can be asked for must lie ahead, so that everybody can ask.',
  },
  SLOT_TOO_EARLY: {
    nb: 'Møtene kan ikke begynne før fristen for å ønske møte, eller i fortiden. Flytt dem, eller gi en tidligere frist.',
    nn: 'Møta kan ikkje byrje før fristen for å ønskje møte, eller i fortida. Flytt dei, eller gje ein tidlegare frist.',
    en: 'Meetings cannot begin before the time until which they can be asked for, or in the past. Move them, or close requests earlier.',
  },
  REQUESTS_STILL_OPEN: {
    nb: 'Deltakerne kan fortsatt be om møte. Trekk når fristen i «requestsCloseAt» er ute.',
    nn: 'Deltakarane kan framleis be om møte. Trekk når fristen i «requestsCloseAt» er ute.',
    en: 'Participants can still ask for meetings. Draw when the time in "requestsCloseAt" has come.',
  },
  REQUESTS_CLOSED: {
    nb: 'Fristen for å be om møte i denne runden er ute. Be kommunen om en ny runde.',
    nn: 'Fristen for å be om møte i denne runden er ute. Be kommunen om ein ny runde.',
    en: 'The time for asking for a meeting in this round is over. Ask the municipality for another round.',
  },
  ROUND_DRAWN: {
    nb: 'Runden er allerede trukket. Se «draw» for rekkefølgen og hvem som fikk møte.',
    nn: 'Runden er allereie trekt. Sjå «draw» for rekkjefølgja og kven som fekk møte.',
    en: 'The lot of this round has been drawn. See "draw" for the order and for who got a meeting.',
  },
  ROUND_CANCELLED: {
    nb: 'Møterunden er avlyst. Opprett eller vent på en ny.',
    nn: 'Møterunden er avlyst. Opprett eller vent på ein ny.',
    en: 'The round of meetings has been cancelled. Create a new one, or wait for it.',
  },
  NOT_PARTICIPANT: {
    nb: 'Virksomheten deltar ikke i markedsdialogen. Meld den på med «joinMarketDialogue» først; det er åpent for alle.',
    nn: 'Verksemda deltek ikkje i marknadsdialogen. Meld ho på med «joinMarketDialogue» først; det er ope for alle.',
    en: 'The organisation does not take part in the market dialogue. Let it join with "joinMarketDialogue" first; that is open to all.',
  },
  ALREADY_REQUESTED: {
    nb: 'Virksomheten har allerede bedt om møte i denne runden. Trekk ønsket tilbake først hvis det skal være annerledes.',
    nn: 'Verksemda har allereie bede om møte i denne runden. Trekk ønsket tilbake først om det skal vere annleis.',
    en: 'The organisation has asked for a meeting in this round already. Withdraw the request first if it shall be different.',
  },
  ALREADY_WITHDRAWN: {
    nb: 'Ønsket er allerede trukket tilbake.',
    nn: 'Ønsket er allereie trekt tilbake.',
    en: 'The request has been withdrawn already.',
  },
  MEETING_ALLOTTED: {
    nb: 'Virksomheten har fått et møte. Avlys det med «cancelMeeting», så går det til den neste.',
    nn: 'Verksemda har fått eit møte. Avlys det med «cancelMeeting», så går det til den neste.',
    en: 'The organisation has been given a meeting. Cancel it with "cancelMeeting", and it goes to the next.',
  },
  NO_SUCH_SLOT: {
    nb: 'Møtetiden finnes ikke i denne runden. Se «meetingRound { slots }».',
    nn: 'Møtetida finst ikkje i denne runden. Sjå «meetingRound { slots }».',
    en: 'There is no such slot in this round. See "meetingRound { slots }".',
  },
  SLOT_BOOKED: {
    nb: 'Møtetiden er gitt til en deltaker. Flytt eller avlys møtet først, eller velg en annen tid.',
    nn: 'Møtetida er gjeven til ein deltakar. Flytt eller avlys møtet først, eller vel ei anna tid.',
    en: 'The slot has been given to a participant. Move or cancel that meeting first, or choose another.',
  },
  SLOT_PASSED: {
    nb: 'Møtetiden har allerede begynt. Velg en senere.',
    nn: 'Møtetida har allereie byrja. Vel ei seinare.',
    en: 'The slot has begun already. Choose a later one.',
  },
  ORGANISATION_BUSY: {
    nb: 'Virksomheten har et annet møte på samme tid, kanskje i en annen markedsdialog. Velg en annen tid.',
    nn: 'Verksemda har eit anna møte på same tid, kanskje i ein annan marknadsdialog. Vel ei anna tid.',
    en: 'The organisation has another meeting at the same time, perhaps in another market dialogue. Choose another time.',
  },
  MEETING_BEGUN: {
    nb: 'Møtet har begynt eller er holdt. Skriv referat, eller la kommunen avlyse det hvis ingen møtte.',
    nn: 'Møtet har byrja eller er halde. Skriv referat, eller la kommunen avlyse det om ingen møtte.',
    en: 'The meeting has begun or been held. Write its minutes, or let the municipality cancel it if nobody came.',
  },
  MEETING_NOT_BEGUN: {
    nb: 'Møtet har ikke begynt ennå. Skriv referatet etterpå.',
    nn: 'Møtet har ikkje byrja enno. Skriv referatet etterpå.',
    en: 'The meeting has not begun yet. Write its minutes afterwards.',
  },
  MEETING_RECORDED: {
    nb: 'Møtet er holdt og referatført. Bruk «commentOnMinutes» for å rette eller føye til noe.',
    nn: 'Møtet er halde og referatført. Bruk «commentOnMinutes» for å rette eller føye til noko.',
    en: 'The meeting has been held and its minutes are written. Use "commentOnMinutes" to correct or to add something.',
  },
  MEETING_CANCELLED: {
    nb: 'Møtet er avlyst.',
    nn: 'Møtet er avlyst.',
    en: 'The meeting has been cancelled.',
  },
  MINUTES_MISSING: {
    nb: 'Det er ikke skrevet noe referat ennå. Vent til kommunen har gjort det.',
    nn: 'Det er ikkje skrive noko referat enno. Vent til kommunen har gjort det.',
    en: 'No minutes have been written yet. Wait until the municipality has done it.',
  },
  NOTHING_TOLD_UNSAID: {
    nb: 'Skriv i «told» hva leverandøren fikk vite som ikke alle vet, ett punkt for hver opplysning. Fikk den ikke vite noe, så si det med «nothingTold: true».',
    nn: 'Skriv i «told» kva leverandøren fekk vite som ikkje alle veit, eitt punkt for kvar opplysning. Fekk han ikkje vite noko, så sei det med «nothingTold: true».',
    en: 'Write in "told" what the supplier got to know that not everybody knows, one item for each. If it was nothing, say so with "nothingTold: true".',
  },
  TOLD_AND_NOT: {
    nb: 'Enten er noe sagt, eller så er ingenting sagt. Ta bort «nothingTold» eller det som står i «told».',
    nn: 'Anten er noko sagt, eller så er ingenting sagt. Ta bort «nothingTold» eller det som står i «told».',
    en: 'Either something was told or nothing was. Remove "nothingTold" or what stands in "told".',
  },
  TOO_MANY_TOLD: {
    nb: `Et referat kan ha høyst ${MOST_TOLD} opplysninger. Samle dem som hører sammen.`,
    nn: `Eit referat kan ha høgst ${MOST_TOLD} opplysningar. Samle dei som høyrer saman.`,
    en: `Minutes may hold at most ${MOST_TOLD} items that were told. Gather those that belong together.`,
  },
  NOTHING_SAID: {
    nb: 'Si noe: godkjenn referatet med «confirms: true», eller skriv en merknad eller hva som er hemmelig.',
    nn: 'Sei noko: godkjenn referatet med «confirms: true», eller skriv ein merknad eller kva som er løynd.',
    en: 'Say something: confirm the minutes with "confirms: true", or write a comment or what is secret.',
  },
  CONFIRMED_BY_OTHERS: {
    nb: 'Bare leverandøren som var i møtet, kan godkjenne referatet. Skriv en merknad i stedet.',
    nn: 'Berre leverandøren som var i møtet, kan godkjenne referatet. Skriv ein merknad i staden.',
    en: 'Only the supplier who was in the meeting can confirm the minutes. Write a comment instead.',
  },
} as const satisfies Record<string, Messages>;

export type MeetingCode = keyof typeof meetingMessages;
