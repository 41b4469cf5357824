import type { IncomingMessage } from 'node:http';
import proxyAddress from '@fastify/proxy-addr';
import type { TrustedProxies } from '@samspill/environment';

/**
 * Fastify's `trustProxy`: whose `X-Forwarded-For` is believed. Nobody's unless told: the header is written by
 * whoever asks, and an address that anybody can choose is no address to count by.
 *
 * A number says that as many proxies stand in a row and nobody can go around them. Fastify itself no longer
 * takes it at its word, because it cannot see whether that is so; addresses are better where they are known.
 */
export function trustProxy(
  trusted: TrustedProxies | undefined,
): false | string[] | ((address: string, hop: number) => boolean) {
  if (trusted === undefined || trusted === 0) return false;
  if (typeof trusted === 'number') return (_address, hop) => hop < trusted;
  return trusted.length > 0 && [...trusted];
}

/** Where a request comes from, as far as proxies are believed: what Fastify calls `request.ip`. */
export function addressBehind(trusted: TrustedProxies | undefined): (request: IncomingMessage) => string {
  const trust = trustProxy(trusted);
  if (!trust) return ({ socket }) => socket.remoteAddress as string;
  const isTrusted = typeof trust === 'function' ? trust : proxyAddress.compile(trust);
  return (request) => proxyAddress(request, isTrusted);
}
