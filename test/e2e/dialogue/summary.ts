import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { mailbox } from '../../support/mailbox.js';
import { mailOf, type Story, supplierIds, suppliers } from './story.js';

/** What everybody can read afterwards, made from the ledger. */
export function theDialogueIsSummarised(story: () => Story): void {
  it('the summary has every disclosure, every input with its outcome, the additions and no secret', async () => {
    story().clock.set('2027-03-05T09:00:00Z');
    const dialogueId = story().dialogue;
    const additions = ['Vi lærte at søvn handler om færre avbrudd.'];
    const secret = story().secrets[1] as string;
    await story().isRefused('officer', 'summariseMarketDialogue', { dialogueId, additions: [secret] }, [
      'CONTAINS_TRADE_SECRET',
    ]);
    const { summary } = await story().does(
      'officer',
      'summariseMarketDialogue',
      { dialogueId, additions },
      'summary { sha256 generatedAt }',
    );
    const before = await story().publishedSummary();
    story().clock.advance(86_400_000);
    const later = 'Konkurransen er delt i fire, slik flere ba om.';
    await story().does('officer', 'addToSummary', { dialogueId, text: later });
    await story().isRefused('officer', 'addToSummary', { dialogueId, text: `Fordi ${secret}` }, [
      'CONTAINS_TRADE_SECRET',
    ]);
    story().additions.push(...additions, later);
    const published = await story().publishedSummary();
    // Frozen: what is added does not change what was made.
    expect(published.json).toBe(before.json);
    expect(createHash('sha256').update(published.json).digest('hex')).toBe(summary.sha256);
    const { text: page, pdf, json, html } = published;
    for (const [where, text] of Object.entries({ page, pdf, json })) {
      for (const told of story().told) expect(text, where).toContain(told);
      for (const { says, outcome } of story().inputs) {
        expect(text, where).toContain(says);
        expect(text, where).toContain(outcome);
      }
      for (const { organisationName } of Object.values(suppliers))
        expect(text, where).toContain(organisationName);
    }
    for (const added of story().additions) {
      expect(page).toContain(added);
      expect(pdf).toContain(added);
    }
    for (const text of [page, pdf, json, html]) story().expectNoSecret(text, 'the summary');
    expect(page).not.toContain('@leverandor.example');
    const english = await story().fetches(`/dialogue/summaries/${dialogueId}.html?language=en`, 'text/html');
    expect(new TextDecoder().decode(english)).toMatch(/<html[^>]* lang="en"/);
  });

  it('the competition carries it, and everybody reads the inputs without the secrets', async () => {
    const ask = `query ($tender: ID!) { tender(id: $tender) { dialogue { id status participants { organisationName }
      inputs(first: 50) { nodes { comment tradeSecret hasTradeSecret answers { text tradeSecret hasTradeSecret }
        attachments { isTradeSecret document { name downloadUrl } } conclusion { outcome explanation } } }
      summary { sha256 htmlUrl pdfUrl sections { key heading paragraphs } additions { number text } } } } }`;
    const { tender } = await story().sees('public', ask, { tender: story().tender });
    const { dialogue } = tender;
    expect(dialogue).toMatchObject({ id: story().dialogue, status: 'SUMMARISED' });
    expect(dialogue.participants).toHaveLength(4);
    expect(dialogue.inputs.nodes).toHaveLength(story().inputs.length);
    const [first] = dialogue.inputs.nodes;
    expect(first).toMatchObject({
      hasTradeSecret: true,
      tradeSecret: null,
      conclusion: { outcome: 'TAKEN_UP' },
    });
    expect(first.attachments).toMatchObject([{ document: { name: 'erfaringer.txt' } }, { document: null }]);
    const file = await story().fetches(first.attachments[0].document.downloadUrl, 'text/plain');
    expect(new TextDecoder().decode(file)).toContain('tre sykehjem');
    const { sections, additions } = dialogue.summary;
    const part = (key: string): string =>
      sections.find((each: { key: string }) => each.key === key).paragraphs.join('\n');
    for (const told of story().told) expect(part('LEDGER')).toContain(told);
    expect(part('COMMENTS')).toContain('fem sykehjem');
    expect(additions.map(({ text }: { text: string }) => text)).toEqual(story().additions);
    story().expectNoSecret(JSON.stringify(tender), 'what the competition carries');
  });

  it('the suppliers are told where it is, and no letter of the dialogue held a secret', async () => {
    for (const who of supplierIds)
      await story().receives(mailOf(who), `/dialogue/summaries/${story().dialogue}`);
    for (const letter of await mailbox(story().graph, 'events')) story().letters.set(letter.path, letter);
    // So many are sent in the shorter of the two courses; fewer would be letters that were never looked at.
    expect(story().letters.size).toBeGreaterThanOrEqual(30);
    for (const { text, path } of story().letters.values()) story().expectNoSecret(text, path);
  });
}
