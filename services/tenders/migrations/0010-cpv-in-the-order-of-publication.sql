-- A CPV code that one in a hundred tenders has lies between what is quickest looked up and what is quickest walked to:
-- of a million, two thousand of the newest are looked through for twenty. The branches stand in the index of that order
-- now, so that no row is read on the way, and as numbers, which are compared in a third of the time of texts.

-- Every branch that CPV codes lie on, as a number. Behind a 1, so that '03' is another than '3'.
create function tenders.cpv_branches(codes text[]) returns int[]
  language sql immutable parallel safe
  return (
    select coalesce(array_agg(('1' || branch)::int order by branch), '{}')
    from unnest(tenders.branches(codes)) as branch
    where branch ~ '^[0-9]{2,8}$'
  );

alter table tenders.tender drop column cpv_branches;

alter table tenders.tender
  add column cpv_branches int[] storage main not null
    generated always as (tenders.cpv_branches(cpv_codes)) stored;

alter table tenders.tender alter column cpv_branches set statistics 500;

create index tender_cpv_index on tenders.tender using gin (cpv_branches);

drop index tenders.tender_published_index;

create index tender_published_index on tenders.tender (published_at, id) include (cpv_branches);
