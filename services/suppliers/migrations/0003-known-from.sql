-- Facts of one supplier come from several notices, which arrive in any order: each fact remembers its notice.

alter table suppliers.supplier add column known_from jsonb not null default '{}';
