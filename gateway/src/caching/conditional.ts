/**
 * What an answer to the public may be told by on its way. It may be kept anywhere, and has to be asked for again each
 * time: a correction is visible at once, and what has not changed comes back as 304, without a body. An age here would
 * be nearer by a round trip and wrong by up to that age, in places that hear of no change.
 */
export const PUBLIC_ANSWER = 'public, no-cache';

/** What is about somebody, or has failed, is kept by nobody. */
export const NOBODY_KEEPS = 'private, no-store';

/** Everything that an answer follows besides its address: what is in it, and which pages may read it. */
export const VARY = 'Accept, Accept-Language, Authorization, Cookie, Origin';

/** The headers that tell of an answer whether and how it may be kept; null for one that nobody keeps. */
export const cacheHeaders = (answer: { readonly etag: string | null } | null): Record<string, string> => ({
  vary: VARY,
  'cache-control': answer ? PUBLIC_ANSWER : NOBODY_KEEPS,
  ...(answer?.etag != null && { etag: answer.etag }),
});

/**
 * Whether the client has these bytes already (RFC 9110 §13.1.2). The comparison is weak: a proxy that compresses on the
 * way makes the tag weak, and what it stands for is the same.
 */
export function hasItAlready(ifNoneMatch: string | undefined, etag: string): boolean {
  if (!ifNoneMatch) return false;
  if (ifNoneMatch.trim() === '*') return true;
  return ifNoneMatch.split(',').some((each) => each.trim().replace(/^W\//, '') === etag);
}
