-- Needs, and the conversations with the market about them. Both hang on the procurement, the chain's identity.

create table dialogue.need (
  id text primary key,
  procurement_id text not null,
  municipality_number text,
  title text not null,
  effect text not null,
  users text not null,
  success_criteria text[] not null,
  volume text,
  status text not null check (status in ('DRAFT', 'PUBLISHED', 'IN_DIALOGUE', 'IN_TENDER', 'CLOSED')),
  published_at timestamptz,
  search tsvector generated always as (
    setweight(to_tsvector('norwegian', title), 'A') || setweight(to_tsvector('norwegian', effect || ' ' || users), 'B')
  ) stored,
  check (status = 'DRAFT' or published_at is not null)
);

create index need_published_index on dialogue.need (published_at, id);

create index need_published_newest_index on dialogue.need (published_at desc nulls last, id desc);

create index need_status_index on dialogue.need (status, published_at, id);

create index need_procurement_index on dialogue.need (procurement_id, published_at, id);

create index need_municipality_index on dialogue.need (municipality_number, published_at, id);

create index need_search_index on dialogue.need using gin (search);

create table dialogue.market_dialogue (
  id text primary key,
  procurement_id text not null,
  municipality_number text,
  buyer_id text,
  title text not null,
  description text,
  kind text check (kind in ('PLANNING', 'CONSULTATION')),
  language text not null,
  -- The status is not stored: these four points in time and the clock give it. Not announced means a draft.
  announced_at timestamptz,
  opens_at timestamptz,
  closes_at timestamptz,
  summarised_at timestamptz,
  expected_tender_date date,
  cpv text,
  additional_cpv text[] not null,
  -- Every branch of the CPV tree that the codes lie on ('48', '481', …), so that "starts with" uses an index.
  cpv_branches text[] not null,
  nuts text[] not null,
  url text,
  contact jsonb,
  questions text[] not null,
  -- The newest version of the notice that has arrived, whichever order the versions arrived in.
  notice_id text,
  notice_version text,
  notice_dispatched_at timestamptz,
  updated_at timestamptz not null,
  search tsvector generated always as (
    setweight(to_tsvector('norwegian', title), 'A') || setweight(to_tsvector('norwegian', coalesce(description, '')), 'B')
  ) stored
);

create index market_dialogue_announced_index on dialogue.market_dialogue (announced_at, id);

create index market_dialogue_announced_newest_index on dialogue.market_dialogue (announced_at desc nulls last, id desc);

create index market_dialogue_closes_index on dialogue.market_dialogue (closes_at, id);

create index market_dialogue_closes_latest_index on dialogue.market_dialogue (closes_at desc nulls last, id desc);

create index market_dialogue_opens_index on dialogue.market_dialogue (opens_at) where summarised_at is null;

create index market_dialogue_summarised_index on dialogue.market_dialogue (summarised_at) where summarised_at is not null;

create index market_dialogue_kind_index on dialogue.market_dialogue (kind, announced_at, id);

create index market_dialogue_procurement_index on dialogue.market_dialogue (procurement_id, announced_at, id);

create index market_dialogue_municipality_index on dialogue.market_dialogue (municipality_number, announced_at, id);

create index market_dialogue_cpv_index on dialogue.market_dialogue using gin (cpv_branches);

create index market_dialogue_search_index on dialogue.market_dialogue using gin (search);

create table dialogue.dialogue_activity (
  id uuid primary key,
  dialogue_id text not null references dialogue.market_dialogue (id) on delete cascade,
  position int not null,
  type text not null,
  title text not null,
  starts_at timestamptz,
  ends_at timestamptz,
  check (ends_at >= starts_at)
);

create index dialogue_activity_dialogue_index on dialogue.dialogue_activity (dialogue_id, position);

-- Procurements that turned out to be part of another. Remembered, because a message may still name the old one.
create table dialogue.joined_procurement (
  id text primary key,
  into_id text not null
);

create index joined_procurement_into_index on dialogue.joined_procurement (into_id);
