import { type DraftOrganisation, type NoticeDraft, writeNotice } from '@samspill/eforms';
import { type Money, organisationNumberCheckDigit, stableId } from '@samspill/values';
import type { NoticeFile } from '../import/import-result.js';

/** The number of a demo notice. `dialogue` and `events` make the same ids of the same words. */
const noticeNumber = (slug: string) => stableId('demo-notice', slug);
const procedure = (slug: string) => stableId('demo-procedure', slug);

const DAY = 24 * 60 * 60 * 1000;
const MILLION = 100_000_000;
const nok = (millions: number): Money => ({ amount: Math.round(millions * MILLION), currency: 'NOK' });

const contact = (name: string) => ({ name, email: 'innkjop@example.no', telephone: '+47 69 00 00 00' });

const indreOstfold: DraftOrganisation = {
  name: 'Indre Østfold kommune',
  organisationNumber: '920123899',
  city: 'Askim',
  postCode: '1830',
  contact: contact('Innkjøpsavdelingen'),
};

/** The other buyers and all suppliers have synthetic numbers, which begin with 2 or 3 and belong to nobody. */
function synthetic(first8: string, name: string, city: string, postCode: string): DraftOrganisation {
  return { name, organisationNumber: `${first8}${organisationNumberCheckDigit(first8)}`, city, postCode };
}

const askim = synthetic('21000001', 'Askim kommune', 'Askim', '1830');
const hobol = synthetic('21000003', 'Hobøl kommune', 'Elvestad', '1827');
const marker = synthetic('21000004', 'Marker kommune', 'Ørje', '1870');
const rakkestad = synthetic('21000005', 'Rakkestad kommune', 'Rakkestad', '1890');

const glommenBygg = synthetic('31000001', 'Glommen Bygg og Anlegg AS', 'Askim', '1830');
const mysenRor = synthetic('31000002', 'Mysen Rørleggerverksted AS', 'Mysen', '1850');
const oyeren = synthetic('31000003', 'Øyeren Velferdsteknologi AS', 'Spydeberg', '1820');
const haldenRenhold = synthetic('31000004', 'Haldenvassdraget Renhold AS', 'Ørje', '1870');
const skolebuss = synthetic('31000005', 'Trøgstad Skolebuss AS', 'Skjønhaug', '1860');
const nordisk = synthetic('31000007', 'Nordisk Entreprenør Demo ASA', 'Oslo', '0150');

const APPRENTICES =
  'Minst ti prosent av arbeidede timer i relevante fag skal utføres av lærlinger, og minst én lærling skal delta. Timene rapporteres hvert kvartal.';

/** The demo competitions as eForms notices; open ones have deadlines relative to `now`. */
export function demoNotices(now: Date): NoticeFile[] {
  return drafts(now).map((draft) => ({
    name: `demo-${draft.noticeId}-${draft.version ?? '01'}.xml`,
    xml: writeNotice(draft),
  }));
}

function drafts(now: Date): NoticeDraft[] {
  const days = (count: number) => new Date(Math.floor(now.getTime() / 3_600_000) * 3_600_000 + count * DAY);
  return [
    ...homeFollowUp(),
    ...school2017(),
    snow2018(),
    ...kindergarten(),
    ...current(days),
    ...ended(days),
  ];
}

