/** How much of a secret has to come back for it to be more than a common turn of phrase. */
export const TELLING_LENGTH = 20;

/** A secret that is shorter than that gives itself away only as a whole, and not when it is a mere word or number. */
const SHORTEST_SECRET = 8;

/**
 * Whether a text gives away something of a secret: letters and digits count, what stands between them does not, so
 * that neither line breaks nor quotation marks hide it. What is known to all already is no secret, whoever wrote it
 * into theirs: the municipality's name, or the question that was asked.
 */
export function repeatsSecret(text: string, secret: string, known: readonly string[] = []): boolean {
  const said = plain(text);
  const kept = plain(secret);
  if (kept.length < SHORTEST_SECRET) return false;
  if (kept.length < TELLING_LENGTH) {
    return said.includes(kept) && !known.some((each) => plain(each).includes(kept));
  }
  const pieces = piecesOf(said);
  const open = new Set(known.flatMap((each) => [...piecesOf(plain(each))]));
  return [...piecesOf(kept)].some((piece) => pieces.has(piece) && !open.has(piece));
}

const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '');

function piecesOf(text: string): Set<string> {
  const pieces = new Set<string>();
  for (let at = 0; at + TELLING_LENGTH <= text.length; at += 1) {
    pieces.add(text.slice(at, at + TELLING_LENGTH));
  }
  return pieces;
}
