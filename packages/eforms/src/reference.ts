/** Which notice a reference means, in the one spelling that references are compared in. */
export interface NoticeReference {
  /** By the notice's own id (a UUID, or Doffin's number), or by the number that TED published it under. */
  kind: 'notice' | 'publication';
  id: string;
  /** Of a notice: `01` in `<uuid>-01`. Null when the reference means whichever version there is. */
  version: string | null;
}

const UUID = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:-(\d{2}))?$/i;

/**
 * One notice is referred to in many spellings: a UUID in either case, with or without a version; TED's number
 * with and without leading zeros (`00163529-2024` in eForms, `163529-2024` on the web), or as it was printed
 * in the Official Journal, `2024/S 055-163529`. Null is what cannot be anybody's reference: free text.
 */
export function parseReference(text: string): NoticeReference | null {
  const trimmed = text.trim();
  const uuid = UUID.exec(trimmed);
  if (uuid?.[1]) return { kind: 'notice', id: uuid[1].toLowerCase(), version: uuid[2] ?? null };
  // Doffin puts the year first, TED puts it last, so that the two cannot be mistaken for each other.
  if (/^(?:19|20)\d{2}-\d{6}$/.test(trimmed)) return { kind: 'notice', id: trimmed, version: null };
  const published = /^(\d{1,8})-((?:19|20)\d{2})$/.exec(trimmed);
  if (published?.[1] && published[2]) return publication(published[1], published[2]);
  const printed = /^((?:19|20)\d{2})\/S ?\d{1,3}-(\d{1,8})$/i.exec(trimmed);
  return printed?.[1] && printed[2] ? publication(printed[2], printed[1]) : null;
}

function publication(number: string, year: string): NoticeReference | null {
  const significant = number.replace(/^0+/, '');
  return significant === '' ? null : { kind: 'publication', id: `${significant}-${year}`, version: null };
}

/** UUIDs are the same in either case, and everything that compares ids compares their text. */
export function withLowerCaseUuid(text: string): string {
  return UUID.test(text) ? text.toLowerCase() : text;
}

/** The same reference in the one spelling, its version kept; text that is no reference stays as it is. */
export function normaliseReference(text: string): string {
  const reference = parseReference(text);
  if (!reference) return text;
  return reference.version === null ? reference.id : `${reference.id}-${reference.version}`;
}
