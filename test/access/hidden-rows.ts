/** Of one row that is not for everybody: a role in a municipality, an organisation, a person; each of them suffices. */
export interface Whose {
  readonly role: string | null;
  readonly municipality: string | null;
  readonly organisation: string | null;
  readonly person: string | null;
}

interface Hidden {
  /** What names a row. @default id */
  readonly key?: string;
  /** The rows that are not for everybody, and whose they are. */
  readonly rows: string;
}

const NOBODY = { role: 'null', municipality: 'null', organisation: 'null', person: 'null' };

/** A list of rows with whose they are, in the columns of {@link Whose}. */
function rowsOf(id: string, whose: Partial<Record<keyof Whose, string>>, from: string): string {
  const columns = Object.entries({ ...NOBODY, ...whose }).map(
    ([name, value]) => `(${value})::text as ${name}`,
  );
  return `select (${id})::text as id, ${columns.join(', ')} from ${from}`;
}

const ofMembers = (id: string, from: string, municipality = 'municipality_number') =>
  rowsOf(id, { role: "'MEMBER'", municipality }, from);
/** What hangs on a dialogue that only its own people may see. */
const ofDraftDialogue = (table: string, from = `dialogue.${table} t`) =>
  ofMembers(
    't.id',
    `${from} join dialogue.market_dialogue d on d.id = dialogue_id where d.announced_at is null`,
    'd.municipality_number',
  );
const between = (role: string, table: string, key = 'id'): Hidden => ({
  key,
  rows: rowsOf(
    `t.${key}`,
    { role: `'${role}'`, municipality: 'd.municipality_number', organisation: 't.organisation_number' },
    `dialogue.${table} t join dialogue.market_dialogue d on d.id = t.dialogue_id`,
  ),
});
const ofInput = (table: string): Hidden => {
  const on = table === 'input_conclusion' ? 't.id' : 't.input_id';
  return {
    rows: rowsOf(
      't.id',
      { role: "'MEMBER'", municipality: 'd.municipality_number', organisation: 'i.organisation_number' },
      `dialogue.${table} t join dialogue.input i on i.id = ${on} join dialogue.market_dialogue d on d.id = i.dialogue_id`,
    ),
  };
};
const ofRegistration = {
  role: "'EVENT_HOST'",
  municipality: 'r.municipality_number',
  organisation: 'r.organisation_number',
  person: 'r.person_id',
};

