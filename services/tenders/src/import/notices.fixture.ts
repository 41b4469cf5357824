import { type NoticeDraft, type ParsedNotice, parseNotice, writeNotice } from '@samspill/eforms';
import { stableId } from '@samspill/values';
import type { NoticeFact } from './group-notices.js';

const buyer = {
  name: 'Indre Østfold kommune',
  organisationNumber: '920123899',
  city: 'Askim',
  postCode: '1830',
};
export const winner = {
  name: 'Glommen Bygg og Anlegg AS',
  organisationNumber: '310000019',
  city: 'Askim',
  postCode: '1830',
};
export const otherWinner = {
  name: 'Mysen Rørleggerverksted AS',
  organisationNumber: '310000027',
  city: 'Mysen',
  postCode: '1850',
};

export const number = (slug: string) => stableId('test-notice', slug);
export const PROCEDURE = stableId('test-procedure', 'one');

/** A notice of the procedure, or what `draft` makes of it; `day` is counted from 1 January 2024. */
export function fact(slug: string, day: number, draft: Partial<NoticeDraft> = {}): NoticeFact {
  const content = noticeOf(slug, day, draft);
  return { id: `${content.noticeId}-${content.version}`, tenderId: null, content };
}

export function noticeOf(slug: string, day: number, draft: Partial<NoticeDraft> = {}): ParsedNotice {
  return parseNotice(
    writeNotice({
      noticeId: number(slug),
      procedureId: PROCEDURE,
      formType: 'competition',
      noticeType: 'cn-standard',
      subtype: '16',
      dispatchedAt: new Date(Date.UTC(2024, 0, day, 12)),
      title: 'Ny skole',
      description: 'En skole med plass til 400 elever.',
      nature: 'works',
      cpv: '45214200',
      procedureType: 'open',
      buyer,
      lots: [lot('LOT-0001', day)],
      ...draft,
    }),
  );
}

export function lot(id: string, day: number): NoticeDraft['lots'][number] {
  return {
    id,
    title: `Delkontrakt ${id}`,
    description: 'Arbeid',
    deadline: new Date(Date.UTC(2024, 0, day + 30, 11)),
  };
}

export const planning = {
  procedureId: null,
  formType: 'planning',
  noticeType: 'pin-only',
  subtype: '4',
  lots: [{ id: 'PAR-0001', title: 'Del', description: 'Plan' }],
} as const satisfies Partial<NoticeDraft>;

export function award(signed: boolean, tenderers = [winner], lotId = 'LOT-0001'): Partial<NoticeDraft> {
  return {
    formType: 'result',
    noticeType: 'can-standard',
    subtype: '29',
    winners: [
      {
        lotId,
        value: { amount: 5_000_000_00, currency: 'NOK' },
        tenderers,
        contract: {
          identifier: 'K-1',
          awardDate: '2024-02-20',
          conclusionDate: signed ? '2024-03-01' : undefined,
        },
        tendersReceived: 3,
      },
    ],
  };
}
