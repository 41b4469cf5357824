-- Market dialogues that are led here: announced, open, closed by somebody; who takes part, what they are asked,
-- what they answer, and what was done with it.

alter table dialogue.market_dialogue
  -- Made by an officer here. The others follow from notices, and their status from the clock alone.
  add column led_here boolean not null default false,
  -- Closed by an act, and not by the deadline for answers.
  add column closed_at timestamptz,
  add column cancellation_reason text;

create index market_dialogue_draft_index on dialogue.market_dialogue (municipality_number, id) where announced_at is null;

alter table dialogue.dialogue_activity add column place text, add column url text;

-- Competitions that are announced. A market dialogue of the same procurement is lawful only before.
create table dialogue.announced_tender (
  tender_id text primary key,
  procurement_id text not null,
  title text not null,
  -- Null when no notice announces it any more.
  announced_at timestamptz,
  version bigint not null
);

create index announced_tender_procurement_index on dialogue.announced_tender (procurement_id);

create table dialogue.dialogue_question (
  id text primary key,
  dialogue_id text not null references dialogue.market_dialogue (id) on delete cascade,
  position int not null,
  text text not null,
  kind text not null check (kind in ('TEXT', 'YES_NO', 'NUMBER', 'CHOICE')),
  choices text[] not null,
  word_limit int check (word_limit > 0),
  required boolean not null,
  check ((kind = 'CHOICE') = (cardinality(choices) > 0)),
  check (word_limit is null or kind = 'TEXT')
);

create index dialogue_question_dialogue_index on dialogue.dialogue_question (dialogue_id, position);

-- An organisation that takes part, and whom to reach there. Everybody else sees only the views below.
create table dialogue.participant (
  id text primary key,
  dialogue_id text not null references dialogue.market_dialogue (id) on delete cascade,
  organisation_number text not null,
  organisation_name text not null,
  contact_name text,
  contact_email text,
  person_id text,
  language text not null check (language in ('nb', 'nn', 'en')),
  joined_at timestamptz not null,
  left_at timestamptz,
  unique (dialogue_id, organisation_number)
);

create index participant_organisation_index on dialogue.participant (organisation_number, joined_at, id);

create index participant_person_index on dialogue.participant (person_id) where person_id is not null;

-- A draft of competition documents that the market is heard about, and its versions.
create table dialogue.hearing_document (
  id text primary key,
  dialogue_id text not null references dialogue.market_dialogue (id) on delete cascade,
  position int not null,
  current_version int not null
);

create index hearing_document_dialogue_index on dialogue.hearing_document (dialogue_id, position);

create table dialogue.hearing_version (
  id text primary key,
  document_id text not null references dialogue.hearing_document (id) on delete cascade,
  version int not null,
  title text not null,
  paragraphs text[] not null,
  published_at timestamptz not null,
  unique (document_id, version)
);

-- What an organisation has to say: answers to the questions, or a comment on a place in a draft. Nothing here is a
-- trade secret or says who the person was, because everybody reads it once the dialogue is summarised.
create table dialogue.input (
  id text primary key,
  dialogue_id text not null references dialogue.market_dialogue (id) on delete cascade,
  kind text not null check (kind in ('WRITTEN', 'HEARING_COMMENT')),
  organisation_number text not null,
  organisation_name text not null,
  -- What all versions of one input share, and what documents are attached to.
  series_id text not null,
  -- Of the dialogue, the same for all versions. Given by the service, right after the row was made.
  number int,
  version int not null,
  comment text,
  -- Of the input as a whole; answers say it for themselves.
  has_trade_secret boolean not null,
  submitted_at timestamptz not null,
  replaced_at timestamptz,
  withdrawn_at timestamptz,
  hearing_document_id text references dialogue.hearing_document (id),
  hearing_version int,
  paragraph int,
  place_from int,
  place_to int,
  quote text,
  unique (dialogue_id, number, version),
  check ((kind = 'HEARING_COMMENT') = (hearing_document_id is not null and hearing_version is not null
    and paragraph is not null and place_from is not null and place_to is not null and quote is not null)),
  check (place_from < place_to)
);

create index input_dialogue_index on dialogue.input (dialogue_id, submitted_at, id);

create index input_organisation_index on dialogue.input (organisation_number, submitted_at, id);

-- One standing answer to the questions from each organisation.
create unique index input_standing_index on dialogue.input (dialogue_id, organisation_number)
  where kind = 'WRITTEN' and replaced_at is null and withdrawn_at is null;

