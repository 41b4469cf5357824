import type { PGlite } from '@electric-sql/pglite';
import type { QueryResult } from 'kysely';
import { serialize } from 'pg-protocol';
import { keptName } from './rows/kept-statements.js';

/** What PGlite understood of PostgreSQL's answer, as far as a query needs it. */
interface AnswerMessage {
  readonly name: string;
  readonly fields?:
    | readonly { readonly name: string; readonly dataTypeID: number }[]
    | readonly (string | null)[];
  readonly text?: string;
}

/**
 * Asks PGlite in one message what its own `query` asks in six, each of which costs a way into WebAssembly and back;
 * and has PostgreSQL parse a statement that is to be kept only once. Values go as text, as the driver for a real
 * PostgreSQL sends them.
 */
export class EmbeddedQueries {
  readonly #parsed = new Set<string>();

  constructor(private readonly pglite: PGlite) {}

  async query<R>(sql: string, values: readonly unknown[]): Promise<QueryResult<R>> {
    const name = keptName(sql) ?? '';
    const isParsed = this.#parsed.has(name);
    const messages = [
      // One of the same name may be left from when its first values were refused.
      ...(isParsed ? [] : [serialize.close({ type: 'S', name }), serialize.parse({ name, text: sql })]),
      serialize.bind({ statement: name, values: values.map(textOf) }),
      serialize.describe({ type: 'P' }),
      serialize.execute(),
      serialize.sync(),
    ];
    const answer = await this.pglite.execProtocolStream(Buffer.concat(messages), {});
    if (name) this.#parsed.add(name);
    return this.#resultOf(answer as readonly AnswerMessage[]);
  }

  #resultOf<R>(answer: readonly AnswerMessage[]): QueryResult<R> {
    const { parsers } = this.pglite;
    const rows: Record<string, unknown>[] = [];
    let columns: {
      name: string;
      type: number;
      parse: ((text: string, type: number) => unknown) | undefined;
    }[] = [];
    let numAffectedRows: bigint | undefined;
    for (const { name, fields, text } of answer) {
      if (name === 'rowDescription') {
        columns = (fields as { name: string; dataTypeID: number }[]).map((field) => ({
          name: field.name,
          type: field.dataTypeID,
          parse: parsers[field.dataTypeID],
        }));
      } else if (name === 'dataRow') {
        const values = fields as (string | null)[];
        const row: Record<string, unknown> = {};
        for (const [at, { name: column, type, parse }] of columns.entries()) {
          const value = values[at] ?? null;
          row[column] = value === null || !parse ? value : parse(value, type);
        }
        rows.push(row);
      } else if (name === 'commandComplete') {
        const [, count] = /^(?:INSERT \d+|UPDATE|DELETE|MERGE) (\d+)/.exec(text ?? '') ?? [];
        if (count !== undefined) numAffectedRows = BigInt(count);
      }
    }
    return { rows: rows as R[], ...(numAffectedRows !== undefined && { numAffectedRows }) };
  }
}

/** A value as PostgreSQL reads it, whatever type it is to have. */
function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value !== 'object') return String(value);
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return `\\x${Buffer.from(value).toString('hex')}`;
  if (Array.isArray(value)) return `{${value.map(elementOf).join(',')}}`;
  return JSON.stringify(value);
}

function elementOf(value: unknown): string {
  const text = textOf(value);
  if (text === null) return 'null';
  return Array.isArray(value) ? text : `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
}