/** The whole chain: a plan with a market dialogue, the competition that names it, and the award. */
function homeFollowUp(): NoticeDraft[] {
  const about = {
    title: 'Digital hjemmeoppfølging for Indre Østfold',
    description:
      'Kommunen skal anskaffe en løsning som gjør at flere kan bo trygt hjemme lenger, og som ansatte og pårørende har tillit til. Behovet er beskrevet som funksjon; løsningen er opp til leverandørene.',
    nature: 'services',
    cpv: '85310000',
    buyer: indreOstfold,
    internalId: '2024/1187',
  } as const;
  const lot = { id: 'LOT-0001', title: 'Digital hjemmeoppfølging', description: about.description };
  const competition = {
    ...about,
    procedureId: procedure('hjemmeoppfolging'),
    procedureType: 'neg-w-call',
    nuts: 'NO083',
  };
  return [
    {
      ...about,
      noticeId: noticeNumber('hjemmeoppfolging-planning'),
      formType: 'planning',
      noticeType: 'pin-only',
      subtype: '4',
      dispatchedAt: new Date('2024-02-05T09:00:00Z'),
      plannedDate: '2024-06-03',
      lots: [{ ...lot, id: 'PAR-0001', estimatedValue: nok(9) }],
    },
    {
      ...competition,
      noticeId: noticeNumber('hjemmeoppfolging-competition'),
      formType: 'competition',
      noticeType: 'cn-standard',
      subtype: '16',
      dispatchedAt: new Date('2024-06-04T08:00:00Z'),
      previousPlanning: `${noticeNumber('hjemmeoppfolging-planning')}-01`,
      estimatedValue: nok(9),
      lots: [
        {
          ...lot,
          estimatedValue: nok(9),
          deadline: new Date('2024-08-15T10:00:00Z'),
          months: 48,
          url: 'https://example.no/konkurranse/hjemmeoppfolging',
          criteria: [
            { type: 'quality', name: 'Effekt for brukeren', weight: 40 },
            { type: 'price', name: 'Pris', weight: 30 },
            { type: 'quality-nor-env-criteria', name: 'Klima og miljø', weight: 30 },
          ],
        },
      ],
    },
    {
      ...competition,
      noticeId: noticeNumber('hjemmeoppfolging-award'),
      formType: 'result',
      noticeType: 'can-standard',
      subtype: '29',
      dispatchedAt: new Date('2024-11-20T12:00:00Z'),
      lots: [lot],
      winners: [
        {
          lotId: 'LOT-0001',
          value: nok(8.42),
          tenderers: [oyeren],
          contract: { identifier: '2024/1187-42', awardDate: '2024-10-28', conclusionDate: '2024-11-14' },
          tendersReceived: 4,
        },
      ],
    },
  ];
}

/** Bought by Askim before the merger; found under Indre Østfold. */
function school2017(): NoticeDraft[] {
  const about = {
    procedureId: procedure('askim-ungdomsskole'),
    title: 'Rehabilitering av Askim ungdomsskole, andre byggetrinn',
    description: 'Totalentreprise for rehabilitering av klasseromsfløy og nytt ventilasjonsanlegg.',
    nature: 'works',
    cpv: '45214200',
    nuts: 'NO082',
    procedureType: 'open',
    buyer: askim,
    estimatedValue: nok(62),
  } as const;
  const lot = { id: 'LOT-0001', title: 'Totalentreprise', description: about.description };
  return [
    {
      ...about,
      noticeId: noticeNumber('askim-ungdomsskole-competition'),
      formType: 'competition',
      noticeType: 'cn-standard',
      subtype: '16',
      dispatchedAt: new Date('2017-03-06T09:00:00Z'),
      lots: [
        {
          ...lot,
          deadline: new Date('2017-04-24T10:00:00Z'),
          performanceTerms: APPRENTICES,
          criteria: [
            { type: 'price', name: 'Pris', weight: 70 },
            { type: 'quality', name: 'Gjennomføringsplan', weight: 30 },
          ],
        },
      ],
    },
    {
      ...about,
      noticeId: noticeNumber('askim-ungdomsskole-award'),
      formType: 'result',
      noticeType: 'can-standard',
      subtype: '29',
      dispatchedAt: new Date('2017-07-03T09:00:00Z'),
      lots: [lot],
      winners: [
        {
          lotId: 'LOT-0001',
          value: nok(58.9),
          tenderers: [glommenBygg],
          contract: { identifier: 'ASK-2017/88', awardDate: '2017-05-31', conclusionDate: '2017-06-20' },
          tendersReceived: 6,
        },
      ],
    },
  ];
}