create table dialogue.input_answer (
  id text primary key,
  input_id text not null references dialogue.input (id) on delete cascade,
  question_id text not null,
  position int not null,
  question text not null,
  text text,
  value double precision,
  yes boolean,
  choice text,
  has_trade_secret boolean not null
);

create index input_answer_input_index on dialogue.input_answer (input_id, position);

-- What the organisation calls a trade secret. For itself and the procurement officers of the municipality, never for others.
create table dialogue.trade_secret (
  id text primary key,
  input_id text not null references dialogue.input (id) on delete cascade,
  -- Null for one that belongs to the input as a whole, such as a comment on a draft.
  answer_id text references dialogue.input_answer (id) on delete cascade,
  dialogue_id text not null,
  organisation_number text not null,
  text text not null
);

create index trade_secret_input_index on dialogue.trade_secret (input_id);

-- Who sent an input, and the hash over all of it, secrets included.
create table dialogue.input_receipt (
  id text primary key references dialogue.input (id) on delete cascade,
  dialogue_id text not null,
  organisation_number text not null,
  person_id text,
  sha256 text not null
);

create index input_receipt_person_index on dialogue.input_receipt (person_id) where person_id is not null;

create table dialogue.input_attachment (
  id text primary key,
  input_id text not null references dialogue.input (id) on delete cascade,
  document_id text not null,
  position int not null,
  is_trade_secret boolean not null
);

create index input_attachment_input_index on dialogue.input_attachment (input_id, position);

create index input_attachment_document_index on dialogue.input_attachment (document_id);

-- What was done with an input. Apart from it: who says what was done is not who wrote it.
create table dialogue.input_conclusion (
  id text primary key references dialogue.input (id) on delete cascade,
  dialogue_id text not null,
  outcome text not null check (outcome in ('TAKEN_UP', 'PARTLY_TAKEN_UP', 'NOT_TAKEN_UP')),
  explanation text not null,
  concluded_at timestamptz not null
);

-- Who takes part, to everybody: how many at any time, and which organisations once the dialogue is summarised. Views
-- of the owner, because a policy opens a whole row, with whom to reach there.
create view dialogue.participant_count with (security_barrier) as
  select p.dialogue_id as id, count(*)::int as participants
  from dialogue.participant p join dialogue.market_dialogue d on d.id = p.dialogue_id
  where p.left_at is null and d.announced_at is not null
  group by p.dialogue_id;

create view dialogue.shown_participant with (security_barrier) as
  select p.id, p.dialogue_id, p.organisation_number, p.organisation_name, p.joined_at
  from dialogue.participant p join dialogue.market_dialogue d on d.id = p.dialogue_id
  where p.left_at is null and d.announced_at is not null and d.summarised_at is not null;

grant select on dialogue.participant_count, dialogue.shown_participant
  to samspill_dialogue_public, samspill_dialogue_reader, samspill_dialogue_writer, samspill_dialogue_system;

-- Dialogues: written by procurement officers of the municipality. Of drafts, whoever changes something sees only what
-- they may change; see 0004.
drop policy "the municipality reads its drafts" on dialogue.market_dialogue;

create policy "the municipality reads its drafts" on dialogue.market_dialogue for select
  to samspill_dialogue_reader
  using (announced_at is not null or samspill.holds('MEMBER', municipality_number));

create policy "everybody reads what is announced, officers their drafts" on dialogue.market_dialogue for select
  to samspill_dialogue_writer
  using (announced_at is not null or samspill.holds('PROCUREMENT_OFFICER', municipality_number));

create policy "procurement officers begin drafts" on dialogue.market_dialogue for insert
  to samspill_dialogue_writer
  with check (led_here and announced_at is null and samspill.holds('PROCUREMENT_OFFICER', municipality_number));

create policy "procurement officers change" on dialogue.market_dialogue for update
  to samspill_dialogue_writer
  using (samspill.holds('PROCUREMENT_OFFICER', municipality_number))
  with check (samspill.holds('PROCUREMENT_OFFICER', municipality_number));

create policy "procurement officers discard drafts" on dialogue.market_dialogue for delete
  to samspill_dialogue_writer
  using (announced_at is null and samspill.holds('PROCUREMENT_OFFICER', municipality_number));

