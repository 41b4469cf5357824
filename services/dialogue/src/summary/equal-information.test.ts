import { stableId } from '@samspill/values';
import fc from 'fast-check';
import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LedgerWorld, MYSEN, OYEREN, START, type Who } from '../disclosure/ledger.test-support.js';
import { everyList, everythingOf } from './everything.test-support.js';

let world: LedgerWorld;
beforeAll(async () => {
  world = await LedgerWorld.open();
});
afterAll(() => world?.[Symbol.asyncDispose]());

const suppliers = { oyeren: OYEREN, mysen: MYSEN } as const;
type Supplier = keyof typeof suppliers;

/** One thing that happens in a dialogue. */
type Step =
  | { readonly does: 'TELL_ONE' | 'MEET' | 'INPUT'; readonly supplier: Supplier; readonly secret: boolean }
  | { readonly does: 'TELL_ALL' | 'TELL_SECRET' | 'CONCLUDE_WITH_SECRET' }
  | { readonly does: 'PUBLISH' | 'CONCLUDE'; readonly which: number }
  | { readonly does: 'PUBLISH_ALL' | 'CLOSE' };

const about = fc.record({
  does: fc.constantFrom('TELL_ONE' as const, 'INPUT' as const, 'MEET' as const),
  supplier: fc.constantFrom<Supplier>('oyeren', 'mysen'),
  secret: fc.boolean(),
});
const which = fc.record({
  does: fc.constantFrom('PUBLISH' as const, 'CONCLUDE' as const),
  which: fc.nat(5),
});
const plain = fc.constantFrom<Step['does']>(
  ...(['TELL_ALL', 'TELL_SECRET', 'CONCLUDE_WITH_SECRET', 'PUBLISH_ALL', 'CLOSE'] as const),
);
const step = fc.oneof(
  { weight: 3, arbitrary: about },
  { weight: 1, arbitrary: which },
  { weight: 2, arbitrary: plain.map((does) => ({ does }) as Step) },
) as fc.Arbitrary<Step>;

/** What ought to be true of a dialogue, kept beside it. */
class Model {
  readonly entries: { text: string; to: Supplier | null; isPublished: boolean; id: string }[] = [];
  readonly inputs: { id: string; of: Supplier; text: string; isConcluded: boolean }[] = [];
  readonly meetings: { id: string; of: Supplier; hasMinutes: boolean }[] = [];
  /** What each supplier calls a trade secret: the words that must not come out. */
  readonly secrets: { of: Supplier; mark: string }[] = [];
  isClosed = false;

  get open(): string[] {
    return [
      ...(this.entries.some((entry) => !entry.isPublished) ? ['LEDGER_OPEN'] : []),
      ...(this.inputs.some((input) => !input.isConcluded) ? ['INPUT_OPEN'] : []),
      ...(this.meetings.some((meeting) => !meeting.hasMinutes) ? ['MINUTES_MISSING'] : []),
    ];
  }
}

const codesOf = (answer: { userErrors: { code: string }[] }) => answer.userErrors.map(({ code }) => code);
const secretWords = (words: string) => `Vår framgangsmåte heter ${words} og er ikke kjent.`;

class Run {
  private words = 0;
  constructor(
    readonly dialogueId: string,
    readonly model = new Model(),
  ) {}

  /** Words that stand nowhere else, so that where they turn up they have come out. */
  private mark(): string {
    this.words += 1;
    return stableId('mark', this.dialogueId, String(this.words)).replaceAll('-', '');
  }

