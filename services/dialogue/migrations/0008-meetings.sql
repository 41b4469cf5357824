-- One-to-one meetings: rounds of equally long slots, requests for them, the lot, and what was said.

create table dialogue.meeting_round (
  id text primary key,
  dialogue_id text not null references dialogue.market_dialogue (id) on delete cascade,
  municipality_number text not null,
  number int not null check (number > 0),
  title text not null,
  minutes int not null check (minutes > 0),
  requests_close_at timestamptz not null,
  seed_commitment text not null check (seed_commitment ~ '^[0-9a-f]{64}$'),
  -- Null until the draw: what the commitment is a digest of.
  seed text,
  drawn_at timestamptz,
  cancelled_at timestamptz,
  cancellation_reason text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique (dialogue_id, number),
  -- What makes all slots of a round equally long: a slot refers to both.
  unique (id, minutes),
  -- What makes everything below a round its municipality's, for the policies.
  unique (id, dialogue_id, municipality_number),
  check ((seed is null) = (drawn_at is null)),
  check ((cancelled_at is null) = (cancellation_reason is null)),
  -- The database itself lets nobody publish another seed than the one that was committed to.
  check (seed is null or encode(sha256(convert_to(seed, 'UTF8')), 'hex') = seed_commitment)
);

-- Who knows the seed before the requests are in, decides the lot. No policy lets anybody in but the service itself.
create table dialogue.meeting_seed (
  round_id text primary key references dialogue.meeting_round (id) on delete cascade,
  seed text not null
);

create table dialogue.meeting_slot (
  id text primary key,
  round_id text not null,
  dialogue_id text not null,
  municipality_number text not null,
  minutes int not null,
  room text not null,
  -- As a number, because GiST in PostgreSQL itself knows ranges and no texts. Halved, so that the range above it is one.
  room_key bigint not null generated always as (
    hashtextextended(municipality_number || '/' || lower(room), 0) / 2
  ) stored,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  removed_at timestamptz,
  foreign key (round_id, minutes) references dialogue.meeting_round (id, minutes) on delete cascade,
  foreign key (round_id, dialogue_id, municipality_number)
    references dialogue.meeting_round (id, dialogue_id, municipality_number) on delete cascade,
  check (extract(epoch from ends_at - starts_at) = minutes * 60),
  unique (id, round_id, starts_at, ends_at),
  constraint meeting_slot_room_taken exclude using gist (
    int8range(room_key, room_key, '[]') with &&,
    tstzrange(starts_at, ends_at) with &&
  ) where (removed_at is null)
);

create index meeting_slot_round_index on dialogue.meeting_slot (round_id, starts_at, room, id);

create table dialogue.meeting_request (
  id text primary key,
  round_id text not null,
  dialogue_id text not null,
  municipality_number text not null,
  organisation_number text not null check (organisation_number ~ '^[0-9]{9}$'),
  organisation_name text not null,
  person_id text,
  wishes text,
  -- Slots at which the organisation cannot meet.
  unavailable text[] not null,
  requested_at timestamptz not null,
  withdrawn_at timestamptz,
  foreign key (round_id, dialogue_id, municipality_number)
    references dialogue.meeting_round (id, dialogue_id, municipality_number) on delete cascade,
  unique (round_id, organisation_number)
);

create index meeting_request_requested_index on dialogue.meeting_request (round_id, requested_at, id);

create index meeting_request_person_index on dialogue.meeting_request (person_id) where person_id is not null;

-- The result of the lot, for everybody to replay.
create table dialogue.meeting_lot (
  id text primary key,
  round_id text not null references dialogue.meeting_round (id) on delete cascade,
  position int not null check (position > 0),
  organisation_number text not null,
  organisation_name text not null,
  digest text not null check (digest ~ '^[0-9a-f]{64}$'),
  had_meeting_before boolean not null,
  unavailable text[] not null,
  -- What the draw gave, and what the organisation has now.
  slot_id text references dialogue.meeting_slot (id),
  slot_now_id text references dialogue.meeting_slot (id),
  unique (round_id, position),
  unique (round_id, organisation_number)
);

create table dialogue.meeting (
  id text primary key,
  round_id text not null,
  dialogue_id text not null,
  municipality_number text not null,
  request_id text not null references dialogue.meeting_request (id) on delete cascade,
  slot_id text not null,
  organisation_number text not null check (organisation_number ~ '^[0-9]{9}$'),
  organisation_name text not null,
  -- The slot's own, held equal by the reference below: an exclusion constraint sees one table.
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  allotted_at timestamptz not null,
  cancelled_at timestamptz,
  cancelled_by text check (cancelled_by in ('SUPPLIER', 'MUNICIPALITY')),
  cancellation_reason text,
  -- How often it has changed, for calendars.
  sequence int not null default 0,
  updated_at timestamptz not null,
  unique (id, dialogue_id, municipality_number, organisation_number),
  foreign key (round_id, dialogue_id, municipality_number)
    references dialogue.meeting_round (id, dialogue_id, municipality_number) on delete cascade,
  foreign key (slot_id, round_id, starts_at, ends_at)
    references dialogue.meeting_slot (id, round_id, starts_at, ends_at) on delete cascade,
  check ((cancelled_at is null) = (cancelled_by is null) and (cancelled_at is null) = (cancellation_reason is null)),
  constraint meeting_organisation_busy exclude using gist (
    int8range(organisation_number::bigint, organisation_number::bigint, '[]') with &&,
    tstzrange(starts_at, ends_at) with &&
  ) where (cancelled_at is null)
);

