import fc from 'fast-check';
import { type GraphQLSchema, getNamedType, isLeafType, isObjectType, isRequiredArgument } from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  DialogueWorld,
  everyWho,
  MYSEN,
  OYEREN,
  START,
  type Who,
} from '../market-dialogue/dialogue.test-support.js';

let world: DialogueWorld;

beforeAll(async () => {
  world = await DialogueWorld.open();
});
afterAll(() => world[Symbol.asyncDispose]());

type Supplier = 'oyeren' | 'mysen';
const numbers: Record<Supplier, string> = { oyeren: OYEREN, mysen: MYSEN };

/** What other services own, of which only the key is known here; and the audit log, which has tests of its own. */
const ELSEWHERE = ['Municipality', 'Tender', 'AuditEntryConnection'];

/** Everything that the graph has to say of a type, as deep as it is asked; new fields come along by themselves. */
function everythingOf(schema: GraphQLSchema, typeName: string, depth: number, above: string[] = []): string {
  const type = schema.getType(typeName);
  if (!isObjectType(type)) throw new Error(`${typeName} is no object`);
  const fields = Object.values(type.getFields()).flatMap((field) => {
    if (field.args.some(isRequiredArgument)) return [];
    const { name } = getNamedType(field.type);
    if (isLeafType(getNamedType(field.type))) return [field.name];
    if (depth === 0 || above.includes(name) || ELSEWHERE.includes(name)) return [];
    if (!isObjectType(getNamedType(field.type))) return [];
    return [`${field.name} ${everythingOf(schema, name, depth - 1, [...above, typeName])}`];
  });
  return `{ __typename ${fields.join(' ')} }`;
}

/** What the suppliers and the officer do, one thing after the other; each secret is a new one. */
type Step =
  | {
      readonly does: 'submit' | 'replace' | 'withdraw' | 'comment';
      readonly who: Supplier;
      readonly where: Place;
    }
  | { readonly does: 'conclude' | 'extend' | 'tell' | 'publish a new draft' };
type Place = 'answer' | 'comment' | 'both' | 'attachment' | 'nowhere';

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    does: fc.constantFrom('submit', 'submit', 'replace', 'withdraw', 'comment'),
    who: fc.constantFrom('oyeren', 'mysen'),
    where: fc.constantFrom('answer', 'comment', 'both', 'attachment', 'nowhere'),
  }),
  fc.record({ does: fc.constantFrom('conclude', 'extend', 'tell', 'publish a new draft') }),
);

let made = 0;

class Run {
  readonly secrets: { readonly text: string; readonly who: Supplier }[] = [];
  private readonly standing = new Map<Supplier, string>();
  private deadline = Date.parse('2026-04-01T10:00:00Z');

  private constructor(
    readonly id: string,
    private readonly questionId: string,
    private readonly hearingId: string,
  ) {}

  static async begin(): Promise<Run> {
    world.clock.set(START);
    const id = await world.open(['oyeren', 'mysen'], [{ text: 'Hva er mulig?' }]);
    const [questionId = ''] = await world.questionIds(id);
    return new Run(id, questionId, await publish(id));
  }

  async take(next: Step): Promise<void> {
    if (!('who' in next)) return this.asOfficer(next.does);
    const { who, where } = next;
    const standing = this.standing.get(who);
    if (next.does === 'comment') await this.comment(who, where);
    if (next.does === 'submit' && !standing) {
      this.standing.set(who, await world.input(who, this.id, await this.words(who, where)));
    }
    if (next.does === 'replace' && standing) {
      const given = { inputId: standing, comment: 'Bedre.', ...(await this.words(who, where)) };
      const { input } = await world.done(who, 'replaceInput', given, 'input { id }');
      this.standing.set(who, input.id);
    }
    if (next.does === 'withdraw' && standing) {
      await world.done(who, 'withdrawInput', { inputId: standing });
      this.standing.delete(who);
    }
  }

  private async asOfficer(does: string): Promise<void> {
    if (does === 'extend') {
      this.deadline += 3_600_000;
      const closesAt = new Date(this.deadline).toISOString();
      await world.done('officer', 'extendMarketDialogue', { id: this.id, closesAt });
    }
    if (does === 'tell') {
      const told = { dialogueId: this.id, text: `Opplysning ${made}.`, channel: 'WRITTEN' };
      await world.done('officer', 'disclose', told);
    }
    if (does === 'publish a new draft') await publish(this.id, { documentId: this.hearingId });
    if (does === 'conclude') for (const inputId of this.standing.values()) await world.conclude(inputId);
  }

  private async comment(who: Supplier, where: Place): Promise<void> {
    const secret = where === 'nowhere' || where === 'attachment' ? null : this.secret(who);
    const place = { documentId: this.hearingId, paragraph: 1, from: 0, to: 2, quote: 'Et' };
    const words = { organisationNumber: numbers[who], text: 'Hm.', tradeSecret: secret };
    await world.done(who, 'commentOnDraft', { ...place, ...words });
  }

