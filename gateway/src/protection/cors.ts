import fastifyCors from '@fastify/cors';
import type { FastifyInstance } from 'fastify';

export interface CorsOptions {
  /**
   * The origins whose pages may ask from a browser, letter by letter as browsers write them.
   * @default [] nobody's but our own
   */
  origins?: readonly string[];
  /**
   * How long a browser may keep the answer to a preflight, in seconds. Chromium keeps none longer than two hours.
   * @default 7200
   */
  maxAge?: number;
}

/** What a page may send. Not whatever it asks for: a header that means something inside must not be one of them. */
const ALLOWED = [
  'accept-language',
  'apollo-require-preflight',
  'authorization',
  'content-type',
  'tus-resumable',
  'upload-checksum',
  'upload-length',
  'upload-offset',
  'x-request-id',
];

/** What a page may read beside the body: what to report, when to ask again, and why a token was refused. */
const EXPOSED = [
  'ratelimit-limit',
  'ratelimit-remaining',
  'ratelimit-reset',
  'retry-after',
  'tus-resumable',
  'upload-length',
  'upload-offset',
  'www-authenticate',
  'x-request-id',
];

/**
 * Lets the pages of some origins ask. Tokens go in a header that a page has to add itself, and cookies are
 * never read, so credentials are not allowed: nothing that a browser adds by itself opens anything here.
 */
export async function useCors(app: FastifyInstance, options: CorsOptions = {}): Promise<void> {
  const { origins = [], maxAge = 7_200 } = options;
  if (origins.length === 0) return;
  await app.register(fastifyCors, {
    origin: [...origins],
    methods: ['GET', 'POST', 'HEAD', 'PATCH', 'DELETE'],
    allowedHeaders: ALLOWED,
    exposedHeaders: EXPOSED,
    credentials: false,
    maxAge,
    // An OPTIONS that is no preflight would be refused in plain text; it may as well be told the same.
    strictPreflight: false,
  });
}
