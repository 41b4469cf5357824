import { type Region, startRegion } from '@samspill/region';
import type { Clock } from '@samspill/values';
import type { FormattedExecutionResult } from 'graphql';
import pino from 'pino';
import { type DatabaseKind, emptyDatabase } from './databases.js';

export interface TestRegion extends AsyncDisposable {
  readonly region: Region;
  /** Where it answers, without a path. */
  readonly url: string;
  /** Every SQL statement since the last time the list was emptied. */
  readonly statements: string[];
  /** Asks as a front end would: over HTTP. */
  query(query: string, variables?: object, headers?: Record<string, string>): Promise<Answer>;
}

// biome-ignore lint/suspicious/noExplicitAny: a test reads the answer to its own query
export type Answer = FormattedExecutionResult<any>;

/** The whole region in this process, on an empty database, behind a real port. */
export async function startTestRegion(
  kind: DatabaseKind,
  options: { demo?: boolean; clock?: Clock; playground?: boolean } = {},
): Promise<TestRegion> {
  const database = await emptyDatabase(kind);
  const statements: string[] = [];
  const region = await startRegion({
    ...database.options,
    log: pino({ level: process.env.TEST_LOG ?? 'silent' }),
    host: '127.0.0.1',
    port: 0,
    introspection: true,
    playground: options.playground ?? false,
    demo: options.demo ?? true,
    clock: options.clock,
    onStatement: (sql) => statements.push(sql),
  });
  const { url } = region.gateway;
  return {
    region,
    url,
    statements,
    query: (query, variables, headers) => ask(url, query, variables, headers),
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
