import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { everybody, type Identity } from '@samspill/identity';
import { type Headers, type Language, preferredLanguage } from '@samspill/subgraph';

/**
 * The client's headers that the services get to see, and no others: a header that a service trusts must
 * not be one that any client can send through us unchecked. The token stays here: what a service needs to know
 * of it is the identity, and a service that is broken into should have no tokens to use elsewhere.
 */
const FORWARDED = ['accept-language'] as const;

/** What the gateway knows about one request, for as long as the request lasts. */
export interface RequestScope {
  readonly requestId: string;
  readonly language: Language;
  /** Who asks. */
  readonly identity: Identity;
  /** The headers that go with every call to a service. */
  readonly forwarded: Headers;
}

/** The request id of a client is kept when it can stand in a log line as it is; otherwise it gets a new one. */
export function requestIdFrom(header: string | string[] | undefined): string {
  return typeof header === 'string' && /^[\w.:-]{1,100}$/.test(header) ? header : randomUUID();
}

export function requestScope(
  headers: Headers,
  requestId = requestIdFrom(headers['x-request-id']),
  identity: Identity = everybody,
): RequestScope {
  const forwarded: Headers = { 'x-request-id': requestId };
  for (const name of FORWARDED) {
    if (headers[name] !== undefined) forwarded[name] = headers[name];
  }
  return { requestId, language: preferredLanguage(headers['accept-language']), identity, forwarded };
}

/**
 * Apollo's `formatError` is told nothing about the request, and refuses some requests (CSRF, a malformed
 * body) before there is any context. So the scope travels along instead.
 */
export const currentRequest = new AsyncLocalStorage<RequestScope>();
