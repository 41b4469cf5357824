-- Who sees and writes which row. Tables without a policy here are closed to everybody but the service itself.
-- public: everybody; reader and writer: somebody who has logged in, reading or changing something.

create policy "everybody reads" on events.joined_procurement for select
  to samspill_events_public, samspill_events_reader, samspill_events_writer
  using (true);

create policy "everybody reads what is published" on events.event for select
  to samspill_events_public
  using (published_at is not null);

create policy "the municipality reads its drafts" on events.event for select
  to samspill_events_reader, samspill_events_writer
  using (published_at is not null or samspill.holds('MEMBER', municipality_number));

create policy "whoever reads the event" on events.session for select
  to samspill_events_public, samspill_events_reader, samspill_events_writer
  using (exists (select from events.event where event.id = event_id));
