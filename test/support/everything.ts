import type { TestRegion } from './region.js';

type Owner = Pick<TestRegion, 'region'>;

/** Runs SQL as the user that owns the tables, whom no policy stops. */
export function sqlAsOwner<Row extends object>({ region }: Owner, statement: string): Promise<Row[]> {
  const [service] = region.services;
  if (!service) throw new Error('There are no services.');
  return service.store.fork().transactional(async (em) => {
    await em.execute('set local role none');
    return em.execute<Row[]>(statement);
  });
}

/**
 * The tables of which some row has one of these words in it, in any column: texts, JSON, lists, the words of a search
 * index. Of every schema, ours and those of what we build on; a letter may be large or small.
 */
export async function tablesWith(owner: Owner, words: readonly string[]): Promise<string[]> {
  const tables = await sqlAsOwner<{ name: string }>(
    owner,
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p', 'm') and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast') order by 1`,
  );
  if (tables.length < 50) throw new Error(`Only ${tables.length} tables were looked through.`);
  const patterns = words.map((word) => `'%${word.replaceAll("'", "''")}%'`).join(', ');
  const found: string[] = [];
  for (const { name } of tables) {
    const [row] = await sqlAsOwner<{ n: number }>(
      owner,
      `select count(*)::int as n from ${name} t where t::text ilike any (array[${patterns}])`,
    );
    if (row?.n) found.push(name);
  }
  return found;
}
