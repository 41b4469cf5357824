import { type Kysely, sql } from 'kysely';

const SCHEMAS = ['tenders', 'suppliers', 'dialogue', 'events'];

/**
 * Counts the rows that are written, by table. Whatever is rolled back is not counted, and a row that is written as it
 * was is: more than a comparison of contents would notice, for a fraction of what that costs. Without the audit logs:
 * attempts belong there.
 */
export class WriteLog {
  private constructor(private readonly owner: Kysely<unknown>) {}

  static async begin(owner: Kysely<unknown>): Promise<WriteLog> {
    await sql`create schema write_log`.execute(owner);
    await sql`create table write_log.written (name text not null)`.execute(owner);
    // As the owner, because no role of ours may write here.
    await sql`create function write_log.note() returns trigger language plpgsql security definer as $$
      begin
        insert into write_log.written values (tg_table_schema || '.' || tg_table_name);
        return null;
      end $$`.execute(owner);
    const tables = await sql<{ name: string }>`
      select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname = any (string_to_array(${SCHEMAS.join(',')}, ',')) and tablename not like 'audit\\_%'`.execute(
      owner,
    );
    for (const { name } of tables.rows) {
      const trigger = `create trigger write_log after insert or update or delete on ${name} for each row execute function write_log.note()`;
      await sql.raw(trigger).execute(owner);
    }
    return new WriteLog(owner);
  }

  /** How many rows of each table have been written since the beginning. */
  async soFar(): Promise<Record<string, number>> {
    const { rows } = await sql<{ name: string; count: number }>`
      select name, count(*)::int as count from write_log.written group by name order by name`.execute(
      this.owner,
    );
    return Object.fromEntries(rows.map(({ name, count }) => [name, count]));
  }
}
