import type { NoticeDraft } from '@samspill/eforms';
import { indreOstfold, nok, noticeNumber, oyeren, procedure } from './demo-parties.js';

/** The whole chain: a plan with a market dialogue, the competition that names it, and the award. */
export function homeFollowUp(): NoticeDraft[] {
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