create unique index meeting_slot_booked_index on dialogue.meeting (slot_id) where cancelled_at is null;

create unique index meeting_once_a_round_index on dialogue.meeting (round_id, organisation_number) where cancelled_at is null;

create index meeting_round_index on dialogue.meeting (round_id, starts_at, id);

create index meeting_dialogue_index on dialogue.meeting (dialogue_id, organisation_number);

create index meeting_request_index on dialogue.meeting (request_id);

create table dialogue.meeting_minutes (
  meeting_id text primary key,
  dialogue_id text not null,
  municipality_number text not null,
  organisation_number text not null,
  text text not null,
  -- The officer has said so in so many words: the supplier got to know nothing that is not public.
  nothing_told boolean not null,
  recorded_at timestamptz not null,
  person_id text,
  foreign key (meeting_id, dialogue_id, municipality_number, organisation_number)
    references dialogue.meeting (id, dialogue_id, municipality_number, organisation_number) on delete cascade
);

create index meeting_minutes_dialogue_index on dialogue.meeting_minutes (dialogue_id);

create index meeting_minutes_person_index on dialogue.meeting_minutes (person_id) where person_id is not null;

create table dialogue.meeting_comment (
  id text primary key,
  meeting_id text not null references dialogue.meeting_minutes (meeting_id) on delete cascade,
  dialogue_id text not null,
  municipality_number text not null,
  organisation_number text not null,
  by text not null check (by in ('SUPPLIER', 'MUNICIPALITY')),
  text text,
  confirms boolean not null,
  written_at timestamptz not null,
  person_id text,
  foreign key (meeting_id, dialogue_id, municipality_number, organisation_number)
    references dialogue.meeting (id, dialogue_id, municipality_number, organisation_number) on delete cascade,
  check (confirms or text is not null),
  check (by = 'SUPPLIER' or not confirms)
);

create index meeting_comment_meeting_index on dialogue.meeting_comment (meeting_id, written_at, id);

create index meeting_comment_person_index on dialogue.meeting_comment (person_id) where person_id is not null;

-- What the supplier says is secret, in a table of its own: no query, feed, mail or summary that reads the others can give it away.
create table dialogue.meeting_secret (
  id text primary key,
  meeting_id text not null,
  dialogue_id text not null,
  municipality_number text not null,
  organisation_number text not null,
  by text not null check (by in ('SUPPLIER', 'MUNICIPALITY')),
  text text not null,
  written_at timestamptz not null,
  foreign key (meeting_id, dialogue_id, municipality_number, organisation_number)
    references dialogue.meeting (id, dialogue_id, municipality_number, organisation_number) on delete cascade
);

create index meeting_secret_meeting_index on dialogue.meeting_secret (meeting_id, written_at, id);

create index meeting_secret_dialogue_index on dialogue.meeting_secret (dialogue_id);

-- A person's own calendar has an address that only they know. What it is cannot be read out of its digest.
create table dialogue.dialogue_calendar_link (
  id text primary key,
  person_id text not null,
  name text,
  token_hash text not null unique check (token_hash ~ '^[0-9a-f]{64}$'),
  created_at timestamptz not null
);

create index dialogue_calendar_link_person_index on dialogue.dialogue_calendar_link (person_id, created_at, id);

-- How many have asked, which everybody may know; who, they may not before the draw.
create function dialogue.meeting_request_counts(rounds text[]) returns table (round_id text, requests int)
language sql stable security definer set search_path = dialogue, pg_temp
as $$
  select r.round_id, count(*)::int from dialogue.meeting_request r
  where r.round_id = any (rounds) and r.withdrawn_at is null group by r.round_id
$$;

create policy "whoever reads the dialogue" on dialogue.meeting_round for select
  to samspill_dialogue_public, samspill_dialogue_reader, samspill_dialogue_writer
  using (exists (select from dialogue.market_dialogue where market_dialogue.id = dialogue_id));

create policy "procurement officers begin" on dialogue.meeting_round for insert
  to samspill_dialogue_writer
  with check (samspill.holds('PROCUREMENT_OFFICER', municipality_number) and seed is null
    and exists (select from dialogue.market_dialogue d where d.id = dialogue_id and d.announced_at is not null
      and d.municipality_number = meeting_round.municipality_number));

create policy "procurement officers change" on dialogue.meeting_round for update
  to samspill_dialogue_writer
  using (samspill.holds('PROCUREMENT_OFFICER', municipality_number))
  with check (samspill.holds('PROCUREMENT_OFFICER', municipality_number));

