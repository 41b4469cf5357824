import { type Kysely, sql } from 'kysely';
import { CHANGES_CHANNEL } from './change-feed.js';

/**
 * Lets every table of a service announce when it is changed, in the transaction of the change: the announcement leaves
 * with the commit, or never. The database does it, and not the code that writes, because then nobody can forget it: not
 * a worker, not an import by `COPY`, not an operator who mends a row by hand.
 *
 * A transaction announces once, however much it writes: PostgreSQL sends equal notifications of one transaction once.
 * The audit log does not count: it grows when somebody reads, and nothing that the public is told comes from it.
 */
export async function announceChanges(owner: Kysely<unknown>, service: string): Promise<void> {
  await sql
    .raw(
      `create or replace function "${service}".announce_change() returns trigger language plpgsql as $$
       begin
         -- A worker that looks for what is due and finds nothing has written nothing, and has no number yet.
         if pg_current_xact_id_if_assigned() is not null then
           -- With the time as well: a database that is restored counts from an earlier number again.
           perform pg_notify('${CHANGES_CHANNEL}',
             '${service}:' || pg_current_xact_id() || '.' || extract(epoch from transaction_timestamp()));
         end if;
         return null;
       end $$`,
    )
    .execute(owner);
  await sql
    .raw(
      `do $$ declare
         t record;
       begin
         for t in
           select c.oid, c.relname from pg_class c
           where c.relnamespace = '"${service}"'::regnamespace and c.relkind = 'r'
             and c.relname not like 'audit\\_%' and c.relname <> 'migration'
             and not exists (select from pg_trigger where tgrelid = c.oid and tgname = 'announce_change')
         loop
           execute format(
             'create trigger announce_change after insert or update or delete or truncate on "${service}".%I
              for each statement execute function "${service}".announce_change()', t.relname);
         end loop;
       end $$`,
    )
    .execute(owner);
}
