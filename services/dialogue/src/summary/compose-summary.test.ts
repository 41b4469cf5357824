import { digest } from '@samspill/audit';
import { renderHtml } from '@samspill/pdf';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalText, composeSummary, hashOf, type SummaryFacts } from './compose-summary.js';
import { printedSummary } from './printed-summary.js';
import type { SummaryContent } from './summary-content.js';
import { summarySections } from './summary-sections.js';

const at = (day: number) => new Date(Date.UTC(2026, 2, day, 9));
const oyeren = { organisationNumber: '310000035', organisationName: 'Øyeren Velferdsteknologi AS' };
const mysen = { organisationNumber: '310000027', organisationName: 'Mysen Rørleggerverksted AS' };

const told = (number: number, more: object = {}): SummaryFacts['disclosures'][number] => ({
  id: `d-${number}`,
  number,
  text: `Opplysning ${number}.`,
  toldAt: at(2),
  toldTo: null,
  channel: 'EMAIL',
  publishedAt: at(3),
  correctsId: null,
  ...more,
});

const facts: SummaryFacts = {
  dialogue: {
    id: 'dialogue',
    title: 'Trygg hjemme',
    description: 'Vi spør markedet.',
    municipalityNumber: '3118',
    contact: 'Innkjøp',
    announcedAt: at(1),
    opensAt: at(2),
    closesAt: at(9),
    closedAt: at(10),
    cancelledAt: null,
    cancellationReason: null,
  },
  need: {
    title: 'Trygg hjemme lenger',
    effect: 'Flere bor hjemme.',
    users: 'Eldre.',
    successCriteria: ['Færre fall.'],
    volume: null,
  },
  activities: [
    { type: 'DIALOGUE_CONFERENCE', title: 'Konferanse', startsAt: at(4), endsAt: null, place: 'Askim' },
  ],
  questions: ['Hva kan dere?'],
  participants: [oyeren, mysen],
  inputs: [
    {
      ...oyeren,
      number: 2,
      submittedAt: at(5),
      secretLeftOut: true,
      comment: null,
      answers: [
        { question: 'Hva kan dere?', answer: 'Alt mulig.', secretLeftOut: true },
        { question: 'Går det raskt?', answer: true, secretLeftOut: false },
        { question: 'Hvor mange?', answer: null, secretLeftOut: false },
      ],
      attachments: [{ name: 'ark.pdf', sha256: 'ab'.repeat(32) }],
      outcome: { outcome: 'PARTLY_TAKEN_UP', explanation: 'Kravet ble endret.', at: at(9) },
    },
    {
      ...mysen,
      number: 1,
      submittedAt: at(5),
      secretLeftOut: false,
      comment: 'Kort <b>merknad</b>',
      answers: [],
      attachments: [],
      outcome: { outcome: 'NOT_TAKEN_UP', explanation: 'Ikke relevant.', at: at(9) },
    },
  ],
  comments: [
    {
      ...mysen,
      number: 3,
      submittedAt: at(6),
      secretLeftOut: false,
      outcome: { outcome: 'TAKEN_UP', explanation: 'Rettet.', at: at(9) },
      document: 'Kravspesifikasjon',
      documentVersion: 2,
      paragraph: 4,
      quote: 'skal ha',
      comment: 'Burde være «bør ha».',
    },
  ],
  rounds: [
    {
      number: 1,
      title: 'Første runde',
      minutes: 30,
      seedCommitment: 'c'.repeat(64),
      seed: 'frø',
      drawnAt: at(6),
      cancelledAt: null,
      lot: [
        { ...mysen, position: 2, digest: 'b'.repeat(64), hadMeetingBefore: true },
        { ...oyeren, position: 1, digest: 'a'.repeat(64), hadMeetingBefore: false },
      ],
      meetings: [{ ...oyeren, startsAt: at(7), endsAt: at(8), cancelledAt: null }],
    },
  ],
  disclosures: [
    told(2, { toldTo: oyeren, channel: 'MEETING', correctsId: 'd-1' }),
    told(1, { text: 'Fristen er fast.' }),
  ],
};

const textOf = (content: SummaryContent, language: 'nb' | 'nn' | 'en' = 'nb') =>
  JSON.stringify(summarySections(content, [], language).map(({ heading, blocks }) => [heading, blocks]));

