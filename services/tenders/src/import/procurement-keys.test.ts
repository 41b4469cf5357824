import { describe, expect, it } from 'vitest';
import { noticeOf, number, PROCEDURE } from './notices.fixture.js';
import { procurementKeys } from './procurement-keys.js';

describe('procurementKeys', () => {
  it('are the procedure, the notice and what it refers to, the procedure first', () => {
    const notice = noticeOf('c', 5, { previousPlanning: `${number('p')}-01` });
    expect(procurementKeys(notice)).toEqual([
      `procedure:${PROCEDURE}`,
      `notice:${number('c')}`,
      `notice:${number('p')}`,
    ]);
  });

  it.each([
    ['2023-684186', 'notice:2023-684186'],
    ['2023/S 193-601506', 'publication:601506-2023'],
    ['00163529-2024', 'publication:163529-2024'],
    [`${number('p').toUpperCase()}-02`, `notice:${number('p')}`],
  ])('read the reference %s', (reference, key) => {
    const notice = {
      ...noticeOf('c', 5),
      change: { previousNotice: reference, reasonCode: null, reason: null, changes: [] },
    };
    expect(procurementKeys(notice)).toContain(key);
  });

  it.each(['n.a.', '', 'se forrige kunngjøring', '2023'])('do not join strangers by "%s"', (reference) => {
    const notice = {
      ...noticeOf('c', 5),
      publicationId: reference,
      change: { previousNotice: reference, reasonCode: null, reason: null, changes: [] },
    };
    expect(procurementKeys(notice)).toHaveLength(2);
  });
});
