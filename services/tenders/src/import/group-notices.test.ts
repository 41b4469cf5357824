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

  it('makes no tender of a consultation', () => {
    expect(
      groupNotices([fact('e', 1, { formType: 'consultation', noticeType: 'pmc', procedureId: null })]),
    ).toEqual([]);
  });
});
