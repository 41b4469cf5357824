import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';

/** Where `npm run build` puts the bundle; the same place seen from `src/playground` and from `dist/playground`. */
const BUNDLE = fileURLToPath(new URL('../../dist/playground/bundle/', import.meta.url));

/** What the page asks for when it opens. */
const CONFIGURATION = '/playground-config.json';

export interface PlaygroundOptions {
  /**
   * Where the page's "log in as" logs in, and as which client; null shows no such chooser. The issuer must list its
   * personas at `/personas` and take a persona's id as `login_hint`, as the development issuer does.
   * @default null
   */
  logIn: { readonly issuer: string; readonly clientId: string } | null;
  /**
   * Pages where mail can be read that was sent while developing.
   * @default []
   */
  mailboxes?: readonly { readonly name: string; readonly path: string }[];
}

/**
 * Everything the page needs comes from here, so it works without internet and tells nobody who reads what; only
 * logging in happens elsewhere. Styles are inline because Monaco, the editor, writes its colours and positions into
 * elements; scripts are not.
 */
function contentSecurityPolicy({ logIn }: PlaygroundOptions): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "worker-src 'self'",
    `connect-src 'self'${logIn ? ` ${new URL(logIn.issuer).origin}` : ''}`,
    "style-src 'self' 'unsafe-inline'",
    "font-src 'self' data:",
    "img-src 'self' data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** Serves the playground at `/`. */
export async function usePlayground(
  app: FastifyInstance,
  log: Logger,
  options: PlaygroundOptions = { logIn: null },
): Promise<void> {
  if (!existsSync(BUNDLE)) {
    log.warn('The playground is not built, so there is none at /. Build it with `npm run build`');
    return;
  }
  const policy = contentSecurityPolicy(options);
  await app.register(fastifyStatic, {
    root: BUNDLE,
    cacheControl: false,
    preCompressed: true,
    setHeaders: (reply, path) => {
      reply.header('content-security-policy', policy);
      reply.header('x-content-type-options', 'nosniff');
      reply.header('referrer-policy', 'no-referrer');
      // The names of assets contain their hash; the page itself names the assets and must be fresh.
      const isAsset = path.replaceAll('\\', '/').includes('/assets/');
      reply.header('cache-control', isAsset ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  // The bundle is built once for everybody, so what differs between gateways is asked for.
  app.get(CONFIGURATION, (_request, reply) => {
    reply.header('x-content-type-options', 'nosniff').header('cache-control', 'no-store');
    return { logIn: options.logIn, mailboxes: options.mailboxes ?? [] };
  });
}
