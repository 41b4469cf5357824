import { endOfDayInOslo, osloDate, stableId } from '@samspill/values';
import { DialogueActivityType } from '../market-dialogue/dialogue-activity.js';
import { dialogueOfInvitation } from '../market-dialogue/invitation.js';
import { cpvBranches, type DialogueData, InvitationKind } from '../market-dialogue/market-dialogue.js';
import { type NeedFacts, NeedStatus } from '../need/need.js';

interface DemoActivity {
  id: string;
  position: number;
  type: DialogueActivityType;
  title: string;
  startsAt: Date;
  endsAt: Date;
  place: string | null;
  url: string | null;
}

/** A need as the demo begins: who joins and follows comes afterwards. */
export type DemoNeed = Pick<
  NeedFacts,
  | 'id'
  | 'procurementId'
  | 'municipalityNumber'
  | 'title'
  | 'effect'
  | 'users'
  | 'constraints'
  | 'successCriteria'
  | 'volume'
  | 'status'
  | 'publishedAt'
>;

export type DemoDialogue = DialogueData & { activities: DemoActivity[] };

const MUNICIPALITY = '3118';
const MARKER = '3122';
const BUYER = 'NO-BRC-920123899';

/** The planning notice of the demo. `tenders` derives the same procurement from it. */
export const PLANNING_NOTICE = stableId('demo-notice', 'hjemmeoppfolging-planning');

export const demoProcurements = {
  homeFollowUp: stableId('procurement', `notice:${PLANNING_NOTICE}`),
  schoolTransport: stableId('procurement', 'demo-need:skoleskyss'),
  cleaning: stableId('procurement', 'demo-need:renhold'),
  playgrounds: stableId('procurement', 'demo-need:uteomrader'),
  winterRoads: stableId('procurement', 'demo-need:skolevei'),
};

const DAY = 24 * 60 * 60 * 1000;

/** Needs and dialogues that nobody real has published. `now` is when the demo begins. */
export function demoChains(now: Date): { need: DemoNeed; dialogue: DemoDialogue | null }[] {
  return [homeFollowUp(), schoolTransport(), cleaning(now), playgrounds(), winterRoads()];
}

/** Municipalities that have the same as one that has published it. */
export function demoJoinings() {
  const need = stableId('need', 'skoleskyss');
  return [
    {
      id: stableId('need-joining', need, MARKER),
      need,
      municipalityNumber: MARKER,
      volume: 'Om lag 25 elever og 9 000 turer i året.',
      comment: 'Noen av elevene går på skole i Indre Østfold, så turene kan henge sammen.',
      joinedAt: new Date('2025-01-27T08:00:00Z'),
    },
  ];
}

/** What has been made clearer since a need was published. */
export function demoClarifications(now: Date) {
  return [
    {
      id: stableId('need-clarification', 'renhold', '1'),
      need: stableId('need', 'renhold'),
      text: 'Idrettshallene ved skolene er med i arealet. Svømmehallene er ikke det.',
      addedAt: new Date(now.getTime() - 10 * DAY),
    },
  ];
}

function homeFollowUp() {
  const procurementId = demoProcurements.homeFollowUp;
  const id = dialogueOfInvitation(PLANNING_NOTICE);
  const need: DemoNeed = {
    id: stableId('need', 'hjemmeoppfolging'),
    procurementId,
    municipalityNumber: MUNICIPALITY,
    title: 'Trygg hjemme lenger',
    effect:
      'Flere innbyggere med kronisk sykdom skal kunne bo trygt hjemme, fordi endringer i helsen oppdages tidlig og riktig hjelp kommer før det haster. Kommunen ønsker færre unødige innleggelser og legevaktbesøk, og mer tid til dem som trenger hender. Hvordan det løses, vil vi høre fra markedet.',
    users:
      'Om lag 400 innbyggere med kols, hjertesvikt eller diabetes, deres pårørende, hjemmesykepleien og fastlegene i Indre Østfold.',
    constraints: [
      'Helseopplysninger behandles etter norsk lov og blir i EØS.',
      'Fastlegen og hjemmesykepleien ser det samme uten å skrive noe to ganger.',
      'Den som ikke vil eller kan delta, får like god hjelp som før.',
    ],
    successCriteria: [
      'Åtte av ti brukere sier at de føler seg tryggere hjemme etter seks måneder.',
      'Antall legevaktbesøk blant brukerne er redusert med en firedel etter ett år.',
      'En bruker uten digital erfaring kommer i gang på egen hånd eller med hjelp fra pårørende på under en time.',
      'Hjemmesykepleien bruker minst to timer mindre i uken per ansatt på rutinekontroller.',
    ],
    volume: 'Om lag 400 brukere ved oppstart, inntil 900 i løpet av fire år.',
    status: NeedStatus.IN_TENDER,
    publishedAt: new Date('2024-01-22T08:00:00Z'),
  };
  const announcedAt = new Date('2024-02-05T09:00:00Z');
  const dialogue: DemoDialogue = {
    ...emptyDialogue,
    id,
    procurementId,
    title: 'Digital hjemmeoppfølging: markedsdialog',
    description:
      'Indre Østfold kommune vil forstå hva markedet kan få til før vi skriver konkurransegrunnlaget for digital hjemmeoppfølging. Alle som vil, kan delta. Det én leverandør får vite, får alle vite, og deltakelse gir ingen fordel i konkurransen.',
    kind: InvitationKind.PLANNING,
    announcedAt,
    opensAt: new Date('2024-02-12T07:00:00Z'),
    closesAt: new Date('2024-03-22T11:00:00Z'),
    expectedTenderDate: '2024-06-03',
    ...codes('85310000', ['33196000', '48814000']),
    url: 'https://demo.samspill.example/markedsdialog/hjemmeoppfolging',
    questions: [
      'Hvilke endringer i helsen kan oppdages tidlig hjemme, og hva skal til for at de fører til riktig hjelp?',
      'Hva har gitt god effekt for brukere uten digital erfaring?',
      'Hvordan kan kommunen betale for oppnådd effekt i stedet for antall enheter?',
      'Hvilke krav i tidligere konkurranser har gjort det vanskelig for små leverandører å delta?',
      'Hvordan kan data flyttes til en annen leverandør når avtalen er slutt?',
    ],
    activities: activities(id, [
      [
        DialogueActivityType.INFORMATION_MEETING,
        'Informasjonsmøte på rådhuset i Askim, åpent for alle og med opptak',
        '2024-02-14T12:00:00+01:00',
        '2024-02-14T14:00:00+01:00',
      ],
      [
        DialogueActivityType.WRITTEN_INPUT,
        'Skriftlige innspill, høyst fem sider',
        '2024-02-14T14:00:00+01:00',
        '2024-03-08T12:00:00+01:00',
      ],
      [
        DialogueActivityType.ONE_TO_ONE_MEETINGS,
        'Én-til-én-møter på 45 minutter, like lange for alle',
        '2024-03-13T09:00:00+01:00',
        '2024-03-14T15:00:00+01:00',
      ],
    ]),
    updatedAt: announcedAt,
  };
  return { need, dialogue };
}

