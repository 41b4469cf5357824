import { identifyBy } from '@samspill/identity';
import { type Region, type RegionOptions, startRegion } from '@samspill/region';
import type { Clock } from '@samspill/values';
import type { FormattedExecutionResult } from 'graphql';
import pino, { type Logger } from 'pino';
import { type DatabaseKind, emptyDatabase } from './databases.js';
import { authorization, testPersonas, testTools, type Who } from './tokens.js';

export interface TestRegion extends AsyncDisposable {
  readonly region: Region;
  /** Where it answers, without a path. */
  readonly url: string;
  /** Every SQL statement since the last time the list was emptied. */
  readonly statements: string[];
  /** Asks as a front end would: over HTTP. */
  query(query: string, variables?: object, headers?: Record<string, string>, as?: Who): Promise<Answer>;
}

// biome-ignore lint/suspicious/noExplicitAny: a test reads the answer to its own query
export type Answer = FormattedExecutionResult<any>;

/** The whole region in this process, on an empty database, behind a real port. */
export async function startTestRegion(
  kind: DatabaseKind,
  options: {
    demo?: boolean;
    clock?: Clock;
    playground?: boolean;
    permission?: RegionOptions['permission'];
    log?: Logger;
    /** Whether mails are sent and seats passed on. @default true */
    work?: boolean;
    /** How much is kept of answers. A test that counts what an answer costs wants none. */
    caching?: RegionOptions['caching'];
  } = {},
): Promise<TestRegion> {
  const database = await emptyDatabase(kind);
  const statements: string[] = [];
  const region = await startRegion({
    ...database.options,
    log: options.log ?? pino({ level: process.env.TEST_LOG ?? 'silent' }),
    host: '127.0.0.1',
    port: 0,
    introspection: true,
    playground: options.playground ?? false,
    demo: options.demo ?? true,
    clock: options.clock,
    permission: options.permission,
    work: options.work,
    caching: options.caching,
    identify: identifyBy([testTools, testPersonas]),
    personas: true,
    onStatement: (sql) => statements.push(sql),
  });
  const { url } = region.gateway;
  return {
    region,
    url,
    statements,
    query: async (query, variables, headers, as = 'public') =>
      ask(url, query, variables, { ...headers, ...(await authorization(as)) }),
    [Symbol.asyncDispose]: async () => {
      await region.close();
      await database[Symbol.asyncDispose]();
    },
  };
}

export async function ask(
  url: string,
  query: string,
  variables: object = {},
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as Answer;
}
