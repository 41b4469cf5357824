import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setImmediate } from 'node:timers/promises';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Cell, Row, Table } from './generate.ts';

/**
 * Loads tables by COPY, without their indexes, which are made again when the rows are there: row by row they would
 * take several times as long. What keeps rows from being read twice, primary keys and references, stays.
 */
export async function load(client: Client, tables: readonly Table[]): Promise<void> {
  const names = tables.map(({ name }) => name);
  const { rows: indexes } = await client.query<{ name: string; definition: string }>(
    `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition from pg_index
     where indrelid = any ($1::regclass[]) and not indisunique`,
    [names],
  );
  for (const { name } of indexes) await client.query(`drop index ${name}`);
  // References are true by how the rows are made; to look each up would take longer than to write it.
  await client.query('set session_replication_role = replica');
  for (const { name, rows } of tables) {
    const [first] = rows();
    if (!first) continue;
    const sink = client.query(copyFrom(`copy ${name} (${Object.keys(first).join(', ')}) from stdin`));
    await pipeline(Readable.from(chunksOf(rows())), sink);
  }
  await client.query('reset session_replication_role');
  await client.query(`set maintenance_work_mem = '512MB'`);
  for (const { definition } of indexes) await client.query(definition);
  for (const name of names) await client.query(`vacuum (analyze) ${name}`);
}

/** Enough rows for a packet that is worth sending. */
const CHUNK = 64 * 1024;

async function* chunksOf(rows: Iterable<Row>): AsyncIterable<string> {
  let chunk = '';
  for (const row of rows) {
    chunk += `${Object.values(row).map(textOf).join('\t')}\n`;
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = '';
    // Rows are made faster than they are taken: the queues in this process would wait for minutes.
    await setImmediate();
  }
  yield chunk;
}

/** The text format of COPY. */
function textOf(cell: Cell): string {
  if (cell === null) return '\\N';
  if (cell instanceof Date) return cell.toISOString();
  if (typeof cell === 'object') return `{${cell.map((each) => `"${each}"`).join(',')}}`;
  return String(cell).replace(/[\\\t\n\r]/g, (character) => ESCAPED[character] as string);
}

const ESCAPED: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
