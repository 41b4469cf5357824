-- The winners' names as their notice gives them, beside their ids: known at once, before the suppliers service
-- has heard of them, and still known when it does not answer.

alter table tenders.award add column supplier_names text[] not null default '{}';

alter table tenders.contract add column supplier_names text[] not null default '{}';
