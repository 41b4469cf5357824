import type { NoticeDraft } from '@samspill/eforms';
import {
  APPRENTICES,
  askim,
  glommenBygg,
  hobol,
  indreOstfold,
  mysenRor,
  nok,
  nordisk,
  noticeNumber,
  procedure,
} from './demo-parties.js';

/** Bought by Askim before the merger; found under Indre Østfold. */
export function school2017(): NoticeDraft[] {
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

export function snow2018(): NoticeDraft {
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
export function kindergarten(): NoticeDraft[] {
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
