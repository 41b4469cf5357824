-- Who sees and writes which row. Tables without a policy here are closed to everybody but the service itself.
-- public: everybody; reader and writer: somebody who has logged in, reading or changing something.

create policy "everybody reads" on tenders.municipality for select
  to samspill_tenders_public, samspill_tenders_reader, samspill_tenders_writer
  using (true);

create policy "everybody reads" on tenders.municipality_succession for select
  to samspill_tenders_public, samspill_tenders_reader, samspill_tenders_writer
  using (true);

create policy "everybody reads" on tenders.buyer for select
  to samspill_tenders_public, samspill_tenders_reader, samspill_tenders_writer
  using (true);

create policy "everybody reads" on tenders.procurement for select
  to samspill_tenders_public, samspill_tenders_reader, samspill_tenders_writer
  using (true);

create policy "everybody reads" on tenders.procurement_key for select
  to samspill_tenders_public, samspill_tenders_reader, samspill_tenders_writer
  using (true);

create policy "everybody reads" on tenders.tender for select
  to samspill_tenders_public, samspill_tenders_reader, samspill_tenders_writer
  using (true);

create policy "everybody reads" on tenders.tender_code for select
  to samspill_tenders_public, samspill_tenders_reader, samspill_tenders_writer
  using (true);

create policy "everybody reads" on tenders.notice for select
  to samspill_tenders_public, samspill_tenders_reader, samspill_tenders_writer
  using (true);

create policy "everybody reads" on tenders.lot for select
  to samspill_tenders_public, samspill_tenders_reader, samspill_tenders_writer
  using (true);

create policy "everybody reads" on tenders.criterion for select
  to samspill_tenders_public, samspill_tenders_reader, samspill_tenders_writer
  using (true);

create policy "everybody reads" on tenders.award for select
  to samspill_tenders_public, samspill_tenders_reader, samspill_tenders_writer
  using (true);

create policy "everybody reads" on tenders.lot_result for select
  to samspill_tenders_public, samspill_tenders_reader, samspill_tenders_writer
  using (true);

create policy "everybody reads" on tenders.contract for select
  to samspill_tenders_public, samspill_tenders_reader, samspill_tenders_writer
  using (true);

-- Notices, and everything that they add up to, come in with machines that may import.

create policy "importers write" on tenders.buyer for all
  to samspill_tenders_writer
  using (samspill.has_scope('samspill:notices.import'))
  with check (samspill.has_scope('samspill:notices.import'));

create policy "importers write" on tenders.procurement for all
  to samspill_tenders_writer
  using (samspill.has_scope('samspill:notices.import'))
  with check (samspill.has_scope('samspill:notices.import'));

create policy "importers write" on tenders.procurement_key for all
  to samspill_tenders_writer
  using (samspill.has_scope('samspill:notices.import'))
  with check (samspill.has_scope('samspill:notices.import'));

create policy "importers write" on tenders.tender for all
  to samspill_tenders_writer
  using (samspill.has_scope('samspill:notices.import'))
  with check (samspill.has_scope('samspill:notices.import'));

create policy "importers write" on tenders.tender_code for all
  to samspill_tenders_writer
  using (samspill.has_scope('samspill:notices.import'))
  with check (samspill.has_scope('samspill:notices.import'));

create policy "importers write" on tenders.notice for all
  to samspill_tenders_writer
  using (samspill.has_scope('samspill:notices.import'))
  with check (samspill.has_scope('samspill:notices.import'));

create policy "importers write" on tenders.lot for all
  to samspill_tenders_writer
  using (samspill.has_scope('samspill:notices.import'))
  with check (samspill.has_scope('samspill:notices.import'));

create policy "importers write" on tenders.criterion for all
  to samspill_tenders_writer
  using (samspill.has_scope('samspill:notices.import'))
  with check (samspill.has_scope('samspill:notices.import'));

create policy "importers write" on tenders.award for all
  to samspill_tenders_writer
  using (samspill.has_scope('samspill:notices.import'))
  with check (samspill.has_scope('samspill:notices.import'));

create policy "importers write" on tenders.lot_result for all
  to samspill_tenders_writer
  using (samspill.has_scope('samspill:notices.import'))
  with check (samspill.has_scope('samspill:notices.import'));

create policy "importers write" on tenders.contract for all
  to samspill_tenders_writer
  using (samspill.has_scope('samspill:notices.import'))
  with check (samspill.has_scope('samspill:notices.import'));
