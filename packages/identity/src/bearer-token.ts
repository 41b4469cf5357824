import { TokenRefused } from './refusal.js';

/** RFC 9110 §11.1: the scheme in any case, one or more spaces; RFC 6750 §2.1: what a token is made of. */
const BEARER = /^bearer +([A-Za-z0-9\-._~+/]+=*)$/i;

/**
 * The token of an `Authorization` header; null when there is no header.
 * @throws TokenRefused MALFORMED for any other header: whoever sends one means to be somebody, and must not
 * silently become the public.
 */
export function bearerToken(headerValue: string | undefined): string | null {
  if (headerValue === undefined) return null;
  const token = BEARER.exec(headerValue)?.[1];
  if (token === undefined) throw new TokenRefused('MALFORMED', 'the header is not «Bearer <token>»');
  return token;
}
