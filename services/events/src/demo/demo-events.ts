import { osloDate, stableId, zonedDateTimeToUtc } from '@samspill/values';
import { type EventFacts, EventKind } from '../event/event.js';
import type { Session } from '../event/session.js';
import { conference2017 } from './conference-2017.js';

export type DemoEvent = EventFacts & { sessions: Omit<Session, 'event'>[] };

/** Title, description, beginning and end on the clock in Oslo, and who speaks: name, organisation, role. */
export type DemoSession = [
  title: string,
  description: string | null,
  from: string,
  to: string,
  ...speakers: [name: string | null, organisation: string | null, role: string | null][],
];

/** The notice that starts the demo chain; `dialogue` and `tenders` derive the same ids from it. */
const PLANNING_NOTICE = stableId('demo-notice', 'hjemmeoppfolging-planning');

const homeFollowUp = {
  dialogueId: stableId('market-dialogue', PLANNING_NOTICE),
  procurementId: stableId('procurement', `notice:${PLANNING_NOTICE}`),
};

const ORGANISER = 'Indre Østfold kommune (demo)';
const WEB = 'https://demo.samspill.example/arrangementer';
const DAY = 24 * 60 * 60 * 1000;
const PERSONAL_DATA_DAYS = 90;

/** `now` is when the demo begins. */
export function demoEvents(now: Date): DemoEvent[] {
  const dayFrom = (days: number) => osloDate(new Date(now.getTime() + days * DAY));
  return [
    conference(now),
    informationMeeting(now),
    tenderingCourse(dayFrom, now),
    apprenticeWebinar(now),
    siteVisit(now),
  ];
}

function conference(now: Date): DemoEvent {
  return event(now, 'innkjopskonferansen-2017', '2017-10-17', conference2017.sessions, {
    title: 'Innkjøpskonferansen 2017: Sammen blir vi gode',
    description:
      'Fem kommuner i Indre Østfold inviterer næringslivet til en dag om offentlige innkjøp. Store og små leverandører, innkjøpere, lærlinger og politikere møtes for å få fram det beste i hverandre, med de samme spillereglene for alle.',
    kind: EventKind.CONFERENCE,
    publishedAt: new Date('2017-08-21T07:00:00Z'),
    registrationOpensAt: new Date('2017-08-21T07:00:00Z'),
    venue: { name: 'Askim kulturhus', address: null, city: 'Askim', municipalityNumber: '0124' },
    capacity: 150,
    seatsTaken: 150,
    organiser: 'Innkjøpssamarbeidet i Indre Østfold (demo)',
    municipalityNumber: '0124',
  });
}

function informationMeeting(now: Date): DemoEvent {
  const sessions: DemoSession[] = [
    [
      'Behovet: trygg hjemme lenger',
      'Kommunen forteller hva den vil oppnå, og for hvem. Løsningen er det markedet som kjenner.',
      '12:00',
      '12:40',
      [null, 'Indre Østfold kommune', 'Prosjektleder'],
      [null, 'Indre Østfold kommune', 'Hjemmesykepleier'],
    ],
    [
      'Slik foregår markedsdialogen',
      'Spørsmålene til markedet, frister, og hvordan alt som blir sagt til én, blir gjort kjent for alle.',
      '12:40',
      '13:10',
      [null, 'Indre Østfold kommune', 'Innkjøpsrådgiver'],
    ],
    ['Spørsmål og svar i plenum', 'Alle svar blir publisert etterpå.', '13:10', '14:00'],
  ];
  return event(now, 'hjemmeoppfolging-informasjonsmote', '2024-02-14', sessions, {
    ...homeFollowUp,
    title: 'Informasjonsmøte: digital hjemmeoppfølging',
    description:
      'Åpent møte om behovet «Trygg hjemme lenger» før konkurransen. Møtet strømmes, og opptak og svar legges ut til alle. Påfølgende én-til-én-møter 13. og 14. mars er like lange for alle som ønsker det.',
    kind: EventKind.INFORMATION_MEETING,
    publishedAt: new Date('2024-02-05T09:00:00Z'),
    registrationOpensAt: new Date('2024-02-05T09:00:00Z'),
    venue: { name: 'Askim rådhus', address: null, city: 'Askim', municipalityNumber: '3118' },
    online: true,
    url: `${WEB}/hjemmeoppfolging`,
    seatsTaken: 43,
  });
}

