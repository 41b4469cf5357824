import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { LedgerWorld, OYEREN, START, type Who } from '../disclosure/ledger.test-support.js';
import { MarketDialogue } from '../market-dialogue/market-dialogue.js';

let world: LedgerWorld;
beforeAll(async () => {
  world = await LedgerWorld.open();
});
afterAll(() => world?.[Symbol.asyncDispose]());

const close = (who: Who, dialogueId: string) =>
  world.does(who, 'closeMarketDialogue', { dialogueId }, 'dialogue { id status closedAt }');
const tellOne = (dialogueId: string) =>
  world.does(
    'officer',
    'disclose',
    { dialogueId, text: 'Vi har 40 boliger.', channel: 'TELEPHONE', toldTo: OYEREN.organisationNumber },
    'disclosure { id }',
  );
const stored = (id: string) => world.system.findOneOrFail(MarketDialogue, { id });

describe('closing', () => {
  it('is done when nobody is owed anything', async () => {
    const dialogueId = await world.dialogue();
    const [answer, entries] = await world.audited(() => close('officer', dialogueId));
    expect(answer).toEqual({
      dialogue: { id: dialogueId, status: 'CLOSED', closedAt: START },
      userErrors: [],
    });
    expect(entries).toEqual([
      {
        operation: 'closeMarketDialogue',
        outcome: 'DONE',
        code: null,
        type: 'MarketDialogue',
        owner: '3118',
      },
    ]);
    const again = await close('officer', dialogueId);
    expect(again.userErrors).toMatchObject([{ code: 'ALREADY_CLOSED', path: ['input', 'dialogueId'] }]);
  });

  it('waits for everything that stands open, and says which', async () => {
    const dialogueId = await world.dialogue({ closesAt: new Date('2026-03-03T09:00:00Z') });
    await tellOne(dialogueId);
    await world.input(dialogueId, OYEREN, { number: 1, text: 'Vi kan alt.' });
    const [answer, entries] = await world.audited(() => close('officer', dialogueId));
    expect(answer.dialogue).toBeNull();
    expect(answer.userErrors).toMatchObject([
      { code: 'LEDGER_OPEN', message: expect.stringContaining('nr. 1') },
      { code: 'INPUT_OPEN', message: expect.stringContaining('1 innspill') },
      { code: 'DEADLINE_NOT_PASSED' },
    ]);
    expect(entries).toEqual([]);
    expect((await stored(dialogueId)).closedAt).toBeNull();
  });

  it('happens once when two do it at the same moment', async () => {
    const dialogueId = await world.dialogue();
    const [answers, entries] = await world.audited(() =>
      Promise.all([close('officer', dialogueId), close('officer', dialogueId)]),
    );
    expect(answers.map(({ userErrors }) => userErrors.length).sort()).toEqual([0, 1]);
    expect(entries).toHaveLength(1);
  });

  it('and telling one at the same moment leave no debt behind', async () => {
    for (const order of [0, 1]) {
      const dialogueId = await world.dialogue();
      const both = [() => tellOne(dialogueId), () => close('officer', dialogueId)];
      if (order) both.reverse();
      await Promise.all(both.map((each) => each()));
      const { closedAt } = await stored(dialogueId);
      const [{ open = 0 } = {}] = await world.system.execute<{ open: number }[]>(
        'select count(*)::int as open from dialogue.disclosure where dialogue_id = ? and published_at is null',
        [dialogueId],
      );
      expect([closedAt === null, open]).toEqual(closedAt === null ? [true, 1] : [false, 0]);
    }
  });
});

describe('who may close', () => {
  const refusals: [Who, string][] = [
    ['public', 'UNAUTHENTICATED'],
    ['person', 'FORBIDDEN'],
    ['evaluator', 'FORBIDDEN'],
    ['oyeren', 'FORBIDDEN'],
    ['neighbour', 'FORBIDDEN'],
  ];

  it.each(refusals)('%s is refused: %s', async (who, code) => {
    const dialogueId = await world.dialogue();
    expect(await close(who, dialogueId)).toEqual({ refused: [code] });
    world.host.permission = 'left to the database';
    onTestFinished(() => {
      world.host.permission = 'checked';
    });
    expect(await close(who, dialogueId)).toEqual({ refused: [expect.any(String)] });
    expect((await stored(dialogueId)).closedAt).toBeNull();
  });
});
