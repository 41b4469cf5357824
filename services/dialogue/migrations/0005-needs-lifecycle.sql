-- A need from its draft to its end: what must hold, whom it concerns beside its own municipality, and what became of it.

alter table dialogue.need
  add column constraints text[] not null default '{}',
  add column closed_at timestamptz,
  add column closed_reason text check (closed_reason in ('MET', 'WITHDRAWN', 'MERGED', 'OTHER')),
  add column closed_explanation text,
  -- The procurement that an officer has said it belongs to, until the registrar has made one chain of the two.
  add column linking_to text,
  -- How many follow it. Who they are, nobody but they may see, so it cannot be counted when it is asked for; and a
  -- person who is forgotten leaves the number as it was.
  add column followers int not null default 0 check (followers >= 0),
  -- How many other municipalities have joined it; counted here so that needs can be ordered by it.
  add column joined int not null default 0 check (joined >= 0),
  add check ((status = 'CLOSED') = (closed_at is not null)),
  add check ((closed_at is null) = (closed_reason is null) and (closed_at is null) = (closed_explanation is null));

create index need_linking_index on dialogue.need (procurement_id) where linking_to is not null;

create index need_joined_index on dialogue.need (joined desc, id desc);

create index need_followers_index on dialogue.need (followers desc, id desc);

-- A finding that somebody has looked at and let stand, as it was then: the words that are looked for change with time,
-- and what was shown to everybody with its reason must not.
create table dialogue.overridden_finding (
  need_id text not null references dialogue.need (id) on delete cascade,
  finding_id text not null,
  finding jsonb not null,
  reason text not null,
  overridden_at timestamptz not null,
  primary key (need_id, finding_id)
);

-- What has been made clearer since a need was published. Added to, never changed: what is published stands.
create table dialogue.need_clarification (
  id text primary key,
  need_id text not null references dialogue.need (id) on delete cascade,
  text text not null,
  added_at timestamptz not null
);

create index need_clarification_need_index on dialogue.need_clarification (need_id, added_at, id);

create table dialogue.need_following (
  id text primary key,
  need_id text not null references dialogue.need (id) on delete cascade,
  person_id text not null,
  organisation_number text,
  email text,
  language text not null,
  followed_at timestamptz not null,
  unique (need_id, person_id)
);

create index need_following_person_index on dialogue.need_following (person_id, followed_at desc, id desc);

create table dialogue.need_joining (
  id text primary key,
  need_id text not null references dialogue.need (id) on delete cascade,
  municipality_number text not null,
  volume text not null,
  comment text,
  joined_at timestamptz not null,
  unique (need_id, municipality_number)
);

create index need_joining_need_index on dialogue.need_joining (need_id, joined_at, id);

create index need_joining_municipality_index on dialogue.need_joining (municipality_number, joined_at desc, id desc);

-- What has been published is no longer anybody's to remove.
drop policy "procurement officers write" on dialogue.need;

create policy "procurement officers see their drafts" on dialogue.need for select
  to samspill_dialogue_writer
  using (samspill.holds('PROCUREMENT_OFFICER', municipality_number));

create policy "procurement officers begin" on dialogue.need for insert
  to samspill_dialogue_writer
  with check (samspill.holds('PROCUREMENT_OFFICER', municipality_number));

create policy "procurement officers change" on dialogue.need for update
  to samspill_dialogue_writer
  using (samspill.holds('PROCUREMENT_OFFICER', municipality_number))
  with check (samspill.holds('PROCUREMENT_OFFICER', municipality_number));

create policy "procurement officers discard drafts" on dialogue.need for delete
  to samspill_dialogue_writer
  using (status = 'DRAFT' and samspill.holds('PROCUREMENT_OFFICER', municipality_number));

create policy "whoever reads the need" on dialogue.overridden_finding for select
  to samspill_dialogue_public, samspill_dialogue_reader
  using (exists (select from dialogue.need where need.id = need_id));

create policy "procurement officers of the draft" on dialogue.overridden_finding for all
  to samspill_dialogue_writer
  using (exists (
    select from dialogue.need
    where need.id = need_id and status = 'DRAFT' and samspill.holds('PROCUREMENT_OFFICER', municipality_number)
  ))
  with check (exists (
    select from dialogue.need
    where need.id = need_id and status = 'DRAFT' and samspill.holds('PROCUREMENT_OFFICER', municipality_number)
  ));

create policy "everybody reads" on dialogue.need_clarification for select
  to samspill_dialogue_public, samspill_dialogue_reader, samspill_dialogue_writer
  using (true);

create policy "procurement officers add" on dialogue.need_clarification for insert
  to samspill_dialogue_writer
  with check (exists (
    select from dialogue.need
    where need.id = need_id and status <> 'DRAFT' and samspill.holds('PROCUREMENT_OFFICER', municipality_number)
  ));

-- Not even the municipality may see who follows: nobody is to be known for having shown interest.
create policy "the person alone reads" on dialogue.need_following for select
  to samspill_dialogue_reader
  using (samspill.is_person(person_id));

create policy "the person alone writes" on dialogue.need_following for all
  to samspill_dialogue_writer
  using (samspill.is_person(person_id))
  with check (
    samspill.is_person(person_id)
    and (organisation_number is null or samspill.represents(organisation_number))
    and exists (select from dialogue.need where need.id = need_id and status <> 'DRAFT')
  );

create policy "everybody reads" on dialogue.need_joining for select
  to samspill_dialogue_public, samspill_dialogue_reader, samspill_dialogue_writer
  using (true);

create policy "procurement officers join" on dialogue.need_joining for insert
  to samspill_dialogue_writer
  with check (
    samspill.holds('PROCUREMENT_OFFICER', municipality_number)
    and exists (select from dialogue.need where need.id = need_id and status <> 'DRAFT')
  );

create policy "procurement officers say it better" on dialogue.need_joining for update
  to samspill_dialogue_writer
  using (samspill.holds('PROCUREMENT_OFFICER', municipality_number))
  with check (samspill.holds('PROCUREMENT_OFFICER', municipality_number));

create policy "procurement officers leave" on dialogue.need_joining for delete
  to samspill_dialogue_writer
  using (samspill.holds('PROCUREMENT_OFFICER', municipality_number));