function tenderingCourse(dayFrom: (days: number) => string, now: Date): DemoEvent {
  const sessions: DemoSession[] = [
    [
      'Les konkurransegrunnlaget som en innkjøper',
      'Hva er krav, hva er kriterier, og hva betyr vektene?',
      '09:00',
      '10:30',
      ['Sunniva Eikeland-Demo', 'Anbudsskolen Demo AS', 'Kursholder'],
    ],
    [
      'Skriv svaret: kort, konkret og innenfor ordgrensen',
      'Øvelse på en liten konkurranse.',
      '10:45',
      '12:15',
      ['Sunniva Eikeland-Demo', 'Anbudsskolen Demo AS', 'Kursholder'],
    ],
    [
      'Levere til tiden, og lære av begrunnelsen',
      'Innlevering, åpning, tildelingsbrev og karens.',
      '13:00',
      '15:00',
      [null, 'Indre Østfold kommune', 'Innkjøpsrådgiver'],
    ],
  ];
  const course = event(now, 'anbudskurs', dayFrom(21), sessions, {
    title: 'Slik vinner du anbud: grunnkurs for små bedrifter',
    description:
      'Gratis kurs for deg som vil levere til kommunen for første gang. Åpent for alle virksomheter, uansett hvor de holder til. Å ha gått på kurset gir kunnskap, men aldri poeng i en konkurranse.',
    kind: EventKind.COURSE,
    publishedAt: new Date(now.getTime() - 14 * DAY),
    registrationOpensAt: new Date(now.getTime() - 14 * DAY),
    venue: { name: 'Mysen bibliotek', address: null, city: 'Mysen', municipalityNumber: '3118' },
    url: `${WEB}/anbudskurs`,
    contactEmail: 'kurs@demo.samspill.example',
    capacity: 30,
    seatsPerOrganisation: 4,
  });
  // The exercise is in a small room: whoever wants to be there chooses it when registering.
  const rooms = ['Storsalen', 'Grupperom 2', 'Storsalen'];
  const capacities = [30, 12, 30];
  return {
    ...course,
    sessions: course.sessions.map((session, position) => ({
      ...session,
      room: rooms[position] ?? null,
      capacity: capacities[position] ?? null,
    })),
  };
}

function apprenticeWebinar(now: Date): DemoEvent {
  const sessions: DemoSession[] = [
    [
      'Når kreves lærlinger, og hvordan dokumenteres timene?',
      'Reglene, klausulen og rapporteringen, forklart på en halvtime.',
      '08:30',
      '09:00',
      [null, 'Indre Østfold kommune', 'Kontraktsforvalter'],
    ],
    [
      'Erfaringer fra en liten bedrift',
      null,
      '09:00',
      '09:30',
      ['Jonas Bergsli-Demo', 'Glommen Bygg og Anlegg AS', 'Daglig leder'],
      ['Amina Lund-Demo', 'Glommen Bygg og Anlegg AS', 'Lærling'],
    ],
  ];
  return event(now, 'laerlingwebinar', '2025-09-18', sessions, {
    title: 'Lærlinger i offentlige kontrakter',
    description: 'Nettmøte om hvordan oppdrag for kommunen kan gi flere læreplasser, også i små bedrifter.',
    kind: EventKind.WEBINAR,
    publishedAt: new Date('2025-08-25T07:00:00Z'),
    registrationOpensAt: new Date('2025-08-25T07:00:00Z'),
    online: true,
    url: `${WEB}/laerlinger`,
    seatsTaken: 67,
  });
}

function siteVisit(now: Date): DemoEvent {
  return event(
    now,
    'befaring-skolegard',
    '2025-05-06',
    [['Felles befaring', 'Oppmøte ved hovedinngangen.', '13:00', '14:30']],
    {
      title: 'Befaring: ny skolegård',
      description: 'Avlyst: konkurransen er utsatt, og ny befaring blir varslet til alle samtidig.',
      kind: EventKind.SITE_VISIT,
      publishedAt: new Date('2025-04-07T07:00:00Z'),
      registrationOpensAt: new Date('2025-04-07T07:00:00Z'),
      cancelledAt: new Date('2025-04-29T10:00:00Z'),
      cancellationReason: 'Konkurransen er utsatt. Ny befaring blir varslet til alle samtidig.',
      sequence: 1,
      venue: { name: 'Skolegården (demo)', address: null, city: 'Spydeberg', municipalityNumber: '3118' },
      capacity: 25,
      seatsTaken: 0,
    },
  );
}

type Facts = Pick<EventFacts, 'title' | 'description' | 'kind' | 'registrationOpensAt'> &
  Partial<EventFacts> & { readonly publishedAt: Date };

/** An event that lasts as long as its programme. */
function event(now: Date, slug: string, day: string, programme: DemoSession[], facts: Facts): DemoEvent {
  const id = stableId('event', slug);
  const at = (time: string) => new Date(zonedDateTimeToUtc(day, time) as string);
  const sessions = programme.map(([title, description, from, to, ...speakers], position) => ({
    id: stableId('session', id, String(position)),
    title,
    description,
    startsAt: at(from),
    endsAt: at(to),
    room: null,
    capacity: null,
    seatsTaken: 0,
    speakers: speakers.map(([name, organisation, role]) => ({ name, organisation, role })),
  }));
  const endsAt = (sessions.at(-1) as (typeof sessions)[0]).endsAt;
  // What is long over has kept its counts and nothing else.
  const erasedAt = new Date(endsAt.getTime() + PERSONAL_DATA_DAYS * DAY);
  return {
    id,
    sessions,
    startsAt: (sessions[0] as (typeof sessions)[0]).startsAt,
    endsAt,
    registrationClosesAt: null,
    cancelledAt: null,
    cancellationReason: null,
    seatsPerOrganisation: null,
    offerHours: 24,
    sequence: 0,
    updatedAt: facts.cancelledAt ?? facts.publishedAt,
    language: 'nb',
    contactEmail: null,
    personalDataDays: PERSONAL_DATA_DAYS,
    personalDataErasedAt: erasedAt <= now ? erasedAt : null,
    venue: null,
    online: false,
    url: null,
    capacity: null,
    seatsTaken: 0,
    organiser: ORGANISER,
    municipalityNumber: '3118',
    dialogueId: null,
    tenderId: null,
    procurementId: null,
    ...facts,
  };
}
