-- An order by name that an index can follow, and names of any length.

-- Names in Norwegian order, whatever the server's locale is: the last three letters of the alphabet become the three
-- characters that follow z in ASCII, other marks are left out, and case does not count. The beginning is enough: an
-- entry of an index has room for 2.7 kB, and one longer title would make a whole import fail.
alter table suppliers.supplier add column name_sort text collate "C" not null generated always as (
  left(
    translate(
      lower(name collate "C"),
      'ÆæÄäØøÖöÅåÁáÀàÂâČčÇçĐđÉéÈèÊêËëÍíÎîÑñŊŋÓóÒòÔôŠšŦŧÚúÜüŽž',
      '{{{{||||}}aaaaaaccccddeeeeeeeeiiiinnnnoooooossttuuuuzz'
    ),
    200
  )
) stored;

drop index suppliers.supplier_name_index;

create index supplier_name_index on suppliers.supplier (name_sort, id);

drop index suppliers.supplier_municipality_index;

create index supplier_municipality_index on suppliers.supplier (municipality_number, name_sort, id);

-- A tsvector holds 1 MB; of what is longer the beginning is found.
alter table suppliers.supplier drop column search, add column search tsvector generated always as (
  to_tsvector('norwegian', left(name, 10000))
) stored;

create index supplier_search_index on suppliers.supplier using gin (search);
