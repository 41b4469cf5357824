-- Who acts for a municipality, and every role that somebody has or had there.

create table tenders.member (
  id uuid primary key,
  -- Of the municipality as it is today.
  municipality_number text not null references tenders.municipality (number),
  -- Pseudonym; null once the person has been forgotten.
  person_id text,
  -- What colleagues call the person; null once forgotten.
  display_name text,
  -- The organisation that the person acts for at log-in.
  organisation_number text not null,
  since timestamptz not null,
  unique (municipality_number, person_id)
);

create table tenders.role_grant (
  id uuid primary key,
  member_id uuid not null references tenders.member (id),
  role text not null check (
    role in ('PROCUREMENT_OFFICER', 'EVALUATOR', 'OPENER', 'CONTRACT_MANAGER', 'EVENT_HOST', 'ADMINISTRATOR')
  ),
  granted_at timestamptz not null,
  -- The member who did it; null when the configuration or the demo data did.
  granted_by uuid references tenders.member (id),
  reason text,
  revoked_at timestamptz,
  revoked_by uuid references tenders.member (id),
  revoke_reason text,
  check (revoked_at >= granted_at)
);

create index role_grant_member_index on tenders.role_grant (member_id, granted_at, id);

-- Counts the changes of memberships, so that their messages may arrive in any order; see membership-changed.
create sequence tenders.membership_version;

grant usage on sequence tenders.membership_version to samspill_tenders_writer, samspill_tenders_system;

-- A role is held once at a time.
create unique index role_grant_held_index on tenders.role_grant (member_id, role) where revoked_at is null;

alter table tenders.municipality add column organisation_number text unique;

update tenders.municipality set organisation_number = '920123899' where number = '3118';

-- While writing, nobody sees what is not theirs to write: to change a row that is seen but not for writing would
-- touch nothing, without an error, and the audit log would tell of a change that never was.
create policy "colleagues read" on tenders.member for select
  to samspill_tenders_reader
  using (samspill.holds('MEMBER', municipality_number) or samspill.is_person(person_id));

create policy "administrators write" on tenders.member for all
  to samspill_tenders_writer
  using (samspill.holds('ADMINISTRATOR', municipality_number))
  with check (samspill.holds('ADMINISTRATOR', municipality_number));

create policy "colleagues read" on tenders.role_grant for select
  to samspill_tenders_reader
  using (exists (select from tenders.member where member.id = member_id));

create policy "administrators write" on tenders.role_grant for all
  to samspill_tenders_writer
  using (exists (
    select from tenders.member
    where member.id = member_id and samspill.holds('ADMINISTRATOR', member.municipality_number)
  ))
  with check (exists (
    select from tenders.member
    where member.id = member_id and samspill.holds('ADMINISTRATOR', member.municipality_number)
  ));

create policy "administrators write" on tenders.membership for all
  to samspill_tenders_writer
  using (samspill.holds('ADMINISTRATOR', municipality))
  -- Of the municipality's own numbers and organisation: a row with another's would be a grant there.
  with check (
    samspill.holds('ADMINISTRATOR', municipality)
    and organisation = (select organisation_number from tenders.municipality m where m.number = municipality)
    and municipality_numbers <@ (
      with recursive line (number) as (
        select municipality
        union
        select s.predecessor from tenders.municipality_succession s join line on line.number = s.successor
      )
      select array_agg(number) from line
    )
  );
