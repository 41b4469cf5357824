import { describe, expect, it } from 'vitest';
import { groupNotices, type NoticeFact } from './group-notices.js';
import { award, fact, number, planning } from './notices.fixture.js';

const ids = (notices: readonly NoticeFact[]) =>
  groupNotices(notices).map((group) => group.notices.map((notice) => notice.id));
const follows = { previousPlanning: `${number('p')}-01` };

describe('groupNotices', () => {
  it('puts the notices of one procedure together, in the order of publication', () => {
    const [call, result] = [fact('c', 1), fact('a', 50, award(true))];
    expect(ids([result, call])).toEqual([[call.id, result.id]]);
  });

  it('makes a tender of a plan that nothing has followed up', () => {
    const plan = fact('p', 1, planning);
    expect(ids([plan])).toEqual([[plan.id]]);
  });

  it('gives a plan to the procedure that names it, whichever came first', () => {
    const [plan, call] = [fact('p', 1, planning), fact('c', 5, follows)];
    expect(ids([plan, call])).toEqual([[plan.id, call.id]]);
    expect(ids([call, plan])).toEqual([[plan.id, call.id]]);
  });

  it('lets the tender keep the id that it was given as a plan', () => {
    const plan = { ...fact('p', 1, planning), tenderId: 'given-before' };
    expect(groupNotices([fact('c', 5, follows), plan])[0]?.tenderId).toBe('given-before');
  });

  it('keeps two procedures of one plan apart', () => {
    const other = fact('c2', 6, { ...follows, procedureId: number('other') });
    expect(groupNotices([fact('p', 1, planning), fact('c', 5, follows), other])).toHaveLength(2);
  });

  it('gives no id twice: of two procedures that follow one plan the second published keeps out of the way', () => {
    // A came first and took the plan's id; then B turns out to have been published earlier, and takes the plan.
    const plan = { ...fact('p', 1, planning), tenderId: 'given-before' };
    const a = { ...fact('a', 9, follows), tenderId: 'given-before' };
    const b = fact('b', 5, { ...follows, procedureId: number('other') });
    const groups = groupNotices([plan, a, b]);
    expect(groups.map((group) => group.notices.map((notice) => notice.id))).toEqual([
      [plan.id, b.id],
      [a.id],
    ]);
    expect(groups[1]?.tenderId).toBe('given-before');
    expect(groups[0]?.tenderId).not.toBe('given-before');
  });

  it('puts a plan and its correction together, and both with the procedure that names either', () => {
    const corrected = {
      ...planning,
      change: { previousNotice: `${number('p')}-01`, reasonCode: 'update-add', reason: 'Ny dato' },
    };
    const [plan, correction] = [fact('p', 1, planning), fact('p2', 3, corrected)];
    expect(ids([correction, plan])).toEqual([[plan.id, correction.id]]);
    const call = fact('c', 9, { previousPlanning: `${number('p2').toUpperCase()}-01` });
    expect(ids([plan, correction, call])).toEqual([[plan.id, correction.id, call.id]]);
  });

  it('makes no tender of a consultation', () => {
    expect(
      groupNotices([fact('e', 1, { formType: 'consultation', noticeType: 'pmc', procedureId: null })]),
    ).toEqual([]);
  });
});