create policy "procurement officers write" on dialogue.dialogue_activity for all
  to samspill_dialogue_writer
  using (exists (select from dialogue.market_dialogue d
    where d.id = dialogue_id and samspill.holds('PROCUREMENT_OFFICER', d.municipality_number)));

create policy "everybody reads" on dialogue.announced_tender for select
  to samspill_dialogue_public, samspill_dialogue_reader, samspill_dialogue_writer
  using (true);

create policy "whoever reads the dialogue" on dialogue.dialogue_question for select
  to samspill_dialogue_public, samspill_dialogue_reader, samspill_dialogue_writer
  using (exists (select from dialogue.market_dialogue d where d.id = dialogue_id));

create policy "procurement officers write" on dialogue.dialogue_question for all
  to samspill_dialogue_writer
  using (exists (select from dialogue.market_dialogue d
    where d.id = dialogue_id and samspill.holds('PROCUREMENT_OFFICER', d.municipality_number)));

create policy "the organisation and the municipality read" on dialogue.participant for select
  to samspill_dialogue_reader
  using (samspill.represents(organisation_number) or exists (select from dialogue.market_dialogue d
    where d.id = dialogue_id and samspill.holds('MEMBER', d.municipality_number)));

create policy "procurement officers read while writing" on dialogue.participant for select
  to samspill_dialogue_writer
  using (exists (select from dialogue.market_dialogue d
    where d.id = dialogue_id and samspill.holds('PROCUREMENT_OFFICER', d.municipality_number)));

create policy "the organisation reads its own while writing" on dialogue.participant for select
  to samspill_dialogue_writer
  using (samspill.represents(organisation_number));

create policy "the organisation writes" on dialogue.participant for insert
  to samspill_dialogue_writer
  with check (samspill.represents(organisation_number) and exists (select from dialogue.market_dialogue d
    where d.id = dialogue_id and d.led_here and d.announced_at is not null));

create policy "the organisation changes" on dialogue.participant for update
  to samspill_dialogue_writer
  using (samspill.represents(organisation_number))
  with check (samspill.represents(organisation_number) and exists (select from dialogue.market_dialogue d
    where d.id = dialogue_id and d.led_here and d.announced_at is not null));

create policy "whoever reads the dialogue" on dialogue.hearing_document for select
  to samspill_dialogue_public, samspill_dialogue_reader, samspill_dialogue_writer
  using (exists (select from dialogue.market_dialogue d where d.id = dialogue_id));

create policy "procurement officers write" on dialogue.hearing_document for all
  to samspill_dialogue_writer
  using (exists (select from dialogue.market_dialogue d
    where d.id = dialogue_id and samspill.holds('PROCUREMENT_OFFICER', d.municipality_number)));

create policy "whoever reads the document" on dialogue.hearing_version for select
  to samspill_dialogue_public, samspill_dialogue_reader, samspill_dialogue_writer
  using (exists (select from dialogue.hearing_document h where h.id = document_id));

-- A version that is published is never written over.
create policy "procurement officers publish" on dialogue.hearing_version for insert
  to samspill_dialogue_writer
  with check (exists (select from dialogue.hearing_document h join dialogue.market_dialogue d on d.id = h.dialogue_id
    where h.id = document_id and samspill.holds('PROCUREMENT_OFFICER', d.municipality_number)));

create policy "everybody reads what stands once it is summarised" on dialogue.input for select
  to samspill_dialogue_public, samspill_dialogue_reader
  using (replaced_at is null and withdrawn_at is null and exists (select from dialogue.market_dialogue d
    where d.id = dialogue_id and d.announced_at is not null and d.summarised_at is not null));

create policy "the organisation and the municipality read" on dialogue.input for select
  to samspill_dialogue_reader
  using (samspill.represents(organisation_number) or exists (select from dialogue.market_dialogue d
    where d.id = dialogue_id and samspill.holds('MEMBER', d.municipality_number)));

create policy "procurement officers read while writing" on dialogue.input for select
  to samspill_dialogue_writer
  using (exists (select from dialogue.market_dialogue d
    where d.id = dialogue_id and samspill.holds('PROCUREMENT_OFFICER', d.municipality_number)));

create policy "the organisation reads its own while writing" on dialogue.input for select
  to samspill_dialogue_writer
  using (samspill.represents(organisation_number));

create policy "the organisation writes" on dialogue.input for insert
  to samspill_dialogue_writer
  with check (samspill.represents(organisation_number) and exists (select from dialogue.market_dialogue d
    where d.id = dialogue_id and d.led_here and d.announced_at is not null));

