-- Who sees and writes which row. Tables without a policy here are closed to everybody but the service itself.
-- public: everybody; reader and writer: somebody who has logged in, reading or changing something.

create policy "everybody reads" on dialogue.joined_procurement for select
  to samspill_dialogue_public, samspill_dialogue_reader, samspill_dialogue_writer
  using (true);

create policy "everybody reads what is published" on dialogue.need for select
  to samspill_dialogue_public, samspill_dialogue_writer
  using (status <> 'DRAFT');

create policy "the municipality reads its drafts" on dialogue.need for select
  to samspill_dialogue_reader
  using (status <> 'DRAFT' or samspill.holds('MEMBER', municipality_number));

-- A draft that one may not write is not even seen while writing. An update of a row that is seen but not for
-- writing would touch nothing, without an error, and the audit log would tell of a change that never was.
create policy "procurement officers write" on dialogue.need for all
  to samspill_dialogue_writer
  using (samspill.holds('PROCUREMENT_OFFICER', municipality_number))
  with check (samspill.holds('PROCUREMENT_OFFICER', municipality_number));

create policy "everybody reads what is announced" on dialogue.market_dialogue for select
  to samspill_dialogue_public
  using (announced_at is not null);

create policy "the municipality reads its drafts" on dialogue.market_dialogue for select
  to samspill_dialogue_reader, samspill_dialogue_writer
  using (announced_at is not null or samspill.holds('MEMBER', municipality_number));

create policy "whoever reads the dialogue" on dialogue.dialogue_activity for select
  to samspill_dialogue_public, samspill_dialogue_reader, samspill_dialogue_writer
  using (exists (select from dialogue.market_dialogue where market_dialogue.id = dialogue_id));