function schoolTransport() {
  const need: DemoNeed = {
    id: stableId('need', 'skoleskyss'),
    procurementId: demoProcurements.schoolTransport,
    municipalityNumber: MUNICIPALITY,
    title: 'Skoleskyss som alle barn kan stole på',
    effect:
      'Barn som trenger tilrettelagt skyss, skal komme til skolen uthvilte og trygge, med en voksen de kjenner, og foresatte skal vite hvor barnet er. Utslippene fra skyssen skal ned hvert år.',
    users: 'Om lag 180 elever med rett til særskilt skyss, foresatte, skolene og sjåførene.',
    constraints: [
      'Skolenes start- og sluttider ligger fast.',
      'Retten til skyss følger opplæringsloven, også når familien flytter i skoleåret.',
    ],
    successCriteria: [
      'Minst 98 av 100 turer er framme innen fem minutter fra avtalt tid.',
      'Barnet møter høyst tre ulike sjåfører i et skoleår.',
      'Foresatte får beskjed om forsinkelser før barnet skulle ha vært hentet.',
      'Utslippene per tur er halvert innen tre år.',
    ],
    volume: 'Om lag 180 elever og 65 000 turer i året.',
    status: NeedStatus.PUBLISHED,
    publishedAt: new Date('2025-01-13T08:00:00Z'),
  };
  return { need, dialogue: null };
}

function cleaning(now: Date) {
  const procurementId = demoProcurements.cleaning;
  const id = dialogueOfInvitation(stableId('demo-invitation', 'renhold'));
  const announcedAt = new Date(now.getTime() - 7 * DAY);
  const day = (days: number) => osloDate(new Date(now.getTime() + days * DAY));
  const closesAt = endOfDayInOslo(day(30));
  const need: DemoNeed = {
    id: stableId('need', 'renhold'),
    procurementId,
    municipalityNumber: MUNICIPALITY,
    title: 'Renhold uten miljøgifter i skoler og barnehager',
    effect:
      'Barn og ansatte skal ha rene rom og god luft uten å utsettes for stoffer som skader helse eller natur, og de som gjør rent, skal ha ordnede lønns- og arbeidsvilkår.',
    users: 'Om lag 6 500 barn og 1 400 ansatte i 16 skoler og 21 barnehager, og renholderne.',
    constraints: [
      'Skolene og barnehagene er i bruk mens det gjøres rent.',
      'Ansatte som er overført, beholder vilkårene sine.',
    ],
    successCriteria: [
      'Ingen rom rengjøres med stoffer som står på den nasjonale listen over prioriterte miljøgifter.',
      'Ni av ti ansatte er fornøyde med renholdet.',
      'Sykefraværet blant renholderne er lavere enn gjennomsnittet i bransjen.',
      'Alle som gjør rent, har fast lønn etter tariff, og det kan dokumenteres.',
    ],
    volume: 'Om lag 140 000 kvadratmeter.',
    status: NeedStatus.IN_DIALOGUE,
    publishedAt: new Date(now.getTime() - 14 * DAY),
  };
  const dialogue: DemoDialogue = {
    ...emptyDialogue,
    id,
    procurementId,
    title: 'Renhold uten miljøgifter: hva er mulig?',
    description:
      'Kommunen spør markedet om hvor langt det går an å komme uten miljøgifter, hva det koster, og hvordan seriøse virksomheter kan dokumentere gode arbeidsvilkår uten unødig papirarbeid. Alle svar blir behandlet likt.',
    kind: InvitationKind.CONSULTATION,
    announcedAt,
    opensAt: announcedAt,
    closesAt: new Date(closesAt),
    expectedTenderDate: day(120),
    ...codes('90910000', ['90919300', '90911000']),
    url: 'https://demo.samspill.example/markedsdialog/renhold',
    questions: [
      'Hvilke metoder gir rene rom med lite eller ingen kjemi, og hva kreves av bygget?',
      'Hvordan bør effekten måles, slik at både barn, ansatte og renholdere merker den?',
      'Hvilken dokumentasjon på lønns- og arbeidsvilkår har dere allerede, og hva er unødig å be om?',
      'Bør avtalen deles opp, slik at også små virksomheter kan levere?',
    ],
    activities: activities(id, [
      [
        DialogueActivityType.DIALOGUE_CONFERENCE,
        'Dialogkonferanse, på nett og i Askim',
        `${day(10)}T09:00:00Z`,
        `${day(10)}T12:00:00Z`,
      ],
      [DialogueActivityType.WRITTEN_INPUT, 'Skriftlige innspill', announcedAt.toISOString(), closesAt],
    ]),
    updatedAt: announcedAt,
  };
  return { need, dialogue };
}

