-- Who sees and writes which row. Tables without a policy here are closed to everybody but the service itself.
-- public: everybody; reader and writer: somebody who has logged in, reading or changing something.

create policy "everybody reads" on suppliers.supplier for select
  to samspill_suppliers_public, samspill_suppliers_reader, samspill_suppliers_writer
  using (true);

create policy "everybody reads" on suppliers.training for select
  to samspill_suppliers_public, samspill_suppliers_reader, samspill_suppliers_writer
  using (true);

-- What a supplier says of itself is its own until it publishes it.

alter table suppliers.capability add column organisation_number text;

alter table suppliers.capability add column published_at timestamptz;

update suppliers.capability set
  organisation_number = (select organisation_number from suppliers.supplier where supplier.id = supplier_id),
  published_at = (select known_as_of from suppliers.supplier where supplier.id = supplier_id);

create policy "everybody reads what is published" on suppliers.capability for select
  to samspill_suppliers_public
  using (published_at is not null);

create policy "its own people read drafts" on suppliers.capability for select
  to samspill_suppliers_reader
  using (published_at is not null or samspill.represents(organisation_number));

-- While writing, nobody sees what is not theirs to write. To remove a row that is seen but not for writing would
-- touch nothing, without an error, and the audit log would tell of a removal that never was.
create policy "its own people write" on suppliers.capability for all
  to samspill_suppliers_writer
  using (samspill.represents(organisation_number))
  with check (samspill.represents(organisation_number));
