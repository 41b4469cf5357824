-- Suppliers and what is publicly known of them.

create table suppliers.supplier (
  id text primary key,
  organisation_number text unique,
  name text not null,
  country text,
  city text,
  post_code text,
  nuts text,
  website text,
  size text,
  municipality_number text,
  -- When the source that the name and address come from was published; later sources know better.
  known_as_of timestamptz not null,
  search tsvector generated always as (to_tsvector('norwegian', name)) stored
);

create index supplier_name_index on suppliers.supplier (name, id);

create index supplier_municipality_index on suppliers.supplier (municipality_number, name, id);

create index supplier_search_index on suppliers.supplier using gin (search);

create table suppliers.capability (
  id uuid primary key,
  supplier_id text not null references suppliers.supplier (id) on delete cascade,
  cpv text not null,
  description text
);

create index capability_supplier_index on suppliers.capability (supplier_id, cpv);

create table suppliers.training (
  id uuid primary key,
  supplier_id text not null references suppliers.supplier (id) on delete cascade,
  title text not null,
  provider text not null,
  completed_on date not null,
  hours int not null check (hours > 0)
);

create index training_supplier_index on suppliers.training (supplier_id, completed_on, id);