  private async words(who: Supplier, where: Place): Promise<object> {
    const inAnswer = where === 'answer' || where === 'both' ? this.secret(who) : null;
    const inComment = where === 'comment' || where === 'both' ? this.secret(who) : null;
    const attachments = where === 'attachment' ? [await this.attachment(who)] : [];
    const answer = { questionId: this.questionId, text: 'Mye.', tradeSecret: inAnswer };
    return { answers: [answer], tradeSecret: inComment, attachments };
  }

  /** A document whose very name tells. */
  private async attachment(who: Supplier): Promise<object> {
    const documentId = await world.document(numbers[who], who, `${this.secret(who)}.pdf`);
    return { documentId, isTradeSecret: true };
  }

  private secret(who: Supplier): string {
    made += 1;
    const text = `Hemmelighet nummer ${made} til ${who} som ingen får vite`;
    this.secrets.push({ text, who });
    return text;
  }
}

async function publish(dialogueId: string, more: object = {}): Promise<string> {
  const draft = { dialogueId, title: 'Utkast', text: 'Et avsnitt.', ...more };
  const { hearingDocument } = await world.done(
    'officer',
    'publishHearingDocument',
    draft,
    'hearingDocument { id }',
  );
  return hearingDocument.id;
}

/** All that somebody can read of a dialogue: through it, through lists, and by the ids of all its inputs. */
async function allThat(who: Who, id: string): Promise<string> {
  const { schema } = world.service;
  const inputs = await world.rows<{ id: string }>('select id from dialogue.input where dialogue_id = ?', [
    id,
  ]);
  const byId = inputs.map((input, at) => {
    const fields = everythingOf(schema, 'MarketInput', 2);
    return `input${at}: marketInput(id: "${input.id}") ${fields}`;
  });
  const query = `query ($id: ID!) {
    marketDialogue(id: $id) ${everythingOf(schema, 'MarketDialogue', 4)}
    marketDialogues(first: 200) { nodes ${everythingOf(schema, 'MarketDialogue', 2)} }
    ${byId.join('\n')}
  }`;
  const { data, codes } = await world.ask(who, query, { id });
  // Some fields are for some alone; nothing else goes wrong.
  expect([who, codes.filter((code) => code !== 'UNAUTHENTICATED' && code !== 'FORBIDDEN')]).toEqual([
    who,
    [],
  ]);
  return JSON.stringify(data);
}

it('asks for what there is to give away', () => {
  const query = everythingOf(world.service.schema, 'MarketDialogue', 4);
  for (const field of [
    'tradeSecret',
    'answers',
    'attachments',
    'explanation',
    'summary',
    'ledger',
    'quote',
  ]) {
    expect(query).toContain(field);
  }
});

/** With a secret in every place: whatever else is tried, there is something to give away. */
const everywhere: Step[] = [
  { does: 'submit', who: 'oyeren', where: 'both' },
  { does: 'submit', who: 'mysen', where: 'attachment' },
  { does: 'comment', who: 'oyeren', where: 'comment' },
  { does: 'comment', who: 'mysen', where: 'answer' },
  { does: 'comment', who: 'mysen', where: 'both' },
];

it('never gives a secret away, whatever happens in a dialogue', async () => {
  let seenByThoseWhoMay = 0;
  const end = fc.constantFrom('goes on', 'is summarised', 'is overtaken');
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 8 }), end, async (steps, ending) => {
      const run = await Run.begin();
      for (const each of steps) await run.take(each);
      if (ending === 'is overtaken') await world.announceTender(await world.procurementOf(run.id));
      if (ending === 'is summarised') {
        await world.done('officer', 'extendMarketDialogue', { id: run.id, closesAt: '2026-04-02T07:59:00Z' });
        await world.summarise(run.id);
      }
      for (const who of everyWho) {
        const seen = await allThat(who, run.id);
        for (const secret of run.secrets) {
          const may = who === 'officer' || who === secret.who;
          if (may && seen.includes(secret.text)) seenByThoseWhoMay += 1;
          // In words that say who saw what, and do not print all that was seen.
          if (!may) expect([who, secret.text, seen.includes(secret.text)]).toEqual([who, secret.text, false]);
        }
      }
      // Nor is it written down anywhere else: in a letter, in the summary, in what waits to be sent.
      for (const { text } of run.secrets) {
        const places = await world.placesOf(text);
        expect(places.filter((place) => place !== 'trade_secret' && place !== 'document')).toEqual([]);
      }
    }),
    { numRuns: 12, examples: [[everywhere, 'is summarised']] },
  );
  // Those who may read secrets do, so that the others have not merely been asked in vain: the six above, twice each.
  expect(seenByThoseWhoMay).toBeGreaterThan(10);
}, 180_000);
