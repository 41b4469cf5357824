import { MendableError } from '@samspill/environment';
import { type Kysely, sql } from 'kysely';

/**
 * Under which role PostgreSQL sees a service. None of them owns a table or may bypass row-level security.
 *
 * - `public`: everybody. Reads what is public and nothing else; connections have this role from the start.
 * - `reader`: somebody who has logged in. Reads what the policies let that one read.
 * - `writer`: somebody who has logged in, while changing something. Sees of what is not for everybody only what
 *   they may also write.
 * - `system`: the service itself, when it handles a message or fills in demo data.
 */
export type DatabaseRole = 'public' | 'reader' | 'writer' | 'system';

const ROLES: readonly DatabaseRole[] = ['public', 'reader', 'writer', 'system'];

export const roleName = (service: string, role: DatabaseRole): string => `samspill_${service}_${role}`;

/** Everybody, to all services of a process: what each `samspill_<service>_public` may, and nothing of its own. */
export const PUBLIC_ROLE = 'samspill_public';

/**
 * What policies ask about who is behind a statement. The variables are set for one transaction at a time
 * by `setSessionContext`; where they are not set, nobody is behind it and every answer is no.
 */
const FUNCTIONS = [
  `create or replace function samspill.holds(role text, municipality text) returns boolean
   language sql stable parallel safe
   return coalesce((role || '@' || municipality) = any (string_to_array(current_setting('samspill.grants', true), ',')), false)`,
  `create or replace function samspill.represents(organisation text) returns boolean
   language sql stable parallel safe
   return coalesce(organisation = any (string_to_array(current_setting('samspill.organisations', true), ',')), false)`,
  `create or replace function samspill.has_scope(scope text) returns boolean
   language sql stable parallel safe
   return coalesce(scope = any (string_to_array(current_setting('samspill.scopes', true), ',')), false)`,
  `create or replace function samspill.is_person(person text) returns boolean
   language sql stable parallel safe
   return coalesce(person = nullif(current_setting('samspill.person', true), ''), false)`,
];

/**
 * Makes the roles of a service and what its policies are written in, and lets the service take them on: `login`
 * is the user that it connects as, null where that is the owner. Roles belong to the server and not to
 * the database, so another database's start may be making the same ones at this moment.
 */
export async function makeRoles(
  owner: Kysely<unknown>,
  service: string,
  login: string | null,
): Promise<void> {
  await sql`create schema if not exists samspill`.execute(owner);
  await sql`grant usage on schema samspill to public`.execute(owner);
  for (const text of FUNCTIONS) await sql.raw(text).execute(owner);
  await makeRole(owner, PUBLIC_ROLE, login);
  for (const role of ROLES) await makeRole(owner, roleName(service, role), login);
  await sql
    .raw(`grant ${roleName(service, 'public')} to ${PUBLIC_ROLE} with inherit true, set false`)
    .execute(owner);
}

async function makeRole(owner: Kysely<unknown>, name: string, login: string | null): Promise<void> {
  await sql
    .raw(
      `do $$ begin
         if not exists (select from pg_roles where rolname = '${name}') then
           create role "${name}" nologin noinherit nobypassrls;
         end if;
       exception when duplicate_object or unique_violation then null;
       end $$`,
    )
    .execute(owner);
  // Whoever makes a role may administer it, and from PostgreSQL 16 on has to be allowed to take it on.
  await sql
    .raw(
      `do $$ declare
         login name := coalesce(${login === null ? 'null' : `'${login.replaceAll("'", "''")}'`}, session_user);
       begin
         if not pg_has_role(login, '${name}', 'SET') then
           execute format('grant "${name}" to %I with inherit false, set true', login);
         end if;
       exception when duplicate_object or unique_violation then null;
       end $$`,
    )
    .execute(owner);
}

/**
 * Closes every table of a service to everybody whom no policy lets in, and opens all but the audit log to the
 * service itself. Runs after the migrations, so that a new table that nobody thought about is closed.
 */
export async function protectTables(owner: Kysely<unknown>, service: string): Promise<void> {
  const [everybody, reader, writer, system] = ROLES.map((role) => roleName(service, role));
  await sql
    .raw(
      `do $$ declare
         t record;
       begin
         grant usage on schema "${service}" to ${everybody}, ${reader}, ${writer}, ${system};
         for t in
           select c.oid, c.relname, c.relrowsecurity from pg_class c
           where c.relnamespace = '"${service}"'::regnamespace and c.relkind = 'r' and c.relname not like 'audit\\_%'
         loop
           if not t.relrowsecurity then
             execute format('alter table "${service}".%I enable row level security', t.relname);
           end if;
           if not exists (select from pg_policy where polrelid = t.oid and polname = 'the service itself') then
             execute format('create policy "the service itself" on "${service}".%I to ${system} using (true) with check (true)', t.relname);
             execute format('grant select on "${service}".%I to ${everybody}, ${reader}', t.relname);
             execute format('grant select, insert, update, delete on "${service}".%I to ${writer}, ${system}', t.relname);
           end if;
         end loop;
       end $$`,
    )
    .execute(owner);
}

/** The owner may not make what row-level security needs. The message says who has to do what. */
export class RolesCannotBeMade extends MendableError {
  override readonly name = 'RolesCannotBeMade';
}

/** @throws RolesCannotBeMade for what a database administrator has to mend, and everything else as it came. */
export function explainRoles(error: unknown): never {
  const { code, message } = error as Error & { code?: string };
  if (code !== '42501') throw error;
  throw new RolesCannotBeMade(
    `The database's owner may not make the roles that services work under (${message}). Let it (alter role … createrole), or have them made and granted to it with the admin option: see docs/identity.md. Two installations on one server share these roles and need one owner.`,
  );
}
