import { z } from 'zod';
import { MendableError } from './lifetime.js';

export { closeOnSignal, explained, MendableError, run } from './lifetime.js';

/** A variable of the environment is missing or wrong. The message names it and says what is expected. */
export class EnvironmentError extends MendableError {
  override readonly name = 'EnvironmentError';
}

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

/** What every process of Samspill understands. */
export const commonEnvironment = z.object({
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//)
    .optional()
    .describe(
      'A PostgreSQL address, postgres://user:password@host:5432/database; without it the embedded database is used',
    ),
  DATA_DIR: z.string().default('.data').describe('Where the embedded database keeps its data'),
  // Loopback until identity and permission are there: nothing may be written from outside this machine.
  HOST: z.string().default('127.0.0.1').describe('The address to listen on'),
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
});

/** What a service on its own port understands besides. */
export const serviceEnvironment = commonEnvironment.extend({
  PORT: port.optional().describe('The port that the service listens on'),
  DEMO: flag.default(false).describe('Whether demo data is filled in, once'),
});

/** What the region in one process understands besides. */
export const regionEnvironment = gatewayEnvironment.extend({
  DEMO: flag.optional().describe('Whether demo data is filled in, once; it is, unless DATABASE_URL is set'),
});
