import { z } from 'zod';
import { EnvironmentError } from './environment-error.js';
import { origins, trustedProxies } from './values.js';

export { EnvironmentError } from './environment-error.js';
export { gatewayKey } from './gateway-key.js';
export { gatewayNodeOptions } from './gateway-node-options.js';
export { developmentKey, givenOrDevelopmentKey, keyOf, makeOnce, requiredKey } from './key-file.js';
export { closeOnSignal, explained, MendableError, run } from './lifetime.js';
export { isLoopback } from './loopback.js';
export type { TrustedProxies } from './values.js';

/**
 * Reads the environment once, at the start, by a schema whose descriptions are the documentation.
 * @throws EnvironmentError naming every variable that does not fit.
 */
export function readEnvironment<S extends z.ZodObject>(
  shape: S,
  variables: Record<string, string | undefined> = process.env,
): z.infer<S> {
  // An empty variable is an unset one: that is what `FOO= npm start` and container manifests mean by it.
  const set = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const result = shape.safeParse(set);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => {
    const name = issue.path.join('.');
    const help = shape.shape[name as keyof typeof shape.shape]?.description;
    return `  ${name}: ${issue.message}${help ? ` (${help})` : ''}`;
  });
  throw new EnvironmentError(`The environment does not fit:\n${problems.join('\n')}`);
}

const port = z.coerce.number().int().min(0).max(65_535);

/** `true`/`false`, `1`/`0`, `yes`/`no`, `on`/`off`. */
const flag = z.stringbool();

/** 32 random bytes or more, written as base64url. Read with `keyOf` or `requiredKey`, which say what is wrong with it. */
const key = z.string().optional();

