-- Orders that indexes can follow to any page, and texts of any length.

-- Names in Norwegian order, whatever the server's locale is: the last three letters of the alphabet become the three
-- characters that follow z in ASCII, other marks are left out, and case does not count. The beginning is enough: an
-- entry of an index has room for 2.7 kB, and one longer title would make a whole import fail.
alter table tenders.tender add column title_sort text collate "C" not null generated always as (
  left(
    translate(
      lower(title collate "C"),
      'ÆæÄäØøÖöÅåÁáÀàÂâČčÇçĐđÉéÈèÊêËëÍíÎîÑñŊŋÓóÒòÔôŠšŦŧÚúÜüŽž',
      '{{{{||||}}aaaaaaccccddeeeeeeeeiiiinnnnoooooossttuuuuzz'
    ),
    200
  )
) stored;

alter table tenders.buyer add column name_sort text collate "C" not null generated always as (
  left(
    translate(
      lower(name collate "C"),
      'ÆæÄäØøÖöÅåÁáÀàÂâČčÇçĐđÉéÈèÊêËëÍíÎîÑñŊŋÓóÒòÔôŠšŦŧÚúÜüŽž',
      '{{{{||||}}aaaaaaccccddeeeeeeeeiiiinnnnoooooossttuuuuzz'
    ),
    200
  )
) stored;

alter table tenders.municipality add column name_sort text collate "C" not null generated always as (
  left(
    translate(
      lower(name collate "C"),
      'ÆæÄäØøÖöÅåÁáÀàÂâČčÇçĐđÉéÈèÊêËëÍíÎîÑñŊŋÓóÒòÔôŠšŦŧÚúÜüŽž',
      '{{{{||||}}aaaaaaccccddeeeeeeeeiiiinnnnoooooossttuuuuzz'
    ),
    200
  )
) stored;

drop index tenders.tender_title_index;

create index tender_title_index on tenders.tender (title_sort, id);

drop index tenders.buyer_name_index;

create index buyer_name_index on tenders.buyer (name_sort, id);

drop index tenders.buyer_municipality_index;

create index buyer_municipality_index on tenders.buyer (municipality_number, name_sort, id);

-- A tsvector holds 1 MB; of what is longer the beginning is found.
alter table tenders.tender drop column search, add column search tsvector generated always as (
  setweight(to_tsvector('norwegian', left(title, 10000)), 'A')
  || setweight(to_tsvector('norwegian', left(coalesce(description, ''), 100000)), 'B')
) stored;

create index tender_search_index on tenders.tender using gin (search);

-- An index is read backwards for the opposite order, but not past where it keeps the rows without a value: they come
-- last in both orders, so columns that may lack a value need an index for each.
create index tender_deadline_latest_index on tenders.tender (deadline desc nulls last, id desc);

create index tender_value_largest_index on tenders.tender (estimated_value_amount desc nulls last, id desc);

create index tender_main_buyer_index on tenders.tender (buyer_id, published_at, id);

create index notice_buyer_index on tenders.notice using gin (buyer_ids);

drop index tenders.award_supplier_index;

create index award_supplier_index on tenders.award (supplier_id, decided_on desc nulls last, id desc);

drop index tenders.contract_supplier_index;

create index contract_supplier_index on tenders.contract (supplier_id, signed_on desc nulls last, id desc);
