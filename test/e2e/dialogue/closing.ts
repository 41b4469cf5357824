import { expect, it } from 'vitest';
import { CLOSES } from './announced.js';
import { mailOf, numberOf, type Story, supplierIds, supplierWith } from './story.js';

const MEETINGS = `query ($id: ID!) { marketDialogue(id: $id) { meetingRounds {
  meetings(first: 9) { nodes { id organisationNumber status } } } } }`;

interface Held {
  id: string;
  organisationNumber: string;
  status: string;
}

/** What was told to one has to be told to all, and every input answered, before the dialogue can be closed. */
export function closingIsRefused(story: () => Story): void {
  it('the dialogue is not closed while anything stands open, and each reason is said', async () => {
    const { clock } = story();
    clock.set('2027-02-03T12:00:00Z');
    const dialogueId = story().dialogue;
    const reasons = ['LEDGER_OPEN', 'INPUT_OPEN', 'MINUTES_MISSING', 'DEADLINE_NOT_PASSED'];
    const said = await story().isRefused('officer', 'closeMarketDialogue', { dialogueId }, reasons);
    expect(said.join(' ')).toMatch(/nr\. 2, 3, 4.*publishDisclosures.*4 innspill.*concludeInput.*3 møter/s);
    const { marketDialogue } = await story().sees('officer', MEETINGS, { id: dialogueId });
    const held: Held[] = marketDialogue.meetingRounds[1].meetings.nodes;
    expect(held.map(({ status }) => status)).toEqual(['HELD', 'HELD', 'HELD']);
    for (const [at, { id, organisationNumber }] of held.entries()) {
      const text = `Kommunen sa til ${supplierWith(organisationNumber)} at budsjettet er vedtatt.`;
      const told = at === 0 ? [text] : [];
      const input = { meetingId: id, text: 'Andre runde.', told, nothingTold: at > 0 };
      await story().does('officer', 'recordMinutes', input);
      story().told.push(...told);
    }
    await story().isRefused('officer', 'closeMarketDialogue', { dialogueId }, [
      ...['LEDGER_OPEN', 'INPUT_OPEN', 'DEADLINE_NOT_PASSED'],
    ]);
    await story().isRefused('supplier', 'closeMarketDialogue', { dialogueId }, ['FORBIDDEN']);
    await story().isRefused('officer-marker', 'closeMarketDialogue', { dialogueId }, ['FORBIDDEN']);
  });
}

export function theTalkIsEnded(story: () => Story): void {
  it('everybody is told what one was told, at once and by mail', async () => {
    const { clock } = story();
    if (story().course.closes === 'BEFORE') clock.set(CLOSES);
    clock.advance(60_000);
    const dialogueId = story().dialogue;
    const ledger = `query ($id: ID!) { marketDialogue(id: $id) { ledger(first: 50) { nodes { id text publishedAt } } } }`;
    const entries = async (
      who: string,
    ): Promise<{ id: string; text: string; publishedAt: string | null }[]> =>
      (await story().sees(who, ledger, { id: dialogueId })).marketDialogue.ledger.nodes;
    const [, second] = await entries('officer');
    await story().does('officer', 'publishDisclosure', { id: second?.id });
    await story().isRefused('officer', 'closeMarketDialogue', { dialogueId }, ['LEDGER_OPEN', 'INPUT_OPEN']);
    clock.advance(60_000);
    const { disclosures } = await story().does(
      'officer',
      'publishDisclosures',
      { dialogueId },
      'disclosures { text }',
    );
    expect(disclosures).toEqual(
      story()
        .told.slice(2)
        .map((text) => ({ text })),
    );
    expect((await entries('public')).map(({ text }) => text)).toEqual(story().told);
    for (const who of supplierIds) {
      for (const text of story().told) await story().receives(mailOf(who), text);
    }
    await story().isRefused('officer', 'closeMarketDialogue', { dialogueId }, ['INPUT_OPEN']);
  });

  it('every input ends with what was done with it, told without its secrets', async () => {
    const { inputs } = story();
    const [{ id: withSecret }] = inputs as [Story['inputs'][number]];
    const explanation = `Vi gjorde som de sa: ${story().secrets[0]}`;
    await story().isRefused(
      'officer',
      'concludeInput',
      { inputId: withSecret, outcome: 'TAKEN_UP', explanation },
      ['CONTAINS_TRADE_SECRET'],
    );
    const outcomes = ['TAKEN_UP', 'PARTLY_TAKEN_UP', 'NOT_TAKEN_UP'];
    for (const [at, { id: inputId, outcome }] of inputs.entries()) {
      const dialogueId = story().dialogue;
      await story().isRefused('officer', 'closeMarketDialogue', { dialogueId }, ['INPUT_OPEN']);
      const input = { inputId, outcome: outcomes[at % outcomes.length], explanation: outcome };
      await story().does('officer', 'concludeInput', input);
    }
  });

  it('then it is closed, and nobody is told anything alone any more', async () => {
    const dialogueId = story().dialogue;
    await story().isRefused('officer', 'summariseMarketDialogue', { dialogueId }, ['NOT_CLOSED']);
    story().clock.advance(60_000);
    const { dialogue } = await story().does(
      'officer',
      'closeMarketDialogue',
      { dialogueId },
      'dialogue { status }',
    );
    expect(dialogue).toEqual({ status: 'CLOSED' });
    const one = { dialogueId, text: 'Bare til dere.', toldTo: numberOf('supplier'), channel: 'TELEPHONE' };
    await story().isRefused('officer', 'disclose', one, ['ALREADY_CLOSED']);
  });
}
