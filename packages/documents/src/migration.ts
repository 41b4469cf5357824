import { roleName, type SqlMigration } from '@samspill/database';

/**
 * The tables of a service's documents. Whoever writes may set only whom a document is for: what the file is and
 * whether it has been checked is the service's own to say, by privilege and not only by policy.
 */
export function documentMigration(service: string): SqlMigration {
  const [everybody, reader, writer, system] = (['public', 'reader', 'writer', 'system'] as const).map(
    (role) => roleName(service, role),
  );
  const document = `"${service}".document`;
  const lease = `"${service}".document_lease`;
  const removal = `"${service}".document_removal`;
  const own = `(samspill.is_person(person_id) or samspill.represents(organisation_number)
      or (organisation_number is null and samspill.holds('MEMBER', municipality_number)))`;
  return {
    name: 'documents-0001',
    statements: [
      `create table ${document} (
        id text primary key,
        purpose text not null,
        name text not null check (char_length(name) between 1 and 200),
        media_type text not null,
        size integer not null check (size > 0),
        sha256 text check (sha256 ~ '^[0-9a-f]{64}$'),
        state text not null check (state in ('UPLOADING', 'CHECKING', 'READY', 'REFUSED')),
        refusal_code text,
        organisation_number text,
        municipality_number text,
        person_id text,
        attached_to_type text,
        attached_to_id text,
        published_at timestamptz,
        created_at timestamptz not null,
        settled_at timestamptz,
        failed_checks integer not null,
        check_after timestamptz,
        check ((state = 'READY') = (sha256 is not null)),
        check ((state = 'REFUSED') = (refusal_code is not null)),
        check ((state in ('READY', 'REFUSED')) = (settled_at is not null)),
        check ((attached_to_type is null) = (attached_to_id is null)),
        check (attached_to_id is null or state = 'READY'),
        check (published_at is null or state = 'READY')
      )`,
      `create index document_attached on ${document} (attached_to_type, attached_to_id)
        where attached_to_id is not null`,
      `create index document_person on ${document} (person_id) where person_id is not null`,
      // What is not attached to anything is on its way or will be given up: there is little of it.
      `create index document_loose on ${document} (state, created_at) where attached_to_id is null`,
      // Who is writing or checking a file just now, of all replicas; see lease.ts.
      `create table ${lease} (
        document_id text primary key references ${document} (id) on delete cascade,
        holder text not null,
        until timestamptz not null,
        wanted boolean not null default false
      )`,
      // Files that are to go away. Written in the transaction that says so; struck off once the file is gone.
      `create table ${removal} (
        document_id text primary key
      )`,
      `create function "${service}".document_removed() returns trigger
        language plpgsql security definer set search_path = pg_catalog, pg_temp
        as $$ begin
          insert into ${removal} (document_id) values (old.id) on conflict do nothing;
          return null;
        end $$`,
      `revoke all on function "${service}".document_removed() from public`,
      `create trigger document_removed after delete on ${document}
        for each row execute function "${service}".document_removed()`,
      ...[document, lease, removal].flatMap((table) => [
        `alter table ${table} enable row level security`,
        `create policy "the service itself" on ${table} to ${system} using (true) with check (true)`,
        `grant select, insert, update, delete on ${table} to ${system}`,
      ]),
      `grant select on ${document} to ${everybody}, ${reader}`,
      `grant select, insert, delete on ${document} to ${writer}`,
      `grant update (attached_to_type, attached_to_id, municipality_number, published_at) on ${document} to ${writer}`,
      `create policy "everybody reads what is published" on ${document} for select
        to ${everybody}, ${reader}, ${writer}
        using (published_at is not null)`,
      `create policy "those whose it is, and whom it was handed to" on ${document} for select to ${reader}
        using (${own} or samspill.holds('MEMBER', municipality_number))`,
      // Somebody else's document that is not attached yet is nothing that one could do anything with.
      `create policy "what one may write" on ${document} for select to ${writer}
        using (${own} or (attached_to_id is not null and samspill.holds('MEMBER', municipality_number)))`,
      `create policy "begin in one's own name" on ${document} for insert to ${writer}
        with check (
          samspill.is_person(person_id) and state = 'UPLOADING'
          and attached_to_id is null and published_at is null
          and (organisation_number is null or samspill.represents(organisation_number))
          and (municipality_number is null or organisation_number is not null
            or samspill.holds('MEMBER', municipality_number))
        )`,
      `create policy "attach one's own" on ${document} for update to ${writer}
        using (${own} and attached_to_id is null)
        with check (attached_to_id is not null and published_at is null)`,
      `create policy "the municipality publishes" on ${document} for update to ${writer}
        using (attached_to_id is not null and samspill.holds('MEMBER', municipality_number))
        with check (attached_to_id is not null and published_at is not null
          and samspill.holds('MEMBER', municipality_number))`,
      // What everybody has been shown stays, unless those who showed it take it away.
      `create policy "remove one's own" on ${document} for delete to ${writer}
        using (${own} and (published_at is null or samspill.holds('MEMBER', municipality_number)))`,
    ],
  };
}
