import fastifyHelmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';

export interface SecurityHeaderOptions {
  /**
   * Whether browsers are told to come back over HTTPS only, for a year. Said on a developer's machine it would
   * lock every other program on localhost out of their browser.
   * @default false
   */
  hsts?: boolean;
}

/**
 * Says to browsers that an answer is data: nothing in it runs, is framed or is taken for another type. The
 * playground is a page, and puts a policy of its own in the place of this one.
 */
export async function useSecurityHeaders(
  app: FastifyInstance,
  options: SecurityHeaderOptions = {},
): Promise<void> {
  const { hsts = false } = options;
  await app.register(fastifyHelmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
    },
    frameguard: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
    // Not for subdomains: those are other people's business.
    strictTransportSecurity: hsts && { maxAge: 365 * 24 * 60 * 60, includeSubDomains: false },
  });
}
