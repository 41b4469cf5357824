-- Which announcements of competitions the other services have been told of, so that each is told once.
create table tenders.announcement_told (
  tender_id text primary key,
  procurement_id text not null,
  title text not null,
  -- Null once no notice announces the competition any more.
  announced_at timestamptz,
  -- Counts up with every message, so that they may arrive in any order.
  version int not null
);

create policy "importers write" on tenders.announcement_told for all
  to samspill_tenders_writer
  using (samspill.has_scope('samspill:notices.import'))
  with check (samspill.has_scope('samspill:notices.import'));
