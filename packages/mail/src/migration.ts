import { roleName, type SqlMigration } from '@samspill/database';

/**
 * The letters of a service. Nobody but the service itself may read or change one; whoever changes something in their
 * own name can do no more than put a letter there, through `queue_mail`. The policy of the service itself is made
 * here rather than by `protectTables`, which would give everybody privileges on the table along with it.
 *
 * What a letter says and to whom is there only as long as it must be; that there was one stays.
 */
export function mailMigration(service: string): SqlMigration {
  const schema = `"${service}"`;
  const system = roleName(service, 'system');
  const mayQueue = [roleName(service, 'writer'), system].join(', ');
  return {
    name: 'mail-0001',
    statements: [
      `create table ${schema}.mail (
        id text primary key,
        template text not null check (length(template) <= 100),
        language text not null check (language in ('nb', 'nn', 'en')),
        about_type text not null check (length(about_type) <= 100),
        about_id text not null check (length(about_id) <= 300),
        person_id text,
        to_email text check (length(to_email) <= 254),
        to_name text check (length(to_name) <= 300),
        subject text check (length(subject) <= 300),
        body_text text check (length(body_text) <= 100000),
        body_html text check (length(body_html) <= 300000),
        calendar text check (length(calendar) <= 100000),
        message_id text not null,
        state text not null default 'WAITING' check (state in ('WAITING', 'SENT', 'FAILED', 'WITHDRAWN')),
        queued_at timestamptz not null,
        -- When it may next be tried. Whoever tries puts this a little ahead, so that nobody else does meanwhile.
        due_at timestamptz not null,
        attempts int not null default 0,
        -- Why the last attempt failed, as a code: what mail servers say has addresses in it.
        failure text check (length(failure) <= 100),
        ended_at timestamptz,
        check ((state in ('SENT', 'FAILED')) = (ended_at is not null)),
        check (state <> 'WAITING' or (to_email is not null and subject is not null and body_text is not null and body_html is not null))
      )`,
      `create index mail_due on ${schema}.mail (due_at) where state = 'WAITING'`,
      `create index mail_full on ${schema}.mail (ended_at) where to_email is not null and state <> 'WAITING'`,
      `create index mail_person on ${schema}.mail (person_id) where person_id is not null`,
      `create index mail_address on ${schema}.mail (lower(to_email)) where to_email is not null`,
      `create index mail_about on ${schema}.mail (about_type, about_id)`,
      `alter table ${schema}.mail enable row level security`,
      `create policy "the service itself" on ${schema}.mail to ${system} using (true) with check (true)`,
      `grant select, insert, update, delete on ${schema}.mail to ${system}`,
      // As the owner: whoever is behind the change may put a letter there and not so much as see that it is. What
      // PostgreSQL says of a row that it refuses has the whole row in it, over many lines; none of that goes further.
      `create function ${schema}.queue_mail(letter jsonb) returns void
        language plpgsql security definer set search_path = pg_catalog, pg_temp
        as $$
        declare
          refused text;
        begin
          insert into ${schema}.mail (
            id, template, language, about_type, about_id, person_id, to_email, to_name,
            subject, body_text, body_html, calendar, message_id, queued_at, due_at
          )
          select
            given.id, given.template, given.language, given.about_type, given.about_id, given.person_id,
            given.to_email, given.to_name, given.subject, given.body_text, given.body_html, given.calendar,
            given.message_id, given.queued_at, given.queued_at
          from jsonb_to_record(letter) as given (
            id text, template text, language text, about_type text, about_id text, person_id text, to_email text,
            to_name text, subject text, body_text text, body_html text, calendar text, message_id text,
            queued_at timestamptz
          )
          on conflict (id) do nothing;
        exception when check_violation or not_null_violation then
          get stacked diagnostics refused = constraint_name;
          raise check_violation using message = format('A letter cannot be queued: %s.', refused);
        end
        $$`,
      `revoke all on function ${schema}.queue_mail(jsonb) from public`,
      `grant execute on function ${schema}.queue_mail(jsonb) to ${mayQueue}`,
    ],
  };
}