create policy "the organisation changes" on dialogue.input for update
  to samspill_dialogue_writer
  using (samspill.represents(organisation_number))
  with check (samspill.represents(organisation_number) and exists (select from dialogue.market_dialogue d
    where d.id = dialogue_id and d.led_here and d.announced_at is not null));

create policy "whoever reads the input" on dialogue.input_answer for select
  to samspill_dialogue_public, samspill_dialogue_reader, samspill_dialogue_writer
  using (exists (select from dialogue.input i where i.id = input_id));

create policy "the organisation answers" on dialogue.input_answer for insert
  to samspill_dialogue_writer
  with check (exists (select from dialogue.input i
    where i.id = input_id and samspill.represents(i.organisation_number)));

create policy "whoever reads the input" on dialogue.input_attachment for select
  to samspill_dialogue_public, samspill_dialogue_reader, samspill_dialogue_writer
  using (exists (select from dialogue.input i where i.id = input_id));

create policy "the organisation attaches" on dialogue.input_attachment for insert
  to samspill_dialogue_writer
  with check (exists (select from dialogue.input i
    where i.id = input_id and samspill.represents(i.organisation_number)));

create policy "whoever reads the input" on dialogue.input_conclusion for select
  to samspill_dialogue_public, samspill_dialogue_reader, samspill_dialogue_writer
  using (exists (select from dialogue.input i where i.id = input_conclusion.id));

create policy "procurement officers conclude" on dialogue.input_conclusion for all
  to samspill_dialogue_writer
  using (exists (select from dialogue.market_dialogue d
    where d.id = dialogue_id and samspill.holds('PROCUREMENT_OFFICER', d.municipality_number)))
  with check (exists (select from dialogue.input i join dialogue.market_dialogue d on d.id = i.dialogue_id
    where i.id = input_conclusion.id and d.id = input_conclusion.dialogue_id
      and samspill.holds('PROCUREMENT_OFFICER', d.municipality_number)));

-- Documents come with `@samspill/documents`; these two are read like the input that they are attached to. A secret one
-- is for procurement officers only, also where an earlier version of the input had not marked it.
create policy "whoever reads the input, what is no secret" on dialogue.document for select
  to samspill_dialogue_public, samspill_dialogue_reader
  using (exists (select from dialogue.input_attachment a where a.document_id = document.id)
    and not exists (select from dialogue.input_attachment a where a.document_id = document.id and a.is_trade_secret));

create policy "procurement officers read secret attachments" on dialogue.document for select
  to samspill_dialogue_reader
  using (exists (select from dialogue.input_attachment a
    join dialogue.input i on i.id = a.input_id join dialogue.market_dialogue d on d.id = i.dialogue_id
    where a.document_id = document.id and samspill.holds('PROCUREMENT_OFFICER', d.municipality_number)));

create policy "the organisation and procurement officers read" on dialogue.trade_secret for select
  to samspill_dialogue_reader
  using (samspill.represents(organisation_number) or exists (select from dialogue.market_dialogue d
    where d.id = dialogue_id and samspill.holds('PROCUREMENT_OFFICER', d.municipality_number)));

create policy "the organisation reads its own while writing" on dialogue.trade_secret for select
  to samspill_dialogue_writer
  using (samspill.represents(organisation_number));

create policy "the organisation writes" on dialogue.trade_secret for insert
  to samspill_dialogue_writer
  with check (samspill.represents(organisation_number) and exists (select from dialogue.input i
    where i.id = input_id and i.dialogue_id = trade_secret.dialogue_id
      and i.organisation_number = trade_secret.organisation_number));

create policy "the organisation and procurement officers read" on dialogue.input_receipt for select
  to samspill_dialogue_reader
  using (samspill.represents(organisation_number) or exists (select from dialogue.market_dialogue d
    where d.id = dialogue_id and samspill.holds('PROCUREMENT_OFFICER', d.municipality_number)));

create policy "the organisation reads its own while writing" on dialogue.input_receipt for select
  to samspill_dialogue_writer
  using (samspill.represents(organisation_number));

create policy "the organisation writes" on dialogue.input_receipt for insert
  to samspill_dialogue_writer
  with check (samspill.represents(organisation_number) and exists (select from dialogue.input i
    where i.id = input_receipt.id and i.dialogue_id = input_receipt.dialogue_id
      and i.organisation_number = input_receipt.organisation_number));