function snow2018(): NoticeDraft {
  return {
    noticeId: noticeNumber('hobol-broyting'),
    procedureId: procedure('hobol-broyting'),
    formType: 'result',
    noticeType: 'can-standard',
    subtype: '29',
    dispatchedAt: new Date('2018-10-01T09:00:00Z'),
    title: 'Brøyting av kommunale veier i Hobøl',
    description:
      'Brøyting og strøing i sesongene 2018 til 2020, delt i to roder så også små firma kan gi tilbud.',
    nature: 'services',
    cpv: '90620000',
    nuts: 'NO082',
    procedureType: 'oth-single',
    buyer: hobol,
    estimatedValue: nok(1.1),
    lots: [
      { id: 'LOT-0001', title: 'Rode nord', description: 'Elvestad og nordover' },
      { id: 'LOT-0002', title: 'Rode sør', description: 'Tomter og sørover' },
    ],
    winners: [
      {
        lotId: 'LOT-0001',
        value: nok(0.52),
        tenderers: [glommenBygg],
        contract: { identifier: 'HOB-18-1', awardDate: '2018-09-10', conclusionDate: '2018-09-25' },
        tendersReceived: 3,
      },
    ],
    withoutWinner: [{ lotId: 'LOT-0002', reason: 'no-rece' }],
  };
}

/** Won by a group of companies. */
function kindergarten(): NoticeDraft[] {
  const about = {
    procedureId: procedure('spydeberg-barnehage'),
    title: 'Ny barnehage på Spydeberg',
    description: 'Barnehage med seks avdelinger i massivtre, med krav til fossilfri byggeplass og lærlinger.',
    nature: 'works',
    cpv: '45214100',
    nuts: 'NO082',
    procedureType: 'restricted',
    buyer: indreOstfold,
    estimatedValue: nok(95),
  } as const;
  const lot = { id: 'LOT-0001', title: 'Totalentreprise', description: about.description };
  return [
    {
      ...about,
      noticeId: noticeNumber('spydeberg-barnehage-competition'),
      formType: 'competition',
      noticeType: 'cn-standard',
      subtype: '16',
      dispatchedAt: new Date('2021-09-01T08:00:00Z'),
      lots: [
        { ...lot, deadline: new Date('2021-10-15T10:00:00Z'), performanceTerms: APPRENTICES, months: 20 },
      ],
    },
    {
      ...about,
      noticeId: noticeNumber('spydeberg-barnehage-award'),
      formType: 'result',
      noticeType: 'can-standard',
      subtype: '29',
      dispatchedAt: new Date('2022-02-10T08:00:00Z'),
      lots: [lot],
      winners: [
        {
          lotId: 'LOT-0001',
          value: nok(91.75),
          tenderers: [nordisk, mysenRor],
          contract: { identifier: '2021/904-11', awardDate: '2021-12-20', conclusionDate: '2022-01-21' },
          tendersReceived: 5,
        },
      ],
    },
  ];
}