  async take(each: Step): Promise<void> {
    const { model, dialogueId } = this;
    switch (each.does) {
      case 'TELL_ONE':
      case 'TELL_ALL': {
        const to = each.does === 'TELL_ONE' ? each.supplier : null;
        const text = `Opplysning ${this.mark()}`;
        const answer = await this.tell(text, to);
        if (to && model.isClosed) expect(codesOf(answer)).toEqual(['ALREADY_CLOSED']);
        else {
          expect(codesOf(answer)).toEqual([]);
          model.entries.push({ text, to, isPublished: to === null, id: answer.disclosure.id });
        }
        return;
      }
      case 'TELL_SECRET': {
        const [secret] = model.secrets;
        if (!secret) return;
        const answer = await this.tell(`Vi har hørt at ${secretWords(secret.mark)}`, null);
        expect(codesOf(answer)).toEqual(['CONTAINS_TRADE_SECRET']);
        return;
      }
      case 'INPUT': {
        if (model.isClosed || model.inputs.some(({ of }) => of === each.supplier)) return;
        const { supplier: of } = each;
        const words = this.mark();
        const secret = each.secret ? secretWords(words) : undefined;
        if (secret) model.secrets.push({ of, mark: words });
        const text = `Svar ${this.mark()}`;
        const number = model.inputs.length + 1;
        const id = await world.input(dialogueId, suppliers[of], { number, text, secret });
        model.inputs.push({ id, of, text, isConcluded: false });
        return;
      }
      case 'MEET': {
        if (model.isClosed) return;
        const { supplier: of } = each;
        const id = await world.meeting(dialogueId, suppliers[of]);
        const meeting = { id, of, hasMinutes: false };
        model.meetings.push(meeting);
        // Some are written down at once, and some only at the end.
        if (each.secret) await this.minutes(meeting, [`Sagt i møtet: ${this.mark()}`], this.mark());
        return;
      }
      case 'PUBLISH': {
        const entry = model.entries[each.which];
        if (!entry) return;
        const answer = await world.does(
          'officer',
          'publishDisclosure',
          { id: entry.id },
          'disclosure { id }',
        );
        expect(codesOf(answer)).toEqual(entry.isPublished ? ['ALREADY_PUBLISHED'] : []);
        entry.isPublished = true;
        return;
      }
      case 'PUBLISH_ALL': {
        const { disclosures } = await world.does(
          'officer',
          'publishDisclosures',
          { dialogueId },
          'disclosures { id }',
        );
        const owed = model.entries.filter((entry) => !entry.isPublished);
        expect(disclosures.map(({ id }: { id: string }) => id)).toEqual(owed.map(({ id }) => id));
        for (const entry of owed) entry.isPublished = true;
        return;
      }
      case 'CONCLUDE': {
        const input = model.inputs[each.which];
        if (!input) return;
        expect(
          codesOf(await this.conclude(input.id, `Vi endret kravet, takket være ${input.text}.`)),
        ).toEqual([]);
        input.isConcluded = true;
        return;
      }
      case 'CONCLUDE_WITH_SECRET': {
        const [secret] = model.secrets;
        const [input] = model.inputs;
        if (!secret || !input) return;
        const answer = await this.conclude(input.id, `Fordi ${secretWords(secret.mark)}`);
        expect(codesOf(answer)).toEqual(['CONTAINS_TRADE_SECRET']);
        return;
      }
      case 'CLOSE': {
        const answer = await world.does(
          'officer',
          'closeMarketDialogue',
          { dialogueId },
          'dialogue { status }',
        );
        expect(codesOf(answer)).toEqual(model.isClosed ? ['ALREADY_CLOSED'] : model.open);
        if (answer.dialogue) model.isClosed = true;
        return;
      }
    }
  }

  async minutes(meeting: Model['meetings'][number], told: string[], secret?: string): Promise<void> {
    const { of, id: meetingId } = meeting;
    const text = 'Vi snakket sammen.';
    const tradeSecrets = secret ? secretWords(secret) : undefined;
    const input = { meetingId, text, told, nothingTold: told.length === 0, tradeSecrets };
    expect(codesOf(await world.does('officer', 'recordMinutes', input, '__typename'))).toEqual([]);
    meeting.hasMinutes = true;
    if (secret) this.model.secrets.push({ of, mark: secret });
    for (const each of told) {
      const [{ id } = { id: '' }] = await world.system.execute<{ id: string }[]>(
        'select id from dialogue.disclosure where dialogue_id = ? and text = ?',
        [this.dialogueId, each],
      );
      this.model.entries.push({ text: each, to: of, isPublished: false, id });
    }
  }

  tell(text: string, to: Supplier | null) {
    const toldTo = to && suppliers[to].organisationNumber;
    const input = { dialogueId: this.dialogueId, text, toldTo, channel: 'WRITTEN' };
    return world.does('officer', 'disclose', input, 'disclosure { id }');
  }

