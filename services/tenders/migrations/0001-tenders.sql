-- Notices as they were published, and the tenders that they add up to.
-- A tender is always the sum of its notices: everything from `tender` down can be made again from `notice`.

create table tenders.municipality (
  number text primary key,
  name text not null,
  valid_from date not null,
  -- The first day on which the number was no longer in use.
  valid_until date
);

create table tenders.municipality_succession (
  predecessor text not null references tenders.municipality (number),
  successor text not null references tenders.municipality (number),
  primary key (predecessor, successor)
);

create index municipality_succession_successor_index on tenders.municipality_succession (successor);

create table tenders.buyer (
  id text primary key,
  organisation_number text unique,
  name text not null,
  country text,
  city text,
  post_code text,
  nuts text,
  website text,
  legal_type text,
  municipality_number text references tenders.municipality (number),
  known_as_of timestamptz not null
);

create index buyer_name_index on tenders.buyer (name, id);

create index buyer_municipality_index on tenders.buyer (municipality_number, name, id);

-- The identity of the chain. Everything that can say "the same procurement" is a key that leads to one id.
create table tenders.procurement (
  id text primary key,
  started_at timestamptz not null
);

create table tenders.procurement_key (
  key text primary key,
  procurement_id text not null references tenders.procurement (id) on update cascade
);

create index procurement_key_procurement_index on tenders.procurement_key (procurement_id);

create table tenders.tender (
  id text primary key,
  procurement_id text not null references tenders.procurement (id),
  title text not null,
  description text,
  -- The state that the notices give. Whether an announced tender has passed its deadline is asked of the clock.
  status text not null,
  procedure text,
  nature text,
  internal_id text,
  buyer_id text references tenders.buyer (id),
  buyer_ids text[] not null,
  municipality_number text references tenders.municipality (number),
  cpv text,
  cpv_codes text[] not null,
  nuts_codes text[] not null,
  estimated_value_amount bigint,
  estimated_value_currency text,
  published_at timestamptz not null,
  deadline timestamptz,
  questions_deadline timestamptz,
  legal_basis text,
  search tsvector generated always as (
    setweight(to_tsvector('norwegian', title), 'A') || setweight(to_tsvector('norwegian', coalesce(description, '')), 'B')
  ) stored
);

create index tender_published_index on tenders.tender (published_at, id);

create index tender_deadline_index on tenders.tender (deadline, id);

create index tender_value_index on tenders.tender (estimated_value_amount, id);

create index tender_title_index on tenders.tender (title, id);

create index tender_municipality_index on tenders.tender (municipality_number, published_at, id);

create index tender_buyer_index on tenders.tender using gin (buyer_ids);

create index tender_procurement_index on tenders.tender (procurement_id, published_at, id);

create index tender_search_index on tenders.tender using gin (search);

-- The codes of a tender and all its lots, so that "starts with 45" finds a lot as well.
create table tenders.tender_code (
  tender_id text not null references tenders.tender (id) on delete cascade,
  list text not null check (list in ('cpv', 'nuts')),
  code text not null,
  primary key (tender_id, list, code)
);

create index tender_code_index on tenders.tender_code (list, code text_pattern_ops, tender_id);

create table tenders.notice (
  id text primary key,
  notice_id text not null,
  version text not null,
  procedure_id text,
  publication_id text,
  procurement_id text not null references tenders.procurement (id),
  tender_id text references tenders.tender (id),
  form_type text not null,
  notice_type text not null,
  subtype text,
  sdk_version text,
  language text not null,
  title text not null,
  published_at timestamptz not null,
  buyer_ids text[] not null,
  is_correction boolean not null,
  -- The notice as the reader of eForms understood it.
  content jsonb not null,
  -- SHA-256 of the XML: the same notice under the same number must be the same notice.
  digest text not null,
  xml text not null,
  source text,
  imported_at timestamptz not null
);

create index notice_published_index on tenders.notice (published_at, id);

create index notice_notice_id_index on tenders.notice (notice_id);

create index notice_tender_index on tenders.notice (tender_id, published_at, id);

create index notice_procurement_index on tenders.notice (procurement_id);

create table tenders.lot (
  id text primary key,
  tender_id text not null references tenders.tender (id) on delete cascade,
  number text not null,
  position int not null,
  is_part boolean not null,
  title text,
  description text,
  nature text,
  cpv text,
  nuts_codes text[] not null,
  estimated_value_amount bigint,
  estimated_value_currency text,
  deadline timestamptz,
  opening_at timestamptz,
  start_date date,
  end_date date,
  duration_amount numeric,
  duration_unit text,
  suitable_for_sme boolean,
  framework_agreement boolean not null,
  dynamic_purchasing_system boolean not null,
  performance_terms text,
  documents_url text,
  submission_url text
);

create index lot_tender_index on tenders.lot (tender_id, position);

create table tenders.criterion (
  id text primary key,
  lot_id text not null references tenders.lot (id) on delete cascade,
  position int not null,
  kind text not null,
  type text,
  name text,
  description text,
  weight numeric,
  weight_kind text
);

create index criterion_lot_index on tenders.criterion (lot_id, position);

create table tenders.award (
  id text primary key,
  tender_id text not null references tenders.tender (id) on delete cascade,
  lot_id text references tenders.lot (id) on delete cascade,
  position int not null,
  -- The winner, or the leader of the group that won; all of them in supplier_ids.
  supplier_id text,
  supplier_ids text[] not null,
  value_amount bigint,
  value_currency text,
  rank int,
  decided_on date,
  concluded_on date,
  subcontracted boolean
);

create index award_tender_index on tenders.award (tender_id, position);

create index award_supplier_index on tenders.award (supplier_id, decided_on, id);

create index award_members_index on tenders.award using gin (supplier_ids);

create table tenders.lot_result (
  id text primary key,
  tender_id text not null references tenders.tender (id) on delete cascade,
  lot_id text references tenders.lot (id) on delete cascade,
  position int not null,
  status text,
  not_awarded_reason text,
  tenders_received int
);

create index lot_result_tender_index on tenders.lot_result (tender_id, position);

create table tenders.contract (
  id text primary key,
  tender_id text not null references tenders.tender (id) on delete cascade,
  number text not null,
  position int not null,
  identifier text,
  title text,
  signed_on date,
  status text not null,
  supplier_id text,
  supplier_ids text[] not null,
  value_amount bigint,
  value_currency text
);

create index contract_tender_index on tenders.contract (tender_id, position);

create index contract_supplier_index on tenders.contract (supplier_id, signed_on, id);