describe('the generated summary', () => {
  const content = composeSummary(facts);

  it('puts everything in order, and names what corrects what', () => {
    expect(content.disclosures.map(({ number, corrects }) => [number, corrects])).toEqual([
      [1, null],
      [2, 1],
    ]);
    expect(content.inputs.map(({ number }) => number)).toEqual([1, 2]);
    expect(content.participants).toEqual([mysen, oyeren]);
    expect(content.rounds[0]?.lot.map(({ position }) => position)).toEqual([1, 2]);
    expect(content.disclosures[0]).not.toHaveProperty('id');
    expect(content.dialogue.announcedAt).toBe('2026-03-01T09:00:00.000Z');
  });

  it.each([
    ['nb', 'Forretningshemmelighet utelatt', 'Delvis tatt til følge. Kravet ble endret.'],
    ['nn', 'Forretningsløyndom utelaten', 'Delvis teke til følgje. Kravet ble endret.'],
    ['en', 'Trade secret left out', 'Partly taken up. Kravet ble endret.'],
  ] as const)('tells it all in %s', (language, marker, outcome) => {
    const text = textOf(content, language);
    for (const part of [
      ...[marker, outcome, 'Fristen er fast.', 'Opplysning 2.', 'Øyeren Velferdsteknologi AS (310000035)'],
      ...['Færre fall.', 'Askim', 'Hva kan dere?', 'Alt mulig.', 'frø', 'a'.repeat(64), 'skal ha', 'Rettet.'],
      ...['30', 'ark.pdf', 'ab'.repeat(32), 'Ikke relevant.'],
    ]) {
      expect(text).toContain(part);
    }
  });

  it('reads in the time of Oslo', () => {
    // Summer time begins on 29 March.
    const ledger = (day: number) =>
      textOf(composeSummary({ ...facts, disclosures: [told(1, { toldAt: at(day) })] }));
    expect(ledger(28)).toContain('28. mars 2026 kl. 10:00');
    expect(ledger(29)).toContain('29. mars 2026 kl. 11:00');
  });

  it('says where nothing happened', () => {
    const empty = composeSummary({ ...facts, inputs: [], rounds: [], disclosures: [], need: null });
    const sections = summarySections(empty, [], 'nb');
    for (const key of ['INPUTS', 'MEETINGS', 'LEDGER', 'NEED', 'ADDITIONS']) {
      expect(sections.find((each) => each.key === key)?.blocks).toEqual([
        { kind: 'paragraph', text: 'Ingen.' },
      ]);
    }
  });

  it('has the hash of its text, which survives being stored', () => {
    expect(hashOf(JSON.parse(canonicalText(content)))).toBe(hashOf(content));
    expect(hashOf(content)).toBe(digest(content).toString('hex'));
    const other = composeSummary({ ...facts, disclosures: [told(1, { text: 'Noe annet.' })] });
    expect(hashOf(other)).not.toBe(hashOf(content));
  });

  it('is the same whichever order the facts came in', () => {
    const backwards = Object.fromEntries(
      Object.entries(facts).map(([key, value]) => [
        key,
        // Activities and questions have an order of the municipality's own.
        Array.isArray(value) && !['activities', 'questions'].includes(key) ? [...value].reverse() : value,
      ]),
    ) as unknown as SummaryFacts;
    expect(composeSummary(backwards)).toEqual(content);
  });

  it('is a page in which nobody’s words are taken for markup', () => {
    const parts = {
      content,
      additions: [],
      language: 'nb',
      generatedAt: at(11),
      sha256: 'f'.repeat(64),
    } as const;
    const html = renderHtml(printedSummary(parts));
    expect(html).toContain('&lt;b&gt;merknad&lt;/b&gt;');
    expect(html).not.toContain('<b>');
    expect(html).toContain('f'.repeat(64));
    expect(html).not.toContain('Kommunen legger til');
    const additions = [{ text: 'Vi takker for innspillene.', addedAt: at(12) }];
    expect(renderHtml(printedSummary({ ...parts, additions }))).toMatch(
      /Kommunen legger til[\s\S]*Vi takker/,
    );
    expect(renderHtml(printedSummary({ ...parts, sha256: null }))).toContain('Ikke publisert');
  });

  it('has every entry of any ledger, word for word', () => {
    const words = fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 60 });
    const entry = fc.record({ text: words, one: fc.boolean(), corrects: fc.nat(30) });
    fc.assert(
      fc.property(
        fc.shuffledSubarray(Array.from({ length: 20 }, (_, each) => each + 1)),
        fc.array(entry),
        (order, entries) => {
          const disclosures = order.slice(0, entries.length).map((number, place) => {
            const { text, one, corrects } = entries[place] as (typeof entries)[number];
            return told(number, { text, toldTo: one ? mysen : null, correctsId: `d-${corrects}` });
          });
          const made = composeSummary({ ...facts, disclosures });
          expect(made.disclosures.map(({ number }) => number)).toEqual(
            disclosures.map(({ number }) => number).sort((a, b) => a - b),
          );
          const blocks = summarySections(made, [], 'en').find(({ key }) => key === 'LEDGER')?.blocks ?? [];
          const said = blocks.flatMap((block) => ('text' in block ? [block.text] : []));
          for (const { text } of disclosures) expect(said).toContain(text);
        },
      ),
    );
  });
});
