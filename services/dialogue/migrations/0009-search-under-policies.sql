-- Searches of needs and dialogues by index, whoever asks.
--
-- A policy has to be asked about a row before anything that might tell of the row what it holds, and PostgreSQL takes
-- text search and "contains" for such: under the policies of these tables it would look at every row. So the rows are
-- found by functions that see the whole table, and have the policy's condition in them: what they give away are ids
-- of rows that whoever asks may see. The policies then look at those rows as they do at any.

create function dialogue.needs_with_words(words text) returns setof text
  language sql stable security definer set search_path = ''
  begin atomic
    select id from dialogue.need
    where search @@ websearch_to_tsquery('pg_catalog.norwegian', words)
      and (status <> 'DRAFT' or samspill.holds('MEMBER', municipality_number));
  end;

create function dialogue.dialogues_with_words(words text) returns setof text
  language sql stable security definer set search_path = ''
  begin atomic
    select id from dialogue.market_dialogue
    where search @@ websearch_to_tsquery('pg_catalog.norwegian', words)
      and (announced_at is not null or samspill.holds('MEMBER', municipality_number));
  end;

create function dialogue.dialogues_with_cpv(branch text) returns setof text
  language sql stable security definer set search_path = ''
  begin atomic
    select id from dialogue.market_dialogue
    where cpv_branches @> array[branch]
      and (announced_at is not null or samspill.holds('MEMBER', municipality_number));
  end;

revoke all on function dialogue.needs_with_words, dialogue.dialogues_with_words, dialogue.dialogues_with_cpv from public;

grant execute on function dialogue.needs_with_words, dialogue.dialogues_with_words, dialogue.dialogues_with_cpv
  to samspill_dialogue_public, samspill_dialogue_reader, samspill_dialogue_writer;

-- Until when a dialogue goes on: what is led here until somebody closes it, the others until their deadline, and
-- those without one for ever. "Open now" is then one range of an index, which is short: of three conditions, of which
-- one is enough, the dialogues would be looked through from the first that there ever was.
alter table dialogue.market_dialogue add column runs_until timestamptz not null generated always as (
  coalesce(case when led_here then closed_at else closes_at end, timestamptz '9999-12-31 00:00:00Z')
) stored;

create index market_dialogue_runs_index on dialogue.market_dialogue (runs_until)
  where summarised_at is null and announced_at is not null;

-- Those that others have joined are few.
create index need_joint_index on dialogue.need (published_at desc nulls last, id desc) where joined > 0;
