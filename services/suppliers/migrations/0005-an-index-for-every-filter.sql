-- Suppliers of a country or a size, by name.

create index supplier_country_index on suppliers.supplier (country, name_sort, id);

create index supplier_size_index on suppliers.supplier (size, name_sort, id);
