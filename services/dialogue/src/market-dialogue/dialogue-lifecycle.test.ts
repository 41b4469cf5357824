import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  DEADLINE,
  DialogueWorld,
  everyWho,
  OPENS,
  OYEREN,
  START,
  type Who,
} from './dialogue.test-support.js';
import { type DialogueAction, whatPrevents } from './dialogue-lifecycle.js';
import type { DialogueFacts } from './dialogue-rules.js';

/** A dialogue can be in these states, in this order in the table below. */
const states = [
  'draft',
  'announced',
  'open',
  'past the deadline',
  'overtaken by the tender',
  'cancelled',
  'closed',
  'summarised',
  'from a notice',
] as const;
type State = (typeof states)[number];

/** Written down once more, by hand: . lawful, and why not in letters. A dash is what cannot come up. */
const LAWFUL: Record<DialogueAction, string> = {
  UPDATE: '.DDDDDDDN',
  DISCARD: '.DDDDDDDN',
  ANNOUNCE: '.DDDDDDDN',
  ADJUST: 'A...TXCCN',
  SET_ACTIVITIES: '....TXCCN',
  SET_QUESTIONS: '..OOTXCCN',
  OPEN: 'A.OOTXCCN',
  EXTEND: 'A...TXCCN',
  PUBLISH_DRAFT_DOCUMENT: 'A...TXCCN',
  CANCEL: 'A....XCCN',
  JOIN: 'A...TXCCN',
  LEAVE: 'A....XCCN',
  ANSWER: 'AW.PTXCCN',
  WITHDRAW: 'AW.PTXCCN',
  CONCLUDE: 'A......SN',
};
const CODES: Record<string, string> = {
  D: 'DIALOGUE_NOT_DRAFT',
  A: 'NOT_ANNOUNCED',
  O: 'DIALOGUE_ALREADY_OPEN',
  W: 'NOT_OPEN',
  P: 'DEADLINE_PASSED',
  T: 'TENDER_ANNOUNCED',
  X: 'DIALOGUE_CANCELLED',
  C: 'ALREADY_CLOSED',
  S: 'ALREADY_SUMMARISED',
  N: 'NOT_LED_HERE',
};
const actions = Object.keys(LAWFUL) as DialogueAction[];
const codeOf = (action: DialogueAction, state: State): string | undefined =>
  CODES[LAWFUL[action][states.indexOf(state)] as string];

const at = (time: string) => new Date(time);
const announced: DialogueFacts = {
  ...{ ledHere: true, announcedAt: at(START), opensAt: at(OPENS), closesAt: at(DEADLINE) },
  ...{ closedAt: null, summarisedAt: null, cancelledAt: null, announcedTender: null },
};
const DURING = at('2026-03-20T09:00:00Z');
const AFTER = at('2026-04-02T09:00:00Z');
const facts: Record<State, [DialogueFacts, Date]> = {
  draft: [{ ...announced, announcedAt: null }, DURING],
  announced: [announced, at(START)],
  open: [announced, DURING],
  'past the deadline': [announced, at(DEADLINE)],
  'overtaken by the tender': [{ ...announced, announcedTender: { title: 'K', announcedAt: DURING } }, DURING],
  cancelled: [{ ...announced, cancelledAt: DURING, closedAt: DURING }, DURING],
  closed: [{ ...announced, closedAt: AFTER }, AFTER],
  summarised: [{ ...announced, closedAt: AFTER, summarisedAt: AFTER }, AFTER],
  'from a notice': [{ ...announced, ledHere: false }, DURING],
};

describe.each(actions)('%s', (action) => {
  it.each(states)('in one that is %s', (state) => {
    const prevented = whatPrevents(action, ...facts[state], ['input', 'x']);
    const code = codeOf(action, state);
    if (code === undefined) return expect(prevented).toBeNull();
    expect(prevented).toMatchObject({ code, path: ['input', 'x'] });
    expect(new Set(Object.values(prevented?.messages ?? {})).size).toBe(3);
  });
});

interface Around {
  readonly id: string;
  readonly inputId: string | null;
  readonly documentId: string | null;
}

/** What somebody does, and who may. Null where there is nothing to do it with. */
interface Operation {
  readonly action: DialogueAction;
  readonly by: 'officer' | 'oyeren';
  readonly input: (around: Around) => object | null;
}

const organisation = { organisationNumber: OYEREN };
const contact = { organisationName: 'Øyeren', contactName: 'L', contactEmail: 'l@example.no' };
const place = { paragraph: 1, from: 0, to: 2, quote: 'Et', text: 'Hm.' };
const outcome = { outcome: 'TAKEN_UP', explanation: 'Ja.' };
const later = '2026-05-01T10:00:00Z';
const withInput =
  (more: object) =>
  ({ inputId }: Around) =>
    inputId === null ? null : { inputId, ...more };