/** What every process of Samspill understands. */
export const commonEnvironment = z.object({
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//)
    .optional()
    .describe(
      'A PostgreSQL address, postgres://user:password@host:5432/database; without it the embedded database is used',
    ),
  DATABASE_OWNER_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//)
    .optional()
    .describe(
      'The same database as the user that owns the tables, for migrations and the queue, so that DATABASE_URL can name a user that owns nothing; without it DATABASE_URL is used for both',
    ),
  DATA_DIR: z.string().default('.data').describe('Where the embedded database keeps its data'),
  // Loopback unless somebody says otherwise: a laptop in a café is reached by nobody, and whoever opens the
  // endpoint to others (HOST=0.0.0.0) has decided to, and gets a rate limit with it.
  HOST: z.string().default('127.0.0.1').describe('The address to listen on'),
  // No other word is understood: a typing error would switch off, in silence, all that only production asks for.
  NODE_ENV: z
    .enum(['production', 'development', 'test'])
    .optional()
    .describe('production: every key must be given, and nothing is made for developing'),
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\//)
    .optional()
    .describe(
      'A Redis or Valkey for what replicas share, redis://host:6379; without it each process counts for itself',
    ),
  AUDIT_KEY: key.describe(
    'The key that signs the checkpoints of the audit log, 32 bytes or more as base64url',
  ),
  ADMINISTRATORS: z
    .string()
    .optional()
    .describe('The first administrators: those who may grant roles before anybody has one'),
  SERVICE_KEY_FILE: z
    .string()
    .optional()
    .describe('The file with the private key that command-line tools identify themselves with'),
  ISSUERS: z
    .string()
    .optional()
    .describe('Whose tokens are believed: a JSON array of issuers, or the path of a file with one'),
  DEVELOPMENT_ISSUER: flag
    .optional()
    .describe('Whether an issuer with invented people runs beside it, for developing; never in production'),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .transform((url) => url.replace(/\/+$/, ''))
    .optional()
    .describe(
      'Where the world reaches the gateway, https://anskaffelser.example.no: for addresses in mails and calendars',
    ),
  LINK_KEY: key.describe(
    'The key that signs links that end, 32 bytes or more as base64url; the same for every replica of the services',
  ),
  DOCUMENTS_DIR: z
    .string()
    .optional()
    .describe('Where uploaded documents are kept, when S3_BUCKET is not set; DATA_DIR/documents without it'),
  S3_BUCKET: z.string().optional().describe('The S3 bucket where uploaded documents are kept'),
  S3_REGION: z.string().default('eu-north-1').describe('The region of the bucket'),
  S3_ENDPOINT: z.url().optional().describe('The S3 service, when it is not Amazon’s'),
  S3_ACCESS_KEY_ID: z.string().optional().describe('Who writes to the bucket'),
  S3_SECRET_ACCESS_KEY: z.string().optional().describe('The secret of who writes to the bucket'),
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\//)
    .optional()
    .describe(
      'The server that mail leaves by, smtp://user:password@host:587; without it mail goes into a mailbox to read at /events/mailbox',
    ),
  MAIL_FROM: z
    .string()
    .default('Samspill <ikke-svar@samspill.example>')
    .describe('Whom mail comes from: Samspill <ikke-svar@example.no>'),
  CLAMD: z
    .string()
    .regex(/^[^:]+:\d+$/)
    .optional()
    .describe('A ClamAV daemon that looks into uploaded documents, host:3310; without it nobody looks'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info')
    .describe('How much to log'),
});

/** What the gateway understands besides. */
export const gatewayEnvironment = commonEnvironment.extend({
  PORT: port.default(4000).describe('The port that the gateway listens on'),
  INTROSPECTION: flag.default(true).describe('Whether clients may read the schema'),
  PLAYGROUND: flag.default(true).describe('Whether the playground is served at /'),
  SUPERGRAPH: z
    .string()
    .optional()
    .describe('A composed supergraph file; without it the one of this repository'),
  EXECUTION: z
    .enum(['compiled', 'stock'])
    .default('compiled')
    .describe('Who executes query plans: compiled is Samspill’s own executor, stock is Apollo’s'),
  SHARE_IN_FLIGHT: flag
    .default(true)
    .describe(
      'Whether equal requests of the public that are in flight at the same time are answered once; off to measure without',
    ),
  TENDERS_URL: z.url().optional().describe('Where the tenders service answers'),
  SUPPLIERS_URL: z.url().optional().describe('Where the suppliers service answers'),
  DIALOGUE_URL: z.url().optional().describe('Where the dialogue service answers'),
  EVENTS_URL: z.url().optional().describe('Where the events service answers'),
  SUBGRAPH_TIMEOUT_MS: z.coerce
    .number()
    .int()
    .positive()
    .default(30_000)
    .describe('How long the gateway waits for a service, in milliseconds'),
  CACHE_MB: z.coerce
    .number()
    .min(0)
    .default(24)
    .describe('How many megabytes of answers to the public, and of their parts, each gateway keeps; 0: none'),
  CACHE_MAX_AGE: z.coerce
    .number()
    .min(0)
    .default(0)
    .describe(
      'How many seconds an answer may be kept that rests on services which do not say when they change, or on fields of which nobody has said how long; 0: not at all',
    ),
  GATEWAY_KEY: key.describe(
    'The key that tells the services who asks, 32 bytes or more as base64url; each service has its own, made of it',
  ),
  CORS_ORIGINS: origins
    .default([])
    .describe('The web pages that may ask from a browser: origins with commas between, https://example.no'),
  TRUST_PROXY: trustedProxies
    .optional()
    .describe(
      'The proxies in front, whose X-Forwarded-For is believed: addresses or networks with commas between, or how many stand in a row',
    ),
  RATE_LIMIT_PER_MINUTE: z.coerce
    .number()
    .int()
    .min(0)
    .optional()
    .describe(
      'How many requests one actor, or one address without a token, may make in a minute; 0: any number. Without it 6000, or any number while HOST is this machine only',
    ),
});

/** What a service on its own port understands besides. */
export const serviceEnvironment = commonEnvironment.extend({
  PORT: port.optional().describe('The port that the service listens on'),
  DEMO: flag.default(false).describe('Whether demo data is filled in, once'),
  ASSERTION_KEYS: key.describe(
    'The keys by which this service believes the gateway, base64url with commas between: the one in use, and the next one or the last one while keys are changed',
  ),
});

/** What the region in one process understands besides. */
export const regionEnvironment = gatewayEnvironment.extend({
  DEMO: flag.optional().describe('Whether demo data is filled in, once; it is, unless DATABASE_URL is set'),
});

/** Whether this is for real: keys must then be given, and nothing is made up for whoever develops. */
export function isProduction(environment: { readonly NODE_ENV?: string | undefined }): boolean {
  return environment.NODE_ENV === 'production';
}
