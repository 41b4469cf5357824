import type { Client } from 'pg';
import { generated } from '../../bench/growth/generate.ts';
import { load } from '../../bench/growth/load.ts';
import { readSample } from '../../bench/growth/sample.ts';

/** So many that reading all of them is no way to find twenty. */
export const MANY = 20_000;

/** Fills the tables that lists read: tenders as the benchmark makes them, the rest after the demo's rows. */
export async function fillTables(client: Client, now: Date): Promise<void> {
  await load(client, generated(await readSample(client), 0, MANY, now));
  const day = `timestamptz '${now.toISOString()}' - n * interval '6 hours'`;
  const municipality = `lpad((n % 300 + 1000)::text, 4, '0')`;

  await client.query(`set session_replication_role = replica`);
  await multiply(client, 'tenders.buyer', 'true', {
    organisation_number: 'null',
    name: `t.name || ' avdeling ' || n`,
    municipality_number: 'null',
  });
  await multiply(client, 'tenders.notice', 'true', {
    notice_id: `'many-' || n`,
    title: `t.title || ' avdeling ' || n`,
    published_at: day,
    tender_id: 'null',
    content: `'{"remarks": []}'::jsonb`,
    xml: `'<Notice/>'`,
  });
  await multiply(client, 'suppliers.supplier', 'true', {
    organisation_number: `(300000000 + n)::text`,
    name: `t.name || ' nummer ' || n`,
    country: `case n % 50 when 0 then 'SWE' else 'NOR' end`,
    size: `(array['micro', 'small', 'medium', 'large'])[1 + n % 4]`,
    municipality_number: municipality,
  });
  await multiply(client, 'dialogue.need', `status <> 'DRAFT'`, {
    title: `t.title || ' tiltak' || n % 400`,
    municipality_number: municipality,
    published_at: day,
    joined: `case n % 40 when 0 then n % 7 else 0 end`,
    followers: 'n % 90',
    linking_to: 'null',
  });
  await multiply(client, 'dialogue.market_dialogue', 'announced_at is not null', {
    title: `t.title || ' tiltak' || n % 400`,
    municipality_number: municipality,
    announced_at: day,
    opens_at: `${day} + interval '1 day'`,
    closes_at: `${day} + interval '21 days'`,
    cpv_branches: `to_jsonb(array[(10 + n % 80)::text, (100 + n % 800)::text, (10000000 + n % 5000)::text])`,
  });
  await multiply(client, 'events.event', 'published_at is not null', {
    title: `t.title || ' tiltak' || n % 400`,
    municipality_number: municipality,
    published_at: `${day} - interval '30 days'`,
    registration_opens_at: `${day} - interval '30 days'`,
    starts_at: day,
    ends_at: `${day} + interval '3 hours'`,
    seats_taken: '0',
  });
  await client.query(`reset session_replication_role`);

  await client.query('vacuum (analyze)');
}

/** Many more rows like those of a table that fit, numbered `n`, with ids and some columns of their own. */
async function multiply(
  client: Client,
  table: string,
  where: string,
  changes: Readonly<Record<string, string>>,
): Promise<void> {
  const { rows } = await client.query<{ columns: string }>(
    `select string_agg(quote_ident(attname), ', ') as columns from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
    [table],
  );
  const columns = rows[0]?.columns;
  const own = Object.entries({ id: `'many-' || n`, ...changes }).map(
    ([name, value]) => `'${name}', ${value}`,
  );
  await client.query(
    `insert into ${table} (${columns})
     select ${columns?.replace(/[^, ]+/g, 'made.$&')}
     from (select t.*, to_jsonb(t) - '{xml,content}'::text[] as whole, row_number() over (order by id) as place, count(*) over () as total from ${table} t where ${where}) t
     join generate_series(1, ${MANY}) n on n % t.total = t.place - 1
     cross join lateral jsonb_populate_record(null::${table}, t.whole || jsonb_build_object(${own.join(', ')})) made`,
  );
}
