-- A tsvector holds 1 MB; of what is longer the beginning is found.

alter table dialogue.market_dialogue drop column search, add column search tsvector generated always as (
  setweight(to_tsvector('norwegian', left(title, 10000)), 'A')
  || setweight(to_tsvector('norwegian', left(coalesce(description, ''), 100000)), 'B')
) stored;

create index market_dialogue_search_index on dialogue.market_dialogue using gin (search);
