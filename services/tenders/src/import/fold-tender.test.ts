import { describe, expect, it } from 'vitest';
import { TenderStatus } from '../tender/codes.js';
import { foldTender } from './fold-tender.js';
import { award, fact, lot, number, otherWinner, planning, winner } from './notices.fixture.js';

const correction = (of: string, reasonCode = 'update-add') => ({
  change: { previousNotice: `${number(of)}-01`, reasonCode, reason: 'Fristen er utsatt.' },
});

describe('the status that notices add up to', () => {
  it.each([
    ['a plan', [fact('p', 1, planning)], TenderStatus.PLANNED],
    ['an announcement', [fact('c', 1)], TenderStatus.ACTIVE],
    ['a plan and an announcement', [fact('p', 1, planning), fact('c', 5)], TenderStatus.ACTIVE],
    ['an award without a signed contract', [fact('c', 1), fact('a', 50, award(false))], TenderStatus.AWARDED],
    ['an award with a signed contract', [fact('c', 1), fact('a', 50, award(true))], TenderStatus.CONTRACTED],
    [
      'an end without a winner',
      [
        fact('c', 1),
        fact('a', 50, {
          formType: 'result',
          noticeType: 'can-standard',
          withoutWinner: [{ lotId: 'LOT-0001', reason: 'no-rece' }],
        }),
      ],
      TenderStatus.UNSUCCESSFUL,
    ],
    ['a cancellation', [fact('c', 1), fact('x', 9, correction('c', 'cancel'))], TenderStatus.CANCELLED],
  ])('%s', (_, notices, status) => {
    expect(foldTender(notices).status).toBe(status);
  });
});

it('is not cancelled by a plan that was called off before it', () => {
  const cancelledPlan = fact('p2', 3, { ...planning, ...correction('p', 'cancel') });
  expect(foldTender([fact('p', 1, planning), cancelledPlan, fact('c', 9)]).status).toBe(TenderStatus.ACTIVE);
  expect(foldTender([fact('p', 1, planning), cancelledPlan]).status).toBe(TenderStatus.CANCELLED);
});

describe('corrections', () => {
  it('of each other leave the later one', () => {
    const tender = foldTender([
      fact('a', 1, correction('b')),
      fact('b', 2, { ...correction('a'), title: 'Den siste' }),
    ]);
    expect(tender.title).toBe('Den siste');
  });

  it('replace the notice that they name: a lot that the new one leaves out is gone', () => {
    const before = fact('c', 1, { lots: [lot('LOT-0001', 1), lot('LOT-0002', 1)] });
    const after = fact('c2', 9, {
      ...correction('c'),
      title: 'Ny skole, mindre',
      lots: [lot('LOT-0001', 9)],
    });
    const tender = foldTender([before, after]);
    expect(tender.title).toBe('Ny skole, mindre');
    expect(tender.lots.map((each) => each.id)).toEqual(['LOT-0001']);
    expect(tender.deadline).toBe('2024-02-08T11:00:00.000Z');
  });

  it('that are a new version of the same number replace the version before', () => {
    const tender = foldTender([fact('c', 1), fact('c', 9, { version: '02', title: 'Rettet' })]);
    expect(tender.title).toBe('Rettet');
  });

  it('do not move the day of the first publication', () => {
    const tender = foldTender([fact('c', 1), fact('c2', 9, correction('c'))]);
    expect(tender.publishedAt).toBe('2024-01-01T12:00:00.000Z');
  });
});

describe('awards', () => {
  it('keep what the announcement said of lots and criteria', () => {
    const criteria = [{ type: 'price', name: 'Pris', weight: 100 }];
    const call = fact('c', 1, { lots: [{ ...lot('LOT-0001', 1), criteria }] });
    const tender = foldTender([
      call,
      fact('a', 50, { ...award(true), lots: [{ id: 'LOT-0001', title: 'Delkontrakt', description: 'x' }] }),
    ]);
    expect(tender.lots[0]?.criteria.map((each) => each.weight)).toEqual(['100']);
    expect(tender.awards).toMatchObject([
      { lotNumber: 'LOT-0001', value: { amount: 500_000_000, currency: 'NOK' } },
    ]);
    expect(tender.contracts).toMatchObject([{ identifier: 'K-1', signedOn: '2024-03-01' }]);
    expect(tender.results).toMatchObject([{ status: 'selec-w', tendersReceived: 3 }]);
  });

  it('of two notices about two winners add up; said twice of the same winner they count once', () => {
    const first = fact('a', 50, award(true, [winner]));
    const second = fact('b', 60, award(true, [otherWinner]));
    const again = fact('d', 70, award(true, [winner]));
    expect(foldTender([fact('c', 1), first, second, again]).awards).toHaveLength(2);
  });

  it('of several lots make one contract worth all of them', () => {
    const winners = ['LOT-0001', 'LOT-0002'].flatMap((id) => award(true, [winner], id).winners ?? []);
    const tender = foldTender([
      fact('a', 50, { ...award(true), lots: [lot('LOT-0001', 1), lot('LOT-0002', 1)], winners }),
    ]);
    const [first] = tender.contracts;
    // Each lot has a contract element of its own; they share the buyer's number and the supplier.
    expect(tender.contracts).toHaveLength(1);
    expect(first).toMatchObject({ identifier: 'K-1', value: { amount: 1_000_000_000, currency: 'NOK' } });
  });

  it('name the whole group, its leader first', () => {
    const tender = foldTender([fact('a', 50, award(true, [otherWinner, winner]))]);
    expect(tender.awards[0]?.suppliers.map((each) => each.name)).toEqual([otherWinner.name, winner.name]);
  });
});

it('lets the lots of a competition take the place of the parts of its plan', () => {
  const tender = foldTender([fact('p', 1, planning), fact('c', 5)]);
  expect(tender.lots.map((each) => each.id)).toEqual(['LOT-0001']);
});
