import type { NoticeDraft } from '@samspill/eforms';
import { APPRENTICES, indreOstfold, nok, noticeNumber, procedure, rakkestad } from './demo-parties.js';

/** Open now, whenever now is. */
export function openNow(days: (count: number) => Date): NoticeDraft[] {
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
