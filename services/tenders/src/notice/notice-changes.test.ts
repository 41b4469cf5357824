import { describe, expect, it } from 'vitest';
import { lot, noticeOf, number } from '../import/notices.fixture.js';
import { changesOf } from './notice-changes.js';

const before = noticeOf('c', 1);
const after = noticeOf('c2', 9, {
  change: { previousNotice: `${number('c')}-01`, reasonCode: 'update-add', reason: 'Fristen er utsatt.' },
  title: 'Ny skole i Askim',
  lots: [lot('LOT-0001', 9), lot('LOT-0002', 9)],
});

describe('changesOf', () => {
  it('says what the buyer said, and what a comparison shows', () => {
    expect(changesOf(after, before, 'nb')).toEqual([
      'Fristen er utsatt.',
      'Tittel: Ny skole → Ny skole i Askim',
      'Frist: 31. jan. 2024, 12:00 → 8. feb. 2024, 12:00',
      'Delkontrakter: LOT-0001 → LOT-0001, LOT-0002',
    ]);
  });

  it('speaks the reader’s language, with times in Oslo', () => {
    expect(changesOf(after, before, 'en')).toContain('Deadline: 31 Jan 2024, 12:00 → 8 Feb 2024, 12:00');
  });

  it('is empty for a notice that corrects nothing', () => {
    expect(changesOf(before, null, 'nb')).toEqual([]);
    expect(changesOf(noticeOf('c', 2, { title: 'Noe annet' }), before, 'nb')).toEqual([]);
  });
});