/** Still being written, so only colleagues in Indre Østfold see it. */
function playgrounds() {
  const need: DemoNeed = {
    id: stableId('need', 'uteomrader'),
    procurementId: demoProcurements.playgrounds,
    municipalityNumber: MUNICIPALITY,
    title: 'Uteområder der alle barn kan leke sammen',
    effect:
      'Barn med og uten funksjonsnedsettelser skal leke på de samme stedene, hele året. Flere barn skal være i bevegelse i friminuttene, og færre skal stå utenfor.',
    users: 'Elever og ansatte på ti barneskoler, og barnefamilier som bruker skolegården i fritiden.',
    constraints: [
      'Området er åpent for alle utenom skoletiden.',
      'Trær og overvannsløp som er der i dag, blir stående.',
    ],
    successCriteria: [
      'Et barn i rullestol kommer fram til minst halvparten av lekene uten hjelp.',
      'Ni av ti elever sier at det finnes noe de har lyst til å gjøre ute.',
      'Uteområdet er i bruk i alle friminutt, også om vinteren.',
    ],
    volume: 'Ti skolegårder over fire år. Antallet er ikke bestemt ennå.',
    status: NeedStatus.DRAFT,
    publishedAt: null,
  };
  return { need, dialogue: null };
}

/** A draft of the neighbours in Marker. */
function winterRoads() {
  const need: DemoNeed = {
    id: stableId('need', 'skolevei'),
    procurementId: demoProcurements.winterRoads,
    municipalityNumber: MARKER,
    title: 'Trygg skolevei hele vinteren',
    effect:
      'Barn og unge i Marker skal kunne gå og sykle til skolen om vinteren uten å falle, og foresatte skal slippe å kjøre dem fordi gangveien ikke er framkommelig.',
    users: 'Om lag 500 elever på Marker skole, foresatte, og eldre som bruker de samme gangveiene.',
    constraints: [],
    successCriteria: [
      'Gangveiene til skolen er framkommelige før klokken sju på alle skoledager.',
      'Antall fallskader på skoleveien er halvert etter to vintre.',
      'Åtte av ti foresatte lar barna gå eller sykle også om vinteren.',
    ],
    volume: null,
    status: NeedStatus.DRAFT,
    publishedAt: null,
  };
  return { need, dialogue: null };
}

const emptyDialogue = {
  municipalityNumber: MUNICIPALITY,
  buyerId: BUYER,
  language: 'NOR',
  nuts: ['NO083'],
  ledHere: false,
  cancelledAt: null,
  cancellationReason: null,
  closedAt: null,
  summarisedAt: null,
  contact: {
    name: 'Innkjøp, Indre Østfold kommune (demo)',
    email: 'innkjop@demo.samspill.example',
    telephone: '00 00 00 00',
  },
  noticeId: null,
  noticeVersion: null,
  noticeDispatchedAt: null,
};

function codes(cpv: string, additionalCpv: string[]) {
  return { cpv, additionalCpv, cpvBranches: cpvBranches([cpv, ...additionalCpv]) };
}

function activities(
  dialogueId: string,
  rows: [type: DialogueActivityType, title: string, startsAt: string, endsAt: string][],
): DemoActivity[] {
  return rows.map(([type, title, startsAt, endsAt], position) => ({
    id: stableId('dialogue-activity', dialogueId, String(position)),
    position,
    type,
    title,
    startsAt: new Date(startsAt),
    endsAt: new Date(endsAt),
    place: null,
    url: null,
  }));
}