create policy "whoever reads the round" on dialogue.meeting_slot for select
  to samspill_dialogue_public, samspill_dialogue_reader, samspill_dialogue_writer
  using (exists (select from dialogue.meeting_round where meeting_round.id = round_id));

create policy "procurement officers add" on dialogue.meeting_slot for insert
  to samspill_dialogue_writer
  with check (samspill.holds('PROCUREMENT_OFFICER', municipality_number));

create policy "procurement officers change" on dialogue.meeting_slot for update
  to samspill_dialogue_writer
  using (samspill.holds('PROCUREMENT_OFFICER', municipality_number))
  with check (samspill.holds('PROCUREMENT_OFFICER', municipality_number));

create policy "whoever reads the round" on dialogue.meeting_lot for select
  to samspill_dialogue_public, samspill_dialogue_reader, samspill_dialogue_writer
  using (exists (select from dialogue.meeting_round where meeting_round.id = round_id));

create policy "the organisation and the municipality read" on dialogue.meeting_request for select
  to samspill_dialogue_reader
  using (samspill.represents(organisation_number) or samspill.holds('MEMBER', municipality_number));

create policy "the organisation sees its own" on dialogue.meeting_request for select
  to samspill_dialogue_writer
  using (samspill.represents(organisation_number));

create policy "a participant asks before the draw" on dialogue.meeting_request for insert
  to samspill_dialogue_writer
  with check (samspill.represents(organisation_number)
    and exists (select from dialogue.participant p where p.dialogue_id = meeting_request.dialogue_id
      and p.organisation_number = meeting_request.organisation_number and p.left_at is null)
    and exists (select from dialogue.meeting_round r
      where r.id = round_id and r.drawn_at is null and r.cancelled_at is null));

create policy "the organisation changes its own" on dialogue.meeting_request for update
  to samspill_dialogue_writer
  using (samspill.represents(organisation_number))
  with check (samspill.represents(organisation_number));

create policy "the organisation and the municipality read" on dialogue.meeting for select
  to samspill_dialogue_reader
  using (samspill.represents(organisation_number) or samspill.holds('MEMBER', municipality_number));

create policy "the organisation and the officers see" on dialogue.meeting for select
  to samspill_dialogue_writer
  using (samspill.represents(organisation_number) or samspill.holds('PROCUREMENT_OFFICER', municipality_number));

create policy "procurement officers change" on dialogue.meeting for update
  to samspill_dialogue_writer
  using (samspill.holds('PROCUREMENT_OFFICER', municipality_number))
  with check (samspill.holds('PROCUREMENT_OFFICER', municipality_number));

-- And nothing else: a supplier who could move its meeting could choose its place in the line.
create policy "the organisation cancels" on dialogue.meeting for update
  to samspill_dialogue_writer
  using (samspill.represents(organisation_number))
  with check (samspill.represents(organisation_number) and cancelled_by = 'SUPPLIER');

create policy "the organisation and the municipality read" on dialogue.meeting_minutes for select
  to samspill_dialogue_reader
  using (samspill.represents(organisation_number) or samspill.holds('MEMBER', municipality_number));

create policy "the organisation and the officers see" on dialogue.meeting_minutes for select
  to samspill_dialogue_writer
  using (samspill.represents(organisation_number) or samspill.holds('PROCUREMENT_OFFICER', municipality_number));

create policy "procurement officers record" on dialogue.meeting_minutes for insert
  to samspill_dialogue_writer
  with check (samspill.holds('PROCUREMENT_OFFICER', municipality_number));

create policy "the organisation and the municipality read" on dialogue.meeting_comment for select
  to samspill_dialogue_reader
  using (samspill.represents(organisation_number) or samspill.holds('MEMBER', municipality_number));

create policy "either side comments" on dialogue.meeting_comment for insert
  to samspill_dialogue_writer
  with check (
    (by = 'SUPPLIER' and samspill.represents(organisation_number))
    or (by = 'MUNICIPALITY' and samspill.holds('PROCUREMENT_OFFICER', municipality_number))
  );

create policy "the organisation and the officers see" on dialogue.meeting_comment for select
  to samspill_dialogue_writer
  using (samspill.represents(organisation_number) or samspill.holds('PROCUREMENT_OFFICER', municipality_number));

create policy "the organisation and the procurement officers read" on dialogue.meeting_secret for select
  to samspill_dialogue_reader, samspill_dialogue_writer
  using (samspill.represents(organisation_number) or samspill.holds('PROCUREMENT_OFFICER', municipality_number));

create policy "either side writes" on dialogue.meeting_secret for insert
  to samspill_dialogue_writer
  with check (
    (by = 'SUPPLIER' and samspill.represents(organisation_number))
    or (by = 'MUNICIPALITY' and samspill.holds('PROCUREMENT_OFFICER', municipality_number))
  );

create policy "the person reads" on dialogue.dialogue_calendar_link for select
  to samspill_dialogue_reader
  using (samspill.is_person(person_id));

create policy "the person writes" on dialogue.dialogue_calendar_link for all
  to samspill_dialogue_writer
  using (samspill.is_person(person_id))
  with check (samspill.is_person(person_id));
