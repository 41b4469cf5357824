-- Conferences, courses and other meetings, with their programmes.

create table events.event (
  id text primary key,
  title text not null,
  description text not null,
  kind text not null check (
    kind in ('CONFERENCE', 'DIALOGUE_CONFERENCE', 'INFORMATION_MEETING', 'COURSE', 'WEBINAR', 'SITE_VISIT')
  ),
  -- The status is not stored: these points in time, the seats and the clock give it. Not published means a draft.
  published_at timestamptz,
  registration_opens_at timestamptz,
  cancelled_at timestamptz,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  venue jsonb,
  online boolean not null,
  url text,
  -- No value means no limit.
  capacity int check (capacity >= 0),
  seats_taken int not null check (seats_taken >= 0),
  organiser text not null,
  municipality_number text,
  dialogue_id text,
  tender_id text,
  procurement_id text,
  search tsvector generated always as (
    setweight(to_tsvector('norwegian', title), 'A')
    || setweight(to_tsvector('norwegian', description), 'B')
    || setweight(
      to_tsvector('norwegian', organiser || ' ' || coalesce(venue ->> 'name', '') || ' ' || coalesce(venue ->> 'city', '')),
      'C'
    )
  ) stored,
  check (ends_at >= starts_at)
);

create index event_starts_index on events.event (starts_at, id);

create index event_starts_latest_index on events.event (starts_at desc nulls last, id desc);

create index event_ends_index on events.event (ends_at) where cancelled_at is null;

create index event_cancelled_index on events.event (cancelled_at) where cancelled_at is not null;

create index event_kind_index on events.event (kind, starts_at, id);

create index event_municipality_index on events.event (municipality_number, starts_at, id);

create index event_dialogue_index on events.event (dialogue_id, starts_at, id);

create index event_tender_index on events.event (tender_id, starts_at, id);

create index event_procurement_index on events.event (procurement_id, starts_at, id);

create index event_search_index on events.event using gin (search);

create table events.session (
  id uuid primary key,
  event_id text not null references events.event (id) on delete cascade,
  title text not null,
  description text,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  speakers jsonb not null,
  check (ends_at >= starts_at)
);

create index session_event_index on events.session (event_id, starts_at, id);

-- Procurements that turned out to be part of another. Remembered, because the joins of a chain may arrive in any order.
create table events.joined_procurement (
  id text primary key,
  into_id text not null
);

create index joined_procurement_into_index on events.joined_procurement (into_id);
