import { AsyncLocalStorage } from 'node:async_hooks';
import { everybody, type Identity } from '@samspill/identity';
import { type Headers, type Language, preferredLanguage, requestIdFrom } from '@samspill/subgraph/protocol';
import type { AnswerInTheMaking } from './caching/use-answer-cache.js';

/**
 * The client's headers that the services get to see, and no others: a header that a service trusts must
 * not be one that any client can send through us unchecked. The token stays here: what a service needs to know
 * of it is the identity, and a service that is broken into should have no tokens to use elsewhere.
 */
const FORWARDED = ['accept-language'] as const;
/** All that a language can be; a line break would be a header of the client's own making. */
const PRINTABLE = /^[\x20-\x7e]*$/;

/** What the gateway knows about one request, for as long as the request lasts. */
export interface RequestScope {
  readonly requestId: string;
  readonly language: Language;
  /** Who asks. */
  readonly identity: Identity;
  /** The headers that go with every call to a service. */
  readonly forwarded: Headers;
  /** What is noted about an answer that may be kept for the public; absent where it may not. */
  readonly making?: AnswerInTheMaking;
}

export function requestScope(
  headers: Headers,
  requestId = requestIdFrom(headers['x-request-id']),
  identity: Identity = everybody,
): RequestScope {
  const forwarded: Headers = { 'x-request-id': requestId };
  for (const name of FORWARDED) {
    const value = headers[name];
    if (value !== undefined && PRINTABLE.test(value)) forwarded[name] = value;
  }
  return { requestId, language: preferredLanguage(headers['accept-language']), identity, forwarded };
}

/**
 * Apollo's `formatError` is told nothing about the request, and refuses some requests (CSRF, a malformed
 * body) before there is any context. So the scope travels along instead.
 */
export const currentRequest = new AsyncLocalStorage<RequestScope>();
