import { GENESIS, schemaOf } from './canonical.js';

/**
 * The tables and functions of a service's chain, one statement each. The roles `samspill_<service>_public`,
 * `_reader`, `_writer` and `_system` and the functions `samspill.holds` and `samspill.represents` must be
 * there already. Run by the owner of the schema, who is then the only one to write entries, through
 * `append_audit`.
 */
export function auditMigration(service: string): { name: string; statements: string[] } {
  const schema = schemaOf(service);
  const role = (name: string) => `"samspill_${service}_${name}"`;
  const everyRole = ['public', 'reader', 'writer', 'system'].map(role).join(', ');
  const tables = ['audit_entry', 'audit_head', 'audit_person', 'audit_checkpoint'];
  const short = (column: string) => `${column} text check (length(${column}) <= 300)`;
  return {
    name: 'audit-0001',
    statements: [
      `create table ${schema}.audit_entry (
  sequence bigint primary key,
  at timestamptz not null,
  ${short('request_id')} not null,
  actor_kind text not null check (actor_kind in ('PUBLIC', 'PERSON', 'SERVICE')),
  actor_reference uuid,
  actor_commitment bytea,
  ${short('client_id')},
  organisations text[] not null,
  roles text[] not null,
  ${short('login_level')},
  ${short('operation')} not null,
  outcome text not null check (outcome in ('DONE', 'READ', 'REFUSED')),
  ${short('code')},
  ${short('object_type')},
  ${short('object_id')},
  ${short('owner_municipality')},
  ${short('owner_organisation')},
  before_digest bytea,
  after_digest bytea,
  previous_hash bytea not null,
  hash bytea not null,
  check ((actor_reference is null) = (actor_commitment is null))
)`,
      `create index audit_entry_object on ${schema}.audit_entry (object_type, object_id, sequence)
  where object_id is not null`,
      `create index audit_entry_municipality on ${schema}.audit_entry (owner_municipality, sequence)
  where owner_municipality is not null`,
      `create index audit_entry_organisation on ${schema}.audit_entry (owner_organisation, sequence)
  where owner_organisation is not null`,
      `create index audit_entry_actor on ${schema}.audit_entry (actor_reference)
  where actor_reference is not null`,
      // One row, written with every entry: with room beside it, PostgreSQL need not touch its index for that.
      `create table ${schema}.audit_head (
  alone boolean primary key default true check (alone),
  sequence bigint not null,
  hash bytea not null
) with (fillfactor = 10)`,
      `insert into ${schema}.audit_head (sequence, hash) values (0, decode('${GENESIS}', 'hex'))`,
      `create table ${schema}.audit_person (
  reference uuid primary key,
  salt bytea not null,
  person_id text not null
)`,
      `create index audit_person_id on ${schema}.audit_person (person_id)`,
      `create table ${schema}.audit_checkpoint (
  day date primary key,
  sequence bigint not null,
  hash bytea not null,
  key_id text not null,
  signature bytea not null,
  signed_at timestamptz not null
)`,
      // Called stable, as `convert_to` is: called stricter than what it is made of, it could not be inlined.
      `create function ${schema}.audit_field(value text) returns text
language sql stable
return case when value is null then '-' else octet_length(convert_to(value, 'UTF8')) || ':' || value end`,
      `create function ${schema}.audit_list(elements text[]) returns text
language sql stable
return case when elements is null then '-' else cardinality(elements) || '*' || coalesce(
  (select string_agg(${schema}.audit_field(element), '' order by place)
   from unnest(elements) with ordinality as numbered (element, place)), '') end`,
      canonicalFunction(service, schema),
      appendFunction(service, schema),
      ...protection(schema),
      ...tables.map((table) => `alter table ${schema}.${table} enable row level security`),
      ...tables.map((table) => `revoke all on ${schema}.${table} from public, ${everyRole}`),
      `revoke all on function ${schema}.append_audit(jsonb) from public`,
      `revoke all on function ${schema}.audit_canonical(${schema}.audit_entry) from public`,
      `revoke all on function ${schema}.audit_list(text[]) from public`,
      `revoke all on function ${schema}.audit_field(text) from public`,
      `grant usage on schema ${schema} to ${everyRole}`,
      `grant execute on function ${schema}.append_audit(jsonb) to ${everyRole}`,
      ...reading(schema, role('reader')),
      ...tables.flatMap((table) => [
        `grant select on ${schema}.${table} to ${role('system')}`,
        `create policy ${table}_system on ${schema}.${table} for select to ${role('system')} using (true)`,
      ]),
      `grant delete on ${schema}.audit_person to ${role('system')}`,
      `create policy audit_person_erasure on ${schema}.audit_person for delete to ${role('system')} using (true)`,
      `grant insert on ${schema}.audit_checkpoint to ${role('system')}`,
      `create policy audit_checkpoint_signing on ${schema}.audit_checkpoint for insert to ${role('system')} with check (true)`,
    ],
  };
}