/** The tables in which not every row is for everybody, with the rows that are not while every dialogue is a draft. */
export const HIDDEN: Readonly<Record<string, Hidden>> = {
  'dialogue.dialogue_activity': { rows: ofDraftDialogue('dialogue_activity') },
  'dialogue.dialogue_calendar_link': {
    rows: rowsOf('id', { person: 'person_id' }, 'dialogue.dialogue_calendar_link'),
  },
  'dialogue.dialogue_question': { rows: ofDraftDialogue('dialogue_question') },
  'dialogue.disclosure': {
    rows: rowsOf(
      'id',
      { role: "'MEMBER'", municipality: 'municipality_number', organisation: 'organisation_number' },
      'dialogue.disclosure where published_at is null',
    ),
  },
  'dialogue.document': {
    // One that is attached is for those who read the input; a secret one is for procurement officers.
    rows: rowsOf(
      't.id',
      {
        role: "case when a.is_trade_secret then 'PROCUREMENT_OFFICER' else 'MEMBER' end",
        municipality: 'coalesce(d.municipality_number, t.municipality_number)',
        organisation: 't.organisation_number',
        person: 't.person_id',
      },
      `dialogue.document t left join dialogue.input_attachment a on a.document_id = t.id
       left join dialogue.input i on i.id = a.input_id left join dialogue.market_dialogue d on d.id = i.dialogue_id
       where t.published_at is null`,
    ),
  },
  'dialogue.hearing_document': { rows: ofDraftDialogue('hearing_document') },
  'dialogue.hearing_version': {
    rows: ofDraftDialogue(
      'hearing_version',
      'dialogue.hearing_version t join dialogue.hearing_document h on h.id = t.document_id',
    ),
  },
  'dialogue.input': between('MEMBER', 'input'),
  'dialogue.input_answer': ofInput('input_answer'),
  'dialogue.input_attachment': ofInput('input_attachment'),
  'dialogue.input_conclusion': ofInput('input_conclusion'),
  'dialogue.input_receipt': between('PROCUREMENT_OFFICER', 'input_receipt'),
  'dialogue.market_dialogue': {
    rows: ofMembers('id', 'dialogue.market_dialogue where announced_at is null'),
  },
  'dialogue.meeting': between('MEMBER', 'meeting'),
  'dialogue.meeting_comment': between('MEMBER', 'meeting_comment'),
  'dialogue.meeting_lot': {
    rows: ofDraftDialogue(
      'meeting_lot',
      'dialogue.meeting_lot t join dialogue.meeting_round r on r.id = t.round_id',
    ),
  },
  'dialogue.meeting_minutes': between('MEMBER', 'meeting_minutes', 'meeting_id'),
  'dialogue.meeting_request': between('MEMBER', 'meeting_request'),
  'dialogue.meeting_round': { rows: ofDraftDialogue('meeting_round') },
  'dialogue.meeting_secret': between('PROCUREMENT_OFFICER', 'meeting_secret'),
  'dialogue.meeting_slot': { rows: ofDraftDialogue('meeting_slot') },
  'dialogue.need': { rows: ofMembers('id', "dialogue.need where status = 'DRAFT'") },
  'dialogue.need_following': {
    rows: rowsOf('id', { person: 'person_id' }, 'dialogue.need_following'),
  },
  'dialogue.overridden_finding': {
    key: "need_id || '/' || finding_id",
    rows: ofMembers(
      "need_id || '/' || finding_id",
      "dialogue.overridden_finding join dialogue.need n on n.id = need_id where n.status = 'DRAFT'",
    ),
  },
  'dialogue.participant': between('MEMBER', 'participant'),
  'dialogue.trade_secret': between('PROCUREMENT_OFFICER', 'trade_secret'),
  'events.attendee': {
    rows: rowsOf(
      'a.id',
      ofRegistration,
      'events.attendee a join events.registration r on r.id = a.registration_id',
    ),
  },
  'events.calendar_link': { rows: rowsOf('id', { person: 'person_id' }, 'events.calendar_link') },
  'events.document': {
    rows: rowsOf(
      'id',
      { role: "'MEMBER'", municipality: 'municipality_number', person: 'person_id' },
      'events.document where published_at is null',
    ),
  },
  'events.event': { rows: ofMembers('id', 'events.event where published_at is null') },
  'events.material': {
    rows: ofMembers(
      'm.id',
      'events.material m join events.event e on e.id = m.event_id where e.published_at is null',
    ),
  },
  'events.registration': { rows: rowsOf('id', ofRegistration, 'events.registration r') },
  'events.session': {
    rows: ofMembers(
      's.id',
      'events.session s join events.event e on e.id = s.event_id where e.published_at is null',
    ),
  },
  'events.session_seat': {
    key: "attendee_id || '/' || session_id",
    rows: rowsOf(
      "attendee_id || '/' || session_id",
      ofRegistration,
      'events.session_seat join events.attendee a on a.id = attendee_id join events.registration r on r.id = a.registration_id',
    ),
  },
  'suppliers.capability': {
    rows: rowsOf(
      'id',
      { organisation: 'organisation_number' },
      'suppliers.capability where published_at is null',
    ),
  },
  'tenders.member': { rows: ofMembers('id', 'tenders.member') },
};

/** Makes drafts of what is published, so that all that hangs on it is hidden with it. */
export const HIDE = [
  'update dialogue.market_dialogue set announced_at = null where led_here',
  'update events.event set published_at = null where id in (select event_id from events.material)',
];

/** Rows that `useEverything` does not leave behind, written by the owner. */
export const NOBODY_DID_THIS = [
  `insert into dialogue.meeting_secret
    select 'secret-1', meeting_id, dialogue_id, municipality_number, organisation_number, 'SUPPLIER', 'hemmelig', recorded_at
    from dialogue.meeting_minutes limit 1`,
  `insert into dialogue.input_answer (id, input_id, question_id, position, question, text, has_trade_secret)
    select 'answer-1', id, 'question-1', 1, 'Hva?', 'Dette.', false from dialogue.input limit 1`,
  `insert into events.session_seat
    select a.id, s.id, false from events.attendee a, events.session s where a.organisation_number is not null limit 1`,
  `insert into dialogue.disclosure (id, dialogue_id, municipality_number, number, text, told_at, told_to, organisation_number, organisation_name, channel, recorded_at)
    select 'disclosure-1', d.id, d.municipality_number,
      1 + (select coalesce(max(number), 0) from dialogue.disclosure where dialogue_id = d.id),
      'hemmelig', now(), 'ONE', p.organisation_number, p.organisation_name, 'TELEPHONE', now()
    from dialogue.participant p join dialogue.market_dialogue d on d.id = p.dialogue_id
    where d.closed_at is null and d.summarised_at is null and p.organisation_number = '310000035' limit 1`,
  `insert into dialogue.document (id, purpose, name, media_type, size, sha256, state, organisation_number, person_id,
      attached_to_type, attached_to_id, created_at, settled_at, failed_checks)
    select 'attached-' || secret, 'INPUT_ATTACHMENT', 'a.pdf', 'application/pdf', 1, repeat('0', 64), 'READY',
      i.organisation_number, null, 'MarketInput', i.series_id, now(), now(), 0
    from (select * from dialogue.input limit 1) i, (values ('true'), ('false')) as t (secret)`,
  `insert into dialogue.input_attachment
    select 'attachment-' || d.id, i.id, d.id, 1, d.id = 'attached-true'
    from dialogue.document d join dialogue.input i on i.series_id = d.attached_to_id where d.id like 'attached-%'`,
];