const operations: Record<string, Operation> = {
  updateMarketDialogue: { action: 'UPDATE', by: 'officer', input: ({ id }) => ({ id, title: 'Annet' }) },
  setDialogueActivities: {
    action: 'SET_ACTIVITIES',
    by: 'officer',
    input: ({ id }) => ({ id, activities: [] }),
  },
  setDialogueQuestions: {
    action: 'SET_QUESTIONS',
    by: 'officer',
    input: ({ id }) => ({ id, questions: [] }),
  },
  discardMarketDialogue: { action: 'DISCARD', by: 'officer', input: ({ id }) => ({ id }) },
  announceMarketDialogue: { action: 'ANNOUNCE', by: 'officer', input: ({ id }) => ({ id }) },
  openMarketDialogue: { action: 'OPEN', by: 'officer', input: ({ id }) => ({ id }) },
  extendMarketDialogue: { action: 'EXTEND', by: 'officer', input: ({ id }) => ({ id, closesAt: later }) },
  cancelMarketDialogue: { action: 'CANCEL', by: 'officer', input: ({ id }) => ({ id, reason: 'Nei.' }) },
  publishHearingDocument: {
    action: 'PUBLISH_DRAFT_DOCUMENT',
    by: 'officer',
    input: ({ id }) => ({ dialogueId: id, title: 'U', text: 'x' }),
  },
  concludeInput: { action: 'CONCLUDE', by: 'officer', input: withInput(outcome) },
  joinMarketDialogue: {
    action: 'JOIN',
    by: 'oyeren',
    input: ({ id }) => ({ dialogueId: id, ...organisation, ...contact }),
  },
  leaveMarketDialogue: {
    action: 'LEAVE',
    by: 'oyeren',
    input: ({ id }) => ({ dialogueId: id, ...organisation }),
  },
  submitInput: {
    action: 'ANSWER',
    by: 'oyeren',
    input: ({ id }) => ({ dialogueId: id, ...organisation, comment: 'x' }),
  },
  replaceInput: { action: 'ANSWER', by: 'oyeren', input: withInput({ comment: 'y' }) },
  withdrawInput: { action: 'WITHDRAW', by: 'oyeren', input: withInput({}) },
  commentOnDraft: {
    action: 'ANSWER',
    by: 'oyeren',
    input: ({ documentId }) => (documentId === null ? null : { documentId, ...organisation, ...place }),
  },
  createDialogueDocument: {
    action: 'ANSWER',
    by: 'oyeren',
    input: ({ id }) => ({ dialogueId: id, ...organisation, name: 'a.pdf', size: 1 }),
  },
};

describe('whatever anybody does with a dialogue in any state', () => {
  let world: DialogueWorld;
  beforeAll(async () => {
    world = await DialogueWorld.open();
  });
  afterAll(() => world?.[Symbol.asyncDispose]());

  /** Makes one in this state, with what it can have by then, and sets the clock. */
  async function dialogueThatIs(state: State): Promise<Around> {
    world.clock.set(START);
    if (state === 'draft') return { id: await world.draft(), inputId: null, documentId: null };
    const early = state === 'announced' || state === 'from a notice';
    const id = early ? await world.announced() : await world.open(['oyeren']);
    if (early) await world.join('oyeren', id);
    const draft = { dialogueId: id, title: 'Utkast', text: 'Et avsnitt.' };
    const { hearingDocument } = await world.done(
      'officer',
      'publishHearingDocument',
      draft,
      'hearingDocument { id }',
    );
    const documentId = hearingDocument.id;
    if (state === 'from a notice') {
      await world.rows('update dialogue.market_dialogue set led_here = false where id = ?', [id]);
      world.clock.set(DURING);
    }
    if (early) return { id, inputId: null, documentId };
    const inputId = await world.input('oyeren', id);
    if (state === 'past the deadline') world.clock.set(DEADLINE);
    if (state === 'overtaken by the tender') await world.announceTender(await world.procurementOf(id));
    if (state === 'cancelled') {
      await world.conclude(inputId);
      await world.done('officer', 'cancelMarketDialogue', { id, reason: 'Ikke aktuelt.' });
    }
    if (state === 'closed') {
      await world.conclude(inputId);
      world.clock.set(AFTER);
      await world.done('officer', 'closeMarketDialogue', { dialogueId: id });
    }
    if (state === 'summarised') await world.summarise(id);
    return { id, inputId, documentId };
  }

  /** Everything, and how often something has been done: an entry that tells of nothing would be a lie. */
  async function allThatIs(): Promise<string> {
    const [row] = await world.rows<{ done: number }>(
      `select count(*)::int as done from dialogue.audit_entry where outcome = 'DONE'`,
    );
    return `${row?.done} ${await world.everything()}`;
  }

  it.each(states)('is refused with a code in one that is %s, and changes nothing', async (state) => {
    const around = await dialogueThatIs(state);
    const before = await allThatIs();
    for (const [mutation, { action, by, input }] of Object.entries(operations)) {
      const given = input(around);
      if (given === null) continue;
      const what = `${mutation} in one that is ${state}`;
      const refused = (who: Who) => world.codes(who, mutation, given);
      const code = codeOf(action, state);
      // A supplier does not even know of a draft.
      const known = state === 'draft' && by === 'oyeren' ? 'NOT_FOUND' : code;
      if (known !== undefined) expect([what, await refused(by)]).toEqual([what, [known]]);
      for (const who of everyWho.filter((each) => each !== by)) {
        const [first, ...more] = await refused(who);
        const allowed = who === 'public' ? ['UNAUTHENTICATED'] : ['FORBIDDEN', 'NOT_FOUND'];
        expect([what, who, allowed.includes(String(first)), more]).toEqual([what, who, true, []]);
      }
    }
    expect((await allThatIs()) === before).toBe(true);
  });

  it.each(['draft', 'announced', 'open', 'closed', 'summarised'] as const)(
    'is refused by the database alone in one that is %s',
    async (state) => {
      const around = await dialogueThatIs(state);
      const before = await allThatIs();
      world.host.permission = 'left to the database';
      try {
        for (const [mutation, { by, input }] of Object.entries(operations)) {
          const given = input(around);
          if (given === null) continue;
          for (const who of everyWho.filter((each) => each !== by)) {
            const codes = await world.codes(who, mutation, given);
            expect([mutation, state, who, codes.length > 0]).toEqual([mutation, state, who, true]);
            expect([mutation, state, who, codes.includes('INTERNAL')]).toEqual([mutation, state, who, false]);
          }
        }
      } finally {
        world.host.permission = 'checked';
      }
      expect((await allThatIs()) === before).toBe(true);
    },
  );
});