/** Open now, whenever now is. */
function current(days: (count: number) => Date): NoticeDraft[] {
  const meals =
    'Varm middag hver dag til beboere i omsorgsboliger, beskrevet som ønsket resultat: god mat, lite svinn og valgfrihet.';
  const plumbing = 'Rammeavtale for rørleggertjenester til kommunale bygg. Lærlinger skal delta i arbeidet.';
  const plumbingAbout = {
    procedureId: procedure('rorlegger'),
    formType: 'competition',
    noticeType: 'cn-standard',
    subtype: '16',
    title: 'Rammeavtale for rørleggertjenester',
    description: plumbing,
    nature: 'works',
    cpv: '45330000',
    nuts: 'NO083',
    procedureType: 'open',
    buyer: indreOstfold,
    estimatedValue: nok(16),
  } as const;
  const plumbingLot = {
    id: 'LOT-0001',
    title: 'Rørleggertjenester',
    description: plumbing,
    performanceTerms: APPRENTICES,
    months: 24,
  };
  return [
    {
      noticeId: noticeNumber('middag'),
      procedureId: procedure('middag'),
      formType: 'competition',
      noticeType: 'cn-standard',
      subtype: '16',
      dispatchedAt: days(-12),
      title: 'Middag til omsorgsboligene',
      description: meals,
      nature: 'services',
      cpv: '55521100',
      nuts: 'NO083',
      procedureType: 'open',
      buyer: indreOstfold,
      estimatedValue: nok(12.4),
      lots: ['Askim og Spydeberg', 'Eidsberg og Trøgstad'].map((title, at) => ({
        id: `LOT-000${at + 1}`,
        title,
        description: meals,
        estimatedValue: nok(6.2),
        deadline: days(25),
        months: 36,
        criteria: [
          { type: 'price', name: 'Pris', weight: 50 },
          { type: 'quality', name: 'Smak, variasjon og brukernes valg', weight: 20 },
          { type: 'quality-nor-env-criteria', name: 'Klima og miljø', weight: 30 },
        ],
      })),
    },
    {
      ...plumbingAbout,
      noticeId: noticeNumber('rorlegger-1'),
      dispatchedAt: days(-20),
      lots: [{ ...plumbingLot, deadline: days(5) }],
    },
    {
      ...plumbingAbout,
      noticeId: noticeNumber('rorlegger-2'),
      dispatchedAt: days(-6),
      change: {
        previousNotice: `${noticeNumber('rorlegger-1')}-01`,
        reasonCode: 'update-add',
        reason: 'Fristen er utsatt fordi svar på spørsmål ble kunngjort sent.',
      },
      lots: [{ ...plumbingLot, deadline: days(19) }],
    },
    {
      noticeId: noticeNumber('mobler-konsultasjon'),
      formType: 'consultation',
      noticeType: 'pmc',
      subtype: 'E1',
      dispatchedAt: days(-3),
      title: 'Markedsdialog om ombrukte møbler til rådhuset',
      description: 'Kommunen vil vite hva markedet kan levere av ombruk og reparasjon før behovet beskrives.',
      nature: 'supplies',
      cpv: '39130000',
      buyer: indreOstfold,
      lots: [
        {
          id: 'LOT-0001',
          title: 'Ombrukte møbler',
          description: 'Innspill fra alle, store og små.',
          answersDeadline: days(20),
          url: 'https://example.no/dialog/mobler',
        },
      ],
    },
    {
      noticeId: noticeNumber('skolemat'),
      formType: 'planning',
      noticeType: 'pin-only',
      subtype: '4',
      dispatchedAt: days(-30),
      title: 'Skolemat med kortreiste råvarer i sesong',
      description:
        'Veiledende kunngjøring: kommunen vurderer et enkelt skolemåltid og vil høre om logistikk og volum.',
      nature: 'services',
      cpv: '55524000',
      buyer: rakkestad,
      plannedDate: days(90).toISOString().slice(0, 10),
      lots: [{ id: 'PAR-0001', title: 'Skolemåltid', description: 'Ett måltid om dagen, tre skoler.' }],
    },
  ];
}