  conclude(inputId: string, explanation: string) {
    return world.does(
      'officer',
      'concludeInput',
      { inputId, outcome: 'TAKEN_UP', explanation },
      '__typename',
    );
  }

  /** All that somebody can get to read, in one text. */
  async seenBy(who: Who): Promise<string> {
    const { schema } = world.service;
    const one = `query ($id: ID!) { marketDialogue(id: $id) { ${everythingOf(schema, 'MarketDialogue')} } }`;
    const { data } = await world.ask(who, one, { id: this.dialogueId });
    expect(data.marketDialogue).toMatchObject({ id: this.dialogueId });
    const lists = [];
    for (const list of everyList(schema)) lists.push((await world.ask(who, list)).data);
    return JSON.stringify([data, lists]);
  }

  async published(): Promise<string> {
    const path = `/summaries/${this.dialogueId}`;
    const html = await (await world.get('public', `${path}.html?language=nn`)).text();
    const json = await (await world.get('public', `${path}.json`)).text();
    const pdf = await (await world.get('public', `${path}.pdf`)).arrayBuffer();
    const { text } = await extractText(await getDocumentProxy(new Uint8Array(pdf)), { mergePages: true });
    return [html, json, text].join('\n');
  }

  async expectNoSecretOut(): Promise<void> {
    const mails = JSON.stringify(await world.mails(this.dialogueId));
    const seen = new Map<Who, string>();
    for (const who of ['public', 'evaluator', 'neighbour', 'oyeren', 'mysen'] as const) {
      seen.set(who, await this.seenBy(who));
    }
    for (const { of, mark: words } of this.model.secrets) {
      expect(mails).not.toContain(words);
      for (const [who, text] of seen) {
        if (who !== of) expect(text, `the secret of ${of}, as ${who}`).not.toContain(words);
      }
    }
    for (const { text, to, isPublished } of this.model.entries) {
      for (const who of ['public', 'neighbour', 'oyeren', 'mysen'] as const) {
        const isKnown = isPublished || who === to;
        expect(seen.get(who)?.includes(JSON.stringify(text).slice(1, -1)), `${text}, as ${who}`).toBe(
          isKnown,
        );
      }
      expect(mails.includes(text)).toBe(isPublished);
    }
  }

  /** Does what is left to do, closes and summarises. */
  async end(): Promise<void> {
    const { model, dialogueId } = this;
    if (!model.isClosed) {
      for (const meeting of model.meetings) if (!meeting.hasMinutes) await this.minutes(meeting, []);
      for (const [which, { isConcluded }] of model.inputs.entries()) {
        if (!isConcluded) await this.take({ does: 'CONCLUDE', which });
      }
      await this.take({ does: 'PUBLISH_ALL' });
      await this.take({ does: 'CLOSE' });
      expect(model.isClosed).toBe(true);
    }
    const answer = await world.does(
      'officer',
      'summariseMarketDialogue',
      { dialogueId },
      'summary { sha256 }',
    );
    expect(codesOf(answer)).toEqual([]);
  }
}

// A dialogue is some fifty requests; eight of them are what a test has time for.
it('whatever one is told all are told before the end, no secret gets out, and the summary has it all', {
  timeout: 300_000,
}, async () => {
  const dialogues = fc.array(step, { minLength: 4, maxLength: 14 });
  await fc.assert(
    fc.asyncProperty(dialogues, async (steps) => {
      const run = new Run(await world.dialogue({ closesAt: new Date(START) }));
      for (const each of steps) await run.take(each);
      await run.expectNoSecretOut();
      await run.end();
      await run.expectNoSecretOut();
      const { entries, inputs, secrets } = run.model;
      expect(entries.filter(({ isPublished }) => !isPublished)).toEqual([]);
      const published = await run.published();
      const words = published.replaceAll(/\s+/g, ' ');
      for (const { text } of entries) expect(words.split(text).length, text).toBeGreaterThan(3);
      for (const { text } of inputs) expect(words.split(text).length, text).toBeGreaterThan(3);
      for (const { mark: secret } of secrets) expect(published).not.toContain(secret);
    }),
    // Every smaller one would take as long again, and what failed is printed as it is.
    { numRuns: 8, endOnFailure: true },
  );
});
