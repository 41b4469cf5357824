import { SaxesParser } from 'saxes';
import { decodeXml } from './decode.js';
import { canonicalName } from './namespaces.js';
import { NoticeRefused, type RefusalCode } from './refusal.js';

/** Generous for a notice (the largest real ones are about 2 MB and 20 deep), tight for an attack. */
export interface XmlLimits {
  /** @default 10 MB */
  bytes: number;
  /** @default 64 */
  depth: number;
  /** @default 250 000 */
  elements: number;
  /** Of one element. @default 64 */
  attributes: number;
  /** Characters of one element's text. @default 1 000 000 */
  text: number;
}

/** Whoever has a larger file need not read it to know that it is refused. */
export const LARGEST_NOTICE_BYTES = 10 * 1024 * 1024;

const DEFAULT_LIMITS: XmlLimits = {
  bytes: LARGEST_NOTICE_BYTES,
  depth: 64,
  elements: 250_000,
  attributes: 64,
  text: 1_000_000,
};

export interface XmlElement {
  /** With the regulation's prefix, whatever the document's: `cbc:ID`. */
  readonly name: string;
  /** Attributes without a namespace, which are the only ones that eForms uses. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: XmlElement[];
  /** Own text, trimmed. */
  text: string;
  readonly line: number;
}

/**
 * Well-formed, namespace-aware XML into a small tree, in one pass. There is no DTD to declare an entity in
 * (refused before it is read), so neither "billion laughs" nor an external entity has anywhere to live, and
 * nothing is ever fetched. Limits are checked while reading, not afterwards.
 */
export function parseXml(xml: string | Uint8Array, overrides: Partial<XmlLimits> = {}): XmlElement {
  const limits = { ...DEFAULT_LIMITS, ...overrides };
  if (xml.length > limits.bytes) throw new NoticeRefused('TOO_LARGE');
  const source = typeof xml === 'string' ? xml : decodeXml(xml);

  const parser = new SaxesParser({ xmlns: true });
  const open: XmlElement[] = [];
  let root: XmlElement | null = null;
  let elements = 0;
  let attributes = 0;

  const refuse = (code: RefusalCode, detail?: string): never => {
    throw new NoticeRefused(code, { line: parser.line, column: parser.column + 1, detail });
  };
  const append = (text: string) => {
    const element = open.at(-1);
    if (!element) return;
    element.text += text;
    if (element.text.length > limits.text) refuse('TEXT_TOO_LONG', element.name);
  };

  // The parser goes on after an error unless it is thrown, and its messages begin with the place.
  parser.on('error', (error) => refuse('NOT_XML', error.message.replace(/^\d+:\d+: /, '')));
  parser.on('doctype', () => refuse('DOCTYPE_FORBIDDEN'));
  parser.on('processinginstruction', ({ target }) => refuse('PROCESSING_INSTRUCTION_FORBIDDEN', target));
  parser.on('xmldecl', ({ version }) => {
    // XML 1.1 allows control characters that nothing downstream expects.
    if (version !== undefined && version !== '1.0') refuse('NOT_XML', `version ${version}`);
  });
  parser.on('opentagstart', () => {
    attributes = 0;
    elements += 1;
    if (elements > limits.elements) refuse('TOO_MANY_ELEMENTS');
    if (open.length >= limits.depth) refuse('TOO_DEEP');
  });
  parser.on('attribute', () => {
    attributes += 1;
    if (attributes > limits.attributes) refuse('TOO_MANY_ATTRIBUTES');
  });
  parser.on('opentag', (tag) => {
    const element: XmlElement = {
      name: canonicalName(tag.uri, tag.local),
      attributes: plainAttributes(tag.attributes),
      children: [],
      text: '',
      line: parser.line,
    };
    const parent = open.at(-1);
    if (parent) parent.children.push(element);
    else root = element;
    open.push(element);
  });
  parser.on('text', append);
  parser.on('cdata', append);
  parser.on('closetag', () => {
    const element = open.pop();
    if (element) element.text = element.text.trim();
  });

  parser.write(source).close();
  // The parser reports an empty document as an error, so a missing root can only be a defect here.
  return root ?? refuse('NOT_XML');
}

const NONE: ReadonlyMap<string, string> = new Map();

function plainAttributes(
  tagAttributes: Record<string, { prefix: string; local: string; value: string }>,
): ReadonlyMap<string, string> {
  let map: Map<string, string> | undefined;
  for (const { prefix, local, value } of Object.values(tagAttributes)) {
    if (prefix !== '' || local === 'xmlns') continue;
    map ??= new Map();
    map.set(local, value);
  }
  return map ?? NONE;
}
