import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { findingsIn } from './findings-in.js';

/** Real notices lie beside the repository, not in it. */
const folder = fileURLToPath(new URL('../../../../../shared/data/eforms-no-doffin/', import.meta.url));
const isThere = existsSync(folder);
const skipped = isThere ? '' : ' (skipped: ../shared/data is not there)';

const decoded = (text: string) =>
  text
    .replaceAll(/<!\[CDATA\[(.*?)\]\]>/gs, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replaceAll(/<[^>]*>/g, ' ');

/** What buyers call what they buy, and how they describe it: the notice's own and that of its lots. */
function textsOf(xml: string): { titles: string[]; descriptions: string[] } {
  const projects = [...xml.matchAll(/<cac:ProcurementProject>.*?<\/cac:ProcurementProject>/gs)].map(
    ([all]) => all,
  );
  const first = (tag: string) =>
    projects.flatMap((each) => {
      const [, text] = new RegExp(`<cbc:${tag}[^>]*>(.*?)</cbc:${tag}>`, 's').exec(each) ?? [];
      return text ? [decoded(text)] : [];
    });
  return { titles: [...new Set(first('Name'))], descriptions: [...new Set(first('Description'))] };
}

describe.skipIf(!isThere)(`real notices${skipped}`, () => {
  const files = isThere ? readdirSync(folder).filter((file) => file.endsWith('.xml')) : [];
  const notices = files.map((file) => textsOf(readFileSync(`${folder}${file}`, 'utf8')));
  const titles = notices.flatMap((each) => each.titles);
  const descriptions = notices.flatMap((each) => each.descriptions);
  const found = (texts: readonly string[]) => texts.flatMap((effect) => findingsIn({ effect }));
  const rate = (texts: readonly string[]) =>
    texts.filter((effect) => findingsIn({ effect }).length > 0).length / texts.length;

  // Notices say what is bought, so words for products belong there; what must not be is that everything is a finding.
  it('are mostly left alone, and not all of them', () => {
    expect(titles.length).toBeGreaterThan(60);
    expect(descriptions.length).toBeGreaterThan(60);
    expect(rate(titles)).toBeGreaterThan(0);
    expect(rate(titles)).toBeLessThan(0.25);
    expect(rate(descriptions)).toBeGreaterThan(0.05);
    expect(rate(descriptions)).toBeLessThan(0.5);
  });

  it('name brands rarely, for that is unlawful', () => {
    const brands = [...titles, ...descriptions].filter((effect) =>
      findingsIn({ effect }).some(({ category }) => category === 'BRAND'),
    );
    expect(brands.length / (titles.length + descriptions.length)).toBeLessThan(0.08);
  });

  it.runIf(process.env.SHOW_FINDINGS)('show what is found', () => {
    const counted = Map.groupBy(
      found([...titles, ...descriptions]),
      ({ category, matched }) => `${category} ${matched}`,
    );
    const lines = [...counted].map(([what, all]) => `${all.length} ${what} — ${all[0]?.excerpt}`).sort();
    process.stdout.write(
      `${lines.join('\n')}\n${titles.length} titles ${rate(titles)}, ${descriptions.length} descriptions ${rate(descriptions)}\n`,
    );
  });
});
