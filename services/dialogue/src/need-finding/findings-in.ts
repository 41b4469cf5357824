import { stableId } from '@samspill/values';
import type { GivenTexts, NeedTexts } from '../need/need-texts.js';
import { type Finding, type Pattern, reasons, type Span } from './finding.js';
import { patterns } from './patterns.js';
import { wordGroups } from './words.js';

/** The order in which a reader meets them. */
const FIELDS = [
  'title',
  'effect',
  'users',
  'constraints',
  'successCriteria',
  'volume',
] as const satisfies readonly (keyof NeedTexts)[];

/** More than anybody would go through; whoever pastes a specification is told so by the first of them. */
export const MOST_FINDINGS = 100;

const AROUND = 40;

/** All in the texts of a need that seems to say how instead of what, in the order of the texts. */
export function findingsIn(texts: GivenTexts): Finding[] {
  const found = new Map<string, Finding>();
  for (const field of FIELDS) {
    const given = texts[field] ?? [];
    const list = typeof given === 'string' ? [given] : given;
    for (const [at, text] of list.entries()) {
      for (const finding of findingsInText(field, typeof given === 'string' ? null : at, text)) {
        // The same word again is the same question: the first place stands for all.
        if (!found.has(finding.id)) found.set(finding.id, finding);
        if (found.size >= MOST_FINDINGS) return [...found.values()];
      }
    }
  }
  return [...found.values()];
}

/** What is in an address is no word of the one who wrote it. */
const ADDRESS = /https?:\/\/\S+|www\.\S+|(?<![^\s@])[^\s@]+@[^\s@]+/giu;

/** As a reader meets them. */
export function inTheOrderOfTheTexts(a: Finding, b: Finding): number {
  return (
    FIELDS.indexOf(a.field) - FIELDS.indexOf(b.field) || (a.index ?? 0) - (b.index ?? 0) || a.start - b.start
  );
}

function findingsInText(field: keyof NeedTexts, index: number | null, text: string): Finding[] {
  // As long as before, so that every place in it is the same.
  const readable = text.replaceAll(ADDRESS, (address) => ' '.repeat(address.length));
  const all = rules
    .filter(({ except }) => !except?.includes(field))
    .flatMap((rule) => rule.find(readable).map((span) => toFinding(rule, field, index, text, span)));
  all.sort((a, b) => a.start - b.start || b.end - a.end);
  // What lies inside another says nothing more, such as a brand in the model that is named after it.
  return all.filter((each, at) => !all.slice(0, at).some((other) => covers(other, each)));
}

const covers = (a: Span, b: Span): boolean => a.start <= b.start && b.end <= a.end;

function toFinding(
  rule: Pattern,
  field: keyof NeedTexts,
  index: number | null,
  text: string,
  span: Span,
): Finding {
  const { id, category, suggestion } = rule;
  const matched = text.slice(span.start, span.end);
  return {
    id: stableId('need-finding', id, field, matched.toLowerCase()),
    rule: id,
    category,
    field,
    index,
    start: span.start,
    end: span.end,
    matched,
    excerpt: excerptOf(text, span),
    why: reasons[category],
    suggestion,
  };
}

/** Some words before and after, cut between words where there is one to cut. */
function excerptOf(text: string, { start, end }: Span): string {
  const before = text.slice(Math.max(0, start - AROUND), start);
  const after = text.slice(end, end + AROUND);
  const head = start > AROUND ? `… ${before.replace(/^\S*\s/, '')}` : before;
  const tail = end + AROUND < text.length ? `${after.replace(/\s\S*$/, '')} …` : after;
  return `${head}${text.slice(start, end)}${tail}`.replaceAll(/\s+/g, ' ').trim();
}

/** What Norwegian puts after a noun, bokmål and nynorsk. */
const ENDINGS = '(?:s|a|e|t|n|r|en|et|er|ar|ne|ene|ane|ens|ets|ers|ns|nes|enes|anes|te|are|ere)?';
const BEFORE = '(?<![\\p{L}\\p{N}])';
const AFTER = '(?![\\p{L}\\p{N}])';

function expressionOf(words: readonly string[], flags: string): RegExp | null {
  if (words.length === 0) return null;
  const alternatives = words.map((word) => {
    const core = word.replace(/^=/, '').replace(/^\*/, '').replace(/\*$/, '');
    const plain = core.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&').replaceAll(' ', '\\s+');
    const head = word.startsWith('*') ? '\\p{L}*' : '';
    return `${head}${plain}${word.endsWith('*') ? '\\p{L}*' : ENDINGS}`;
  });
  return new RegExp(`${BEFORE}(?:${alternatives.join('|')})${AFTER}`, flags);
}

function spansOf(text: string, expression: RegExp | null): Span[] {
  if (!expression) return [];
  return [...text.matchAll(expression)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
}

const ofWords = wordGroups.map(({ words, ...group }): Pattern => {
  const exact = expressionOf(
    words.filter((word) => word.startsWith('=')),
    'gu',
  );
  const anyCase = expressionOf(
    words.filter((word) => !word.startsWith('=')),
    'giu',
  );
  return { ...group, find: (text) => [...spansOf(text, exact), ...spansOf(text, anyCase)] };
});

const rules: readonly Pattern[] = [...ofWords, ...patterns];
