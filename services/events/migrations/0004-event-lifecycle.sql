-- Events are prepared, published, changed, cancelled and held in Samspill, with programme, material and calendars.

alter table events.event
  add column registration_closes_at timestamptz,
  -- Seats that one organisation may ask for, waiting ones included. No value means no limit.
  add column seats_per_organisation int check (seats_per_organisation > 0),
  -- How long a freed seat is held for those who waited for it.
  add column offer_hours int not null default 24 check (offer_hours between 1 and 336),
  add column cancellation_reason text,
  -- Counts the changes that calendars have to hear of (SEQUENCE in iCalendar). Never goes back.
  add column sequence int not null default 0 check (sequence >= 0),
  add column updated_at timestamptz,
  add column language text not null default 'nb' check (language in ('nb', 'nn', 'en')),
  add column contact_email text,
  -- How long after the event names and addresses are kept.
  add column personal_data_days int not null default 90 check (personal_data_days between 1 and 730),
  add column personal_data_erased_at timestamptz,
  -- The last place in the line that was given out: the order of registrations is that of these numbers.
  add column last_place bigint not null default 0;

update events.event set updated_at = coalesce(cancelled_at, published_at, starts_at);

alter table events.event alter column updated_at set not null;

-- Whatever a program does wrong, the database does not oversell. What is taken are confirmed and offered seats.

alter table events.event add constraint event_not_oversold check (capacity is null or seats_taken <= capacity);

-- Organisers say why they cancel; events from before that was asked for may have no reason.

alter table events.event add constraint event_only_cancelled_has_reason
  check (cancellation_reason is null or cancelled_at is not null);

alter table events.session
  add column room text,
  add column capacity int check (capacity >= 0),
  add column seats_taken int not null default 0 check (seats_taken >= 0),
  add constraint session_not_oversold check (capacity is null or seats_taken <= capacity);

-- What the timer of personal data looks for: those that have ended and still hold some.

create index event_erasure_index on events.event (ends_at) where personal_data_erased_at is null and published_at is not null;

-- Slides, sheets and other documents of an event that everybody reads, whether they were there or not.

create table events.material (
  id text primary key,
  document_id text not null unique,
  event_id text not null references events.event (id) on delete cascade,
  session_id uuid references events.session (id) on delete set null,
  published_at timestamptz not null
);

create index material_event_index on events.material (event_id, published_at, id);

create index material_session_index on events.material (session_id) where session_id is not null;

-- A person's own calendar, by a secret address. Only the hash of the secret is kept.

create table events.calendar_link (
  id text primary key,
  person_id text not null unique,
  token_hash text not null unique,
  language text not null check (language in ('nb', 'nn', 'en')),
  created_at timestamptz not null
);

-- Whoever shows a certificate shows its code; whoever is shown it asks whether the code is good. No name here.

create table events.certificate (
  code text primary key,
  attendee_id text not null unique,
  event_id text not null references events.event (id) on delete cascade,
  issued_at timestamptz not null
);

create index certificate_event_index on events.certificate (event_id);

drop policy "the municipality reads its drafts" on events.event;

create policy "the municipality reads its drafts" on events.event for select
  to samspill_events_reader
  using (published_at is not null or samspill.holds('MEMBER', municipality_number));

create policy "everybody who writes reads what is published" on events.event for select
  to samspill_events_writer
  using (published_at is not null);

-- A published event is seen by all who write, because others register for it. Whoever changes one locks its row
-- first (select … for no key update), which finds only rows that this policy lets them write.
-- Nobody deletes an event: a draft that comes to nothing stays one, and what was published is cancelled.
create policy "event hosts read what they write" on events.event for select
  to samspill_events_writer
  using (samspill.holds('EVENT_HOST', municipality_number));

create policy "event hosts create" on events.event for insert
  to samspill_events_writer
  with check (samspill.holds('EVENT_HOST', municipality_number));

create policy "event hosts change" on events.event for update
  to samspill_events_writer
  using (samspill.holds('EVENT_HOST', municipality_number))
  with check (samspill.holds('EVENT_HOST', municipality_number));

create policy "whoever writes the event" on events.session for all
  to samspill_events_writer
  using (exists (
    select from events.event where event.id = event_id and samspill.holds('EVENT_HOST', event.municipality_number)
  ))
  with check (exists (
    select from events.event where event.id = event_id and samspill.holds('EVENT_HOST', event.municipality_number)
  ));

create policy "whoever reads the event" on events.material for select
  to samspill_events_public, samspill_events_reader
  using (exists (select from events.event where event.id = event_id));

create policy "whoever writes the event" on events.material for all
  to samspill_events_writer
  using (exists (
    select from events.event where event.id = event_id and samspill.holds('EVENT_HOST', event.municipality_number)
  ))
  with check (exists (
    select from events.event where event.id = event_id and samspill.holds('EVENT_HOST', event.municipality_number)
  ));

create policy "their own is read" on events.calendar_link for select
  to samspill_events_reader
  using (samspill.is_person(person_id));

create policy "their own is written" on events.calendar_link for all
  to samspill_events_writer
  using (samspill.is_person(person_id))
  with check (samspill.is_person(person_id));