/** The text that is hashed; `canonical.ts` has the same in JavaScript, and says why it looks like this. */
function canonicalFunction(service: string, schema: string): string {
  const text = (value: string) => `${schema}.audit_field(${value})`;
  const bytes = (column: string) => text(`encode((entry).${column}, 'hex')`);
  const fields = [
    text(`'samspill-audit-1'`),
    text(`'${service}'`),
    text('(entry).sequence::text'),
    bytes('previous_hash'),
    text('extract(epoch from (entry).at)::text'),
    text('(entry).request_id'),
    text('(entry).actor_kind'),
    text('(entry).actor_reference::text'),
    bytes('actor_commitment'),
    text('(entry).client_id'),
    `${schema}.audit_list((entry).organisations)`,
    `${schema}.audit_list((entry).roles)`,
    text('(entry).login_level'),
    text('(entry).operation'),
    text('(entry).outcome'),
    text('(entry).code'),
    text('(entry).object_type'),
    text('(entry).object_id'),
    text('(entry).owner_municipality'),
    text('(entry).owner_organisation'),
    bytes('before_digest'),
    bytes('after_digest'),
  ];
  return `create function ${schema}.audit_canonical(entry ${schema}.audit_entry) returns text
language sql stable
return ${fields.join('\n  || ')}`;
}

/**
 * Locks the head first, so entries get their sequence in the order in which transactions reach this point, and
 * a transaction that is rolled back gives its sequence back.
 *
 * A person is written down once for each run of entries with the same request: those are known to belong
 * together anyway, by the request's id. One reference for a whole day would save rows, but leave what a person
 * did that day tied together for ever after they were erased.
 */
