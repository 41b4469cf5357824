import { expect, it } from 'vitest';
import { OPENS } from './announced.js';
import { numberOf, type Story, type SupplierId } from './story.js';

const INPUTS = `query ($id: ID!) { marketDialogue(id: $id) { inputs(first: 20) { nodes {
  id number version kind comment hasTradeSecret tradeSecret organisationNumber
  answers { text value yes choice hasTradeSecret tradeSecret }
  attachments { isTradeSecret document { name sha256 downloadUrl } } receipt { number sha256 }
  place { paragraph from to quote } earlierVersions { version comment } } } } }`;

const sayIn = 'input { id number version receipt { number sha256 } }';

/** Suppliers answer, one with secrets, one anew; and comment on a draft. */
export function suppliersAnswer(story: () => Story): void {
  const answers = (text: string, secret?: string) => {
    const [words, yesNo, number, choice] = story().questions.map(({ id }) => id) as [
      string,
      string,
      string,
      string,
    ];
    return [
      { questionId: words, text, ...(secret && { tradeSecret: secret }) },
      { questionId: yesNo, yes: true },
      { questionId: number, value: 3 },
      { questionId: choice, choice: 'Per oppnådd effekt' },
    ];
  };
  const seenBy = async (who: string) =>
    (await story().sees(who, INPUTS, { id: story().dialogue })).marketDialogue.inputs.nodes;
  const keeps = (id: string, by: SupplierId, says: string) =>
    story().inputs.push({ id, by, says, outcome: `Utfall for ${says}` });

  it('one answers with trade secrets and documents, which reach the officers and nobody else', async () => {
    story().clock.set('2027-01-25T08:00:00Z');
    expect(Date.parse(OPENS)).toBeLessThan(story().clock.now().getTime());
    const by = 'supplier' as const;
    const [said, secretAnswer, secretComment, secretName, secretFile] = [
      'Rolige omgivelser og færre avbrudd.',
      'Lytteputen fra Fenrik-prosjektet koster oss 412 kroner.',
      'Vi er i samtaler med Solbakkeheimen om oppkjøp.',
      'kalkyle-fenrik-412.txt',
      'Dekningsbidraget er 38,25 prosent.',
    ];
    story().secrets.push(secretAnswer, secretComment, secretName, secretFile);
    const open = await story().uploads(by, 'erfaringer.txt', 'Erfaringer fra tre sykehjem.');
    const secret = await story().uploads(by, secretName, secretFile);
    const whole = {
      ...{ dialogueId: story().dialogue, organisationNumber: numberOf(by), comment: 'Takk for konferansen.' },
      tradeSecret: secretComment,
      attachments: [{ documentId: open }, { documentId: secret, isTradeSecret: true }],
    };
    await story().isRefused(by, 'submitInput', { ...whole, answers: [] }, [
      'ANSWER_MISSING',
      'ANSWER_MISSING',
    ]);
    const long = answers('ord '.repeat(61));
    await story().isRefused(by, 'submitInput', { ...whole, answers: long }, ['TOO_MANY_WORDS']);
    const { input } = await story().does(
      by,
      'submitInput',
      { ...whole, answers: answers(said, secretAnswer) },
      sayIn,
    );
    expect(input).toMatchObject({ number: 1, version: 1, receipt: { number: 1 } });
    keeps(input.id, by, said);
    const own = {
      answers: [{ text: said, tradeSecret: secretAnswer }, { yes: true }, { value: 3 }, {}],
      tradeSecret: secretComment,
      attachments: [
        { isTradeSecret: false, document: { name: 'erfaringer.txt' } },
        { isTradeSecret: true, document: { name: secretName } },
      ],
    };
    for (const who of [by, 'officer']) expect(await seenBy(who)).toMatchObject([own]);
    const [shown] = await seenBy('officer');
    const file = await story().fetches(shown.attachments[1].document.downloadUrl, 'text/plain');
    expect(new TextDecoder().decode(file)).toBe(secretFile);
    for (const who of ['public', 'supplier-2', 'officer-marker']) expect(await seenBy(who)).toEqual([]);
    const evaluator = await seenBy('evaluator');
    expect(evaluator).toMatchObject([{ tradeSecret: null, receipt: null, hasTradeSecret: true }]);
    story().expectNoSecret(JSON.stringify(evaluator), 'what the evaluator sees');
  });

  it('another answers, and answers anew', async () => {
    story().clock.advance(60_000);
    const by = 'supplier-2' as const;
    const first = { dialogueId: story().dialogue, organisationNumber: numberOf(by) };
    const { input } = await story().does(
      by,
      'submitInput',
      { ...first, answers: answers('Lys som følger døgnet.') },
      sayIn,
    );
    await story().isRefused(by, 'submitInput', { ...first, answers: answers('Igjen.') }, [
      'ALREADY_SUBMITTED',
    ]);
    await story().isRefused('supplier', 'replaceInput', { inputId: input.id, answers: [] }, ['NOT_FOUND']);
    const said = 'Lys som følger døgnet, og stille dører.';
    const { input: anew } = await story().does(
      by,
      'replaceInput',
      { inputId: input.id, answers: answers(said) },
      sayIn,
    );
    expect(anew).toMatchObject({ number: 2, version: 2, receipt: { number: 2 } });
    keeps(anew.id, by, said);
    expect(await seenBy(by)).toMatchObject([{ version: 2, earlierVersions: [{ version: 1 }] }]);
    story().clock.advance(60_000);
    const last = 'supplier-4' as const;
    const words = 'Vi bygger om rom for rom.';
    const input4 = {
      dialogueId: story().dialogue,
      organisationNumber: numberOf(last),
      answers: answers(words),
    };
    keeps((await story().does(last, 'submitInput', input4, sayIn)).input.id, last, words);
  });

  it('a third comments on a place in a draft, and not on words that do not stand there', async () => {
    story().clock.advance(60_000);
    const text = 'Tilbyderen skal ha levert til fem sykehjem.\n\nKameraer er ikke tillatt.';
    const { hearingDocument } = await story().does(
      'officer',
      'publishHearingDocument',
      { dialogueId: story().dialogue, title: 'Utkast til kvalifikasjonskrav', text },
      'hearingDocument { id current { paragraphs { number text } } }',
    );
    expect(hearingDocument.current.paragraphs).toHaveLength(2);
    story().hearing = hearingDocument.id;
    const by = 'supplier-3' as const;
    const quote = 'fem sykehjem';
    const from = text.indexOf(quote);
    const says = 'To holder, ellers kan ingen små delta.';
    const secret = 'Vi har selv bare levert til Bråtenhjemmet.';
    story().secrets.push(secret);
    const comment = {
      ...{ documentId: hearingDocument.id, organisationNumber: numberOf(by), paragraph: 1, text: says },
      ...{ from, to: from + quote.length, quote, tradeSecret: secret },
    };
    await story().isRefused(by, 'commentOnDraft', { ...comment, quote: 'tre sykehjem' }, [
      'PLACE_DOES_NOT_MATCH',
    ]);
    const { input } = await story().does(by, 'commentOnDraft', comment, sayIn);
    keeps(input.id, by, says);
    expect(await seenBy(by)).toMatchObject([
      {
        kind: 'HEARING_COMMENT',
        place: { paragraph: 1, from, to: from + quote.length, quote },
        comment: says,
      },
    ]);
    expect(await seenBy('officer')).toHaveLength(4);
  });
}
