import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Clock } from '@samspill/values';
import { PublicError } from './errors.js';

/** The addresses of a service's routes, as the world sees them. */
export interface Links {
  /** Absolute: for mails, calendars and answers. `path` is below the service's name, such as `/calendar/all.ics`. */
  to(path: string): string;
  /**
   * The same for whoever has it, until it ends. Give one only to somebody who may see what is there, and let it end
   * soon: who has the address needs no log-in.
   */
  signed(path: string, lifetimeSeconds: number): string;
  /** Makes sure that an address was signed here and has not ended. @throws PublicError FORBIDDEN with the reason */
  verify(url: URL): void;
}

export interface LinksOptions {
  readonly service: string;
  /** Where the gateway answers, without a slash at the end. */
  readonly publicUrl: () => string;
  readonly key: Uint8Array;
  readonly clock: Clock;
}

export function linksOf({ service, publicUrl, key, clock }: LinksOptions): Links {
  const to = (path: string) => `${publicUrl()}/${service}${path}`;
  const signature = (pathname: string, expires: string) =>
    createHmac('sha256', key).update(`${pathname}\u0000${expires}`).digest();
  return {
    to,
    signed: (path, lifetimeSeconds) => {
      const url = new URL(to(path));
      const expires = String(Math.floor(clock.now().getTime() / 1_000) + lifetimeSeconds);
      // As the route will see it: in percent signs, and without what a proxy has in front of it.
      const below = new URL(`/${service}${path}`, 'http://samspill.internal').pathname;
      url.searchParams.set('expires', expires);
      url.searchParams.set('signature', signature(below, expires).toString('base64url'));
      return url.href;
    },
    verify: (url) => {
      const expires = url.searchParams.get('expires') ?? '';
      const given = Buffer.from(url.searchParams.get('signature') ?? '', 'base64url');
      const expected = signature(url.pathname, expires);
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw notSigned();
      if (Number(expires) * 1_000 <= clock.now().getTime()) throw expired();
    },
  };
}

function notSigned(): PublicError {
  return new PublicError(
    'FORBIDDEN',
    {
      nb: 'Lenken er ikke hel. Hent den på nytt fra GraphQL, og bruk den uendret.',
      nn: 'Lenkja er ikkje heil. Hent ho på nytt frå GraphQL, og bruk ho uendra.',
      en: 'The link is not whole. Ask GraphQL for it again, and use it unchanged.',
    },
    { reason: 'LINK_NOT_SIGNED' },
  );
}

function expired(): PublicError {
  return new PublicError(
    'FORBIDDEN',
    {
      nb: 'Lenken gjelder ikke lenger. Hent en ny fra GraphQL.',
      nn: 'Lenkja gjeld ikkje lenger. Hent ei ny frå GraphQL.',
      en: 'The link has expired. Ask GraphQL for a new one.',
    },
    { reason: 'LINK_EXPIRED' },
  );
}