function appendFunction(service: string, schema: string): string {
  const member = (name: string) => `pg_has_role(caller, 'samspill_${service}_${name}'::name, 'usage')`;
  return `create function ${schema}.append_audit(entries jsonb) returns bigint
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $append$
declare
  -- In here current_user is the owner; who calls is what the transaction set its role to, or who connected.
  caller name := coalesce(nullif(current_setting('role'), 'none'), session_user)::name;
  allowed text[];
  head ${schema}.audit_head%rowtype;
  given record;
  entry ${schema}.audit_entry%rowtype;
  person_before text;
  request_before text;
  salt bytea;
begin
  -- Whoever cannot have done something cannot say that they did.
  allowed := case
    when caller = current_user or ${member('writer')} or ${member('system')} then array['DONE', 'READ', 'REFUSED']
    when ${member('reader')} then array['READ', 'REFUSED']
    else array['REFUSED']
  end;
  select * into strict head from ${schema}.audit_head for update;
  for given in
    select * from rows from (jsonb_to_recordset(entries) as (
      at timestamptz, request_id text, actor_kind text, person_id text, client_id text, organisations text[],
      roles text[], login_level text, operation text, outcome text, code text, object_type text,
      object_id text, owner_municipality text, owner_organisation text, before_digest text, after_digest text
    )) with ordinality order by ordinality
  loop
    if given.outcome is null or not given.outcome = any (allowed) then
      raise insufficient_privilege
        using message = format('%s may not append an entry with the outcome %s.', caller, given.outcome);
    end if;
    head.sequence := head.sequence + 1;
    entry.sequence := head.sequence;
    entry.at := given.at;
    entry.request_id := given.request_id;
    entry.actor_kind := given.actor_kind;
    entry.client_id := given.client_id;
    entry.organisations := coalesce(given.organisations, '{}');
    entry.roles := coalesce(given.roles, '{}');
    entry.login_level := given.login_level;
    entry.operation := given.operation;
    entry.outcome := given.outcome;
    entry.code := given.code;
    entry.object_type := given.object_type;
    entry.object_id := given.object_id;
    entry.owner_municipality := given.owner_municipality;
    entry.owner_organisation := given.owner_organisation;
    entry.before_digest := decode(given.before_digest, 'hex');
    entry.after_digest := decode(given.after_digest, 'hex');
    if given.person_id is null then
      entry.actor_reference := null;
      entry.actor_commitment := null;
    elsif given.person_id is distinct from person_before or given.request_id is distinct from request_before then
      entry.actor_reference := gen_random_uuid();
      salt := uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid());
      entry.actor_commitment := sha256(salt || convert_to(given.person_id, 'UTF8'));
      insert into ${schema}.audit_person (reference, salt, person_id)
        values (entry.actor_reference, salt, given.person_id);
    end if;
    person_before := given.person_id;
    request_before := given.request_id;
    entry.previous_hash := head.hash;
    head.hash := sha256(convert_to(${schema}.audit_canonical(entry), 'UTF8'));
    entry.hash := head.hash;
    insert into ${schema}.audit_entry values (entry.*);
  end loop;
  update ${schema}.audit_head set sequence = head.sequence, hash = head.hash;
  return head.sequence;
end
$append$`;
}

/**
 * Entries and checkpoints are never changed, and the head never goes away, not even by the owner's mistake.
 * For each statement, so that one that would hit no row is refused as well, and always, so that a session
 * that plays a replica is no way around it. An owner who means it can still drop the trigger; that is what
 * the chain is for.
 */
function protection(schema: string): string[] {
  const refuse = (table: string, what: string) => [
    `create trigger ${table}_stays before ${what} on ${schema}.${table}
for each statement execute function ${schema}.audit_stays()`,
    `alter table ${schema}.${table} enable always trigger ${table}_stays`,
  ];
  return [
    `create function ${schema}.audit_stays() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp
as $stays$
begin
  raise insufficient_privilege using message = format(
    'The audit log is only ever added to: %s on %I.%I is refused.', tg_op, tg_table_schema, tg_table_name);
end
$stays$`,
    `revoke all on function ${schema}.audit_stays() from public`,
    ...refuse('audit_entry', 'update or delete or truncate'),
    ...refuse('audit_checkpoint', 'update or delete or truncate'),
    ...refuse('audit_head', 'delete or truncate'),
  ];
}

/**
 * Who may read the trail of an object: administrators of the municipality that owns it, and whoever represents
 * the organisation that owns it. Who the acting person was is for the administrators alone: a supplier is to
 * know that its bid was opened by the municipality, not to follow a person through its days.
 */
function reading(schema: string, reader: string): string[] {
  return [
    `grant select on ${schema}.audit_entry to ${reader}`,
    `grant select (reference, person_id) on ${schema}.audit_person to ${reader}`,
    `create policy audit_entry_reader on ${schema}.audit_entry for select to ${reader} using (
  (owner_municipality is not null and samspill.holds('ADMINISTRATOR', owner_municipality))
  or (owner_organisation is not null and samspill.represents(owner_organisation))
)`,
    `create policy audit_person_reader on ${schema}.audit_person for select to ${reader} using (
  exists (
    select from ${schema}.audit_entry entry
    where entry.actor_reference = audit_person.reference and entry.owner_municipality is not null
      and samspill.holds('ADMINISTRATOR', entry.owner_municipality)
  )
)`,
  ];
}
