-- Every filter and every order that is offered finds its rows by an index. What a list is asked for by one value
-- comes in the usual order, the newest first, from an index that begins with that value.

-- Every branch that codes lie on ('45', '452', …), so that "starts with" is a question for an index. Of the notice's
-- codes alone, which stand in the row: a table of their own had to be kept in step and could not be combined.
create function tenders.branches(codes text[]) returns text[]
  language sql immutable parallel safe
  return (
    select coalesce(array_agg(distinct left(code, length)), '{}')
    from unnest(codes) as code, generate_series(2, length(code)) as length
  );

-- All that stands in a text for three characters, whatever their case, so that "a part of the name" is a question
-- for an index as well. Made here and not by pg_trgm, which not every server has and PGlite has not by itself.
create function tenders.trigrams(words text) returns text[]
  language sql immutable parallel safe
  return (
    select coalesce(array_agg(distinct substr(lower(words), place, 3)), '{}')
    from generate_series(1, length(lower(words)) - 2) as place
  );

-- Long texts go beside the row: lists hardly ask for them, and what a filter looks through is denser without.
-- Said before the columns, which write every row anew.
alter table tenders.tender set (toast_tuple_target = 512);

-- What a list is looked through by stays in the row. It would go beside it, and each such row be read twice.
alter table tenders.tender alter column search set storage main;

alter table tenders.tender
  add column cpv_branches text[] storage main not null generated always as (tenders.branches(cpv_codes)) stored,
  add column nuts_branches text[] storage main not null generated always as (tenders.branches(nuts_codes)) stored,
  -- The end of time where there is no deadline, so that "the earliest first, those without one last" from any moment
  -- on is one range of one index; of (deadline is null or deadline > now) it would be read from the oldest on.
  add column deadline_sort timestamptz not null
    generated always as (coalesce(deadline, timestamptz '9999-12-31 00:00:00Z')) stored,
  -- The same of those that are announced, and nothing of the others: "open now" is one condition, of which PostgreSQL
  -- knows how few fit. Taken one by one, status and deadline let it expect a hundred times as many.
  add column open_until timestamptz generated always as (
    case when status = 'ACTIVE' then coalesce(deadline, timestamptz '9999-12-31 00:00:00Z') end
  ) stored;

-- How often a rare word occurs decides whether it is looked up or the newest rows are looked through until twenty have
-- it, which for one that nobody uses is all of them. With the usual hundred it was taken to be ten times as frequent.
alter table tenders.tender
  alter column search set statistics 1000,
  alter column cpv_branches set statistics 500,
  alter column buyer_ids set statistics 1000;

drop table tenders.tender_code;

create index tender_cpv_index on tenders.tender using gin (cpv_branches);

create index tender_nuts_index on tenders.tender using gin (nuts_branches);

drop index tenders.tender_deadline_index;

create index tender_deadline_index on tenders.tender (deadline_sort, id);

create index tender_open_index on tenders.tender (open_until) where open_until is not null;

create index tender_status_index on tenders.tender (status, published_at, id);

create index tender_procedure_index on tenders.tender (procedure, published_at, id);

create index buyer_name_parts_index on tenders.buyer using gin (tenders.trigrams(name));

alter table tenders.notice
  add column has_remarks boolean not null generated always as (content -> 'remarks' <> '[]') stored;

create index notice_title_parts_index on tenders.notice using gin (tenders.trigrams(title));

create index notice_form_type_index on tenders.notice (form_type, published_at, id);

create index notice_notice_type_index on tenders.notice (notice_type, published_at, id);

create index notice_remarks_index on tenders.notice (has_remarks, published_at, id);
