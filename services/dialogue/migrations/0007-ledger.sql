-- The ledger of equal information, and the public summary that is made of it. Both only grow: the database itself
-- refuses to take back or change what somebody was told.

create table dialogue.disclosure (
  id text primary key,
  dialogue_id text not null references dialogue.market_dialogue (id),
  -- Of the dialogue, for the policies; the trigger below holds the two together.
  municipality_number text not null,
  number int not null check (number > 0),
  text text not null check (btrim(text) <> ''),
  told_at timestamptz not null,
  told_to text not null check (told_to in ('ALL', 'ONE')),
  organisation_number text,
  organisation_name text,
  channel text not null check (channel in ('MEETING', 'EMAIL', 'TELEPHONE', 'WRITTEN', 'CONFERENCE')),
  meeting_id text,
  corrects_id text references dialogue.disclosure (id),
  recorded_at timestamptz not null,
  -- When everybody got it. Null is a debt, which closing the dialogue waits for.
  published_at timestamptz,
  unique (dialogue_id, number),
  check ((told_to = 'ONE') = (organisation_number is not null)),
  check ((told_to = 'ONE') = (organisation_name is not null)),
  check (told_to = 'ONE' or published_at is not null)
);

create index disclosure_open_index on dialogue.disclosure (dialogue_id, number) where published_at is null;

create index disclosure_meeting_index on dialogue.disclosure (meeting_id) where meeting_id is not null;

create index disclosure_corrects_index on dialogue.disclosure (corrects_id) where corrects_id is not null;

create table dialogue.summary (
  dialogue_id text primary key references dialogue.market_dialogue (id),
  municipality_number text not null,
  generated_at timestamptz not null,
  -- What was generated, as data: whatever changes elsewhere afterwards, this is what was published.
  content jsonb not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$')
);

create table dialogue.summary_addition (
  id text primary key,
  dialogue_id text not null references dialogue.summary (dialogue_id),
  municipality_number text not null,
  number int not null check (number > 0),
  text text not null check (btrim(text) <> ''),
  added_at timestamptz not null,
  unique (dialogue_id, number)
);

-- As the owner: to count, it has to see the whole ledger, whoever writes.
create function dialogue.guard_new_disclosure() returns trigger
  language plpgsql security definer set search_path = dialogue, pg_temp
  as $$
    declare
      dialogue record;
      last int;
    begin
      select municipality_number, closed_at, summarised_at into dialogue
        from market_dialogue where id = new.dialogue_id;
      if new.municipality_number is distinct from dialogue.municipality_number then
        raise exception 'A disclosure belongs to the municipality that leads the dialogue.' using errcode = '42501';
      end if;
      if dialogue.summarised_at is not null or (new.told_to = 'ONE' and dialogue.closed_at is not null) then
        raise exception 'The dialogue is closed.' using errcode = '42501';
      end if;
      select coalesce(max(number), 0) into last from disclosure where dialogue_id = new.dialogue_id;
      if new.number <> last + 1 then
        raise exception 'The ledger is numbered without gaps.' using errcode = '42501';
      end if;
      return new;
    end
  $$;

create trigger guard_new_disclosure before insert on dialogue.disclosure
  for each row execute function dialogue.guard_new_disclosure();

-- Everything but the moment when everybody got it stands, and that is said once.
create function dialogue.guard_told() returns trigger
  language plpgsql
  as $$
    begin
      if to_jsonb(old) - 'published_at' is distinct from to_jsonb(new) - 'published_at'
        or (old.published_at is not null and new.published_at is distinct from old.published_at) then
        raise exception 'What was told stands as it was told.' using errcode = '42501';
      end if;
      return new;
    end
  $$;

create trigger guard_told before update on dialogue.disclosure
  for each row execute function dialogue.guard_told();

create function dialogue.guard_kept() returns trigger
  language plpgsql
  as $$
    begin
      if tg_op = 'UPDATE' and to_jsonb(old) = to_jsonb(new) then
        return new;
      end if;
      raise exception 'What was told and published is not taken back.' using errcode = '42501';
    end
  $$;

create trigger guard_kept before delete on dialogue.disclosure
  for each row execute function dialogue.guard_kept();

create trigger guard_kept before update or delete on dialogue.summary
  for each row execute function dialogue.guard_kept();

create trigger guard_kept before update or delete on dialogue.summary_addition
  for each row execute function dialogue.guard_kept();

-- No dialogue closes over something that one knows and the others do not, whoever closes it.
create function dialogue.guard_closing() returns trigger
  language plpgsql security definer set search_path = dialogue, pg_temp
  as $$
    begin
      if exists (select from disclosure where dialogue_id = new.id and published_at is null) then
        raise exception 'Something was told to one and not yet to all.' using errcode = '42501';
      end if;
      return new;
    end
  $$;

create trigger guard_closing before update on dialogue.market_dialogue
  for each row
  when ((old.closed_at is null and new.closed_at is not null)
    or (old.summarised_at is null and new.summarised_at is not null))
  execute function dialogue.guard_closing();

create policy "everybody reads what everybody was told" on dialogue.disclosure for select
  to samspill_dialogue_public, samspill_dialogue_writer
  using (published_at is not null);

create policy "whom it concerns reads the rest" on dialogue.disclosure for select
  to samspill_dialogue_reader
  using (published_at is not null or samspill.holds('MEMBER', municipality_number) or samspill.represents(organisation_number));

create policy "procurement officers see what they may publish" on dialogue.disclosure for select
  to samspill_dialogue_writer
  using (samspill.holds('PROCUREMENT_OFFICER', municipality_number));

create policy "procurement officers tell" on dialogue.disclosure for insert
  to samspill_dialogue_writer
  with check (samspill.holds('PROCUREMENT_OFFICER', municipality_number));

create policy "procurement officers publish" on dialogue.disclosure for update
  to samspill_dialogue_writer
  using (samspill.holds('PROCUREMENT_OFFICER', municipality_number))
  with check (samspill.holds('PROCUREMENT_OFFICER', municipality_number));

create policy "everybody reads" on dialogue.summary for select
  to samspill_dialogue_public, samspill_dialogue_reader, samspill_dialogue_writer
  using (true);

create policy "procurement officers summarise" on dialogue.summary for insert
  to samspill_dialogue_writer
  with check (samspill.holds('PROCUREMENT_OFFICER', municipality_number));

create policy "everybody reads" on dialogue.summary_addition for select
  to samspill_dialogue_public, samspill_dialogue_reader, samspill_dialogue_writer
  using (true);

create policy "procurement officers add" on dialogue.summary_addition for insert
  to samspill_dialogue_writer
  with check (samspill.holds('PROCUREMENT_OFFICER', municipality_number));