function ended(days: (count: number) => Date): NoticeDraft[] {
  const cars = {
    procedureId: procedure('elbiler'),
    formType: 'competition',
    noticeType: 'cn-standard',
    subtype: '16',
    title: 'Elbiler til hjemmetjenesten',
    description: 'Leie av tjue elbiler med lading og service.',
    nature: 'supplies',
    cpv: '34144900',
    procedureType: 'open',
    buyer: indreOstfold,
    estimatedValue: nok(7.5),
    lots: [
      {
        id: 'LOT-0001',
        title: 'Elbiler',
        description: 'Tjue biler',
        deadline: new Date('2023-05-12T10:00:00Z'),
      },
    ],
  } as const;
  return [
    {
      ...cars,
      lots: [...cars.lots],
      noticeId: noticeNumber('elbiler'),
      dispatchedAt: new Date('2023-04-03T08:00:00Z'),
    },
    {
      ...cars,
      lots: [...cars.lots],
      noticeId: noticeNumber('elbiler-avlyst'),
      dispatchedAt: new Date('2023-05-02T08:00:00Z'),
      change: {
        previousNotice: `${noticeNumber('elbiler')}-01`,
        reasonCode: 'cancel',
        reason: 'Konkurransen er avlyst fordi budsjettet ikke ble vedtatt.',
      },
    },
    {
      noticeId: noticeNumber('kontorlokaler'),
      procedureId: procedure('kontorlokaler'),
      formType: 'result',
      noticeType: 'can-standard',
      subtype: '29',
      dispatchedAt: new Date('2022-06-15T08:00:00Z'),
      title: 'Kontorstoler til Mysen',
      description: 'Kontorstoler med ombruk og reparasjon i avtaletiden.',
      nature: 'supplies',
      cpv: '39112000',
      procedureType: 'open',
      buyer: indreOstfold,
      lots: [{ id: 'LOT-0001', title: 'Kontorstoler', description: 'Om lag 200 stoler' }],
      withoutWinner: [{ lotId: 'LOT-0001', reason: 'no-rece' }],
    },
    {
      noticeId: noticeNumber('marker-renhold'),
      procedureId: procedure('marker-renhold'),
      formType: 'competition',
      noticeType: 'cn-standard',
      subtype: '16',
      dispatchedAt: days(-45),
      title: 'Renhold av Marker skole',
      description: 'Daglig renhold av skole og flerbrukshall. Egnet for små bedrifter.',
      nature: 'services',
      cpv: '90911200',
      nuts: 'NO083',
      procedureType: 'oth-single',
      buyer: marker,
      estimatedValue: nok(1.9),
      lots: [{ id: 'LOT-0001', title: 'Renhold', description: 'Skole og hall', deadline: days(-3) }],
    },
    {
      noticeId: noticeNumber('marker-renhold-2020'),
      procedureId: procedure('marker-renhold-2020'),
      formType: 'result',
      noticeType: 'can-standard',
      subtype: '29',
      dispatchedAt: new Date('2020-11-02T08:00:00Z'),
      title: 'Renhold av rådhuset i Ørje',
      description: 'Renhold to dager i uken.',
      nature: 'services',
      cpv: '90919200',
      procedureType: 'oth-single',
      buyer: marker,
      lots: [{ id: 'LOT-0001', title: 'Renhold', description: 'Rådhuset' }],
      winners: [
        {
          lotId: 'LOT-0001',
          value: nok(0.68),
          tenderers: [haldenRenhold],
          contract: { identifier: 'MAR-2020/5', awardDate: '2020-10-08', conclusionDate: '2020-10-26' },
          tendersReceived: 2,
        },
      ],
    },
    {
      noticeId: noticeNumber('rakkestad-skoleskyss'),
      procedureId: procedure('rakkestad-skoleskyss'),
      formType: 'dir-awa-pre',
      noticeType: 'veat',
      subtype: '25',
      dispatchedAt: new Date('2023-08-07T08:00:00Z'),
      title: 'Særskilt tilrettelagt skoleskyss, midlertidig avtale',
      description: 'Intensjonskunngjøring: midlertidig avtale mens ny konkurranse forberedes.',
      nature: 'services',
      cpv: '60130000',
      procedureType: 'neg-wo-call',
      buyer: rakkestad,
      lots: [{ id: 'LOT-0001', title: 'Skoleskyss', description: 'Ett skoleår' }],
      winners: [
        {
          lotId: 'LOT-0001',
          value: nok(2.3),
          tenderers: [skolebuss],
          contract: { identifier: 'RAK-23/311', awardDate: '2023-08-04' },
          tendersReceived: 1,
        },
      ],
    },
  ];
}
