/**
 * Rows for one event and one dialogue, both called `many`, with so many of everything that hangs on them. Written as
 * the owner: how they come about is not what is counted, and asking for all of it one by one would take minutes.
 */
export function manyOfEverything(many: number): string[] {
  const n = `generate_series(1, ${many}) n`;
  const organisation = `(310100000 + n)::text`;
  const slot = `timestamptz '2091-01-01' + n * interval '1 hour'`;
  const of = `'many', '3118'`;
  return [
    copyOf(
      'events.event',
      "'many'",
      "published_at is not null and cancelled_at is null and municipality_number = '3118'",
      '{"seats_taken": 0}',
    ),
    copyOf('events.session', 'gen_random_uuid()', 'true', '{"event_id": "many"}'),
    `insert into events.registration (id, event_id, municipality_number, organisation_number, organisation_name, seats, status, place, language, registered_at)
      select 'many-' || n, ${of}, '310000035', 'Øyeren', 1, case n % 3 when 0 then 'WAITING' else 'CONFIRMED' end, n, 'nb', now() from ${n}`,
    `insert into events.attendee (id, registration_id, event_id, municipality_number, organisation_number, organisation_name, number, name)
      select 'many-' || n, 'many-' || n, ${of}, '310000035', 'Øyeren', 1, 'Navn' from ${n}`,
    `insert into events.session_seat select a.id, s.id, false from events.attendee a, events.session s
      where a.event_id = 'many' and s.event_id = 'many'`,
    `insert into events.document (id, purpose, name, media_type, size, sha256, state, municipality_number, attached_to_type, attached_to_id, published_at, created_at, settled_at, failed_checks)
      select 'many-' || id, 'EVENT_MATERIAL', 'a.pdf', 'application/pdf', 1, repeat('0', 64), 'READY', '3118', 'Event', id, now(), now(), now(), 0 from events.event`,
    `insert into events.material select 'many-' || id, 'many-' || id, id, null, now() from events.event`,

    copyOf(
      'dialogue.market_dialogue',
      "'many'",
      'led_here and announced_at is not null and closed_at is null and cancelled_at is null',
      '{}',
    ),
    `insert into dialogue.input (id, dialogue_id, kind, organisation_number, organisation_name, series_id, number, version, comment, has_trade_secret, submitted_at)
      select 'many-' || n, 'many', 'WRITTEN', ${organisation}, 'En', 'many-' || n, n, 1, 'Ord', true, now() from ${n}`,
    `insert into dialogue.input_answer (id, input_id, question_id, position, question, text, has_trade_secret)
      select 'many-' || n, 'many-' || n, 'q', 1, 'Hva?', 'Dette.', false from ${n}`,
    `insert into dialogue.trade_secret select 'many-' || n, 'many-' || n, null, 'many', ${organisation}, 'Hysj' from ${n}`,
    `insert into dialogue.input_receipt select 'many-' || n, 'many', ${organisation}, null, repeat('0', 64) from ${n}`,
    `insert into dialogue.input_conclusion select 'many-' || n, 'many', 'TAKEN_UP', 'Ja.', now() from ${n}`,
    `insert into dialogue.document (id, purpose, name, media_type, size, sha256, state, organisation_number, attached_to_type, attached_to_id, created_at, settled_at, failed_checks)
      select 'many-' || n, 'INPUT_ATTACHMENT', 'a.pdf', 'application/pdf', 1, repeat('0', 64), 'READY', ${organisation}, 'MarketInput', 'many-' || n, now(), now(), 0 from ${n}`,
    `insert into dialogue.input_attachment select 'many-' || n, 'many-' || n, 'many-' || n, 1, false from ${n}`,
    `insert into dialogue.disclosure (id, dialogue_id, municipality_number, number, text, told_at, told_to, organisation_number, organisation_name, channel, recorded_at)
      select 'many-' || n, ${of}, n, 'Ord', now(), 'ONE', ${organisation}, 'En', 'EMAIL', now() from ${n}`,
    `insert into dialogue.meeting_round (id, dialogue_id, municipality_number, number, title, minutes, requests_close_at, seed_commitment, seed, drawn_at, created_at, updated_at)
      select 'many-' || n, ${of}, n, 'Runde', 60, now(), encode(sha256('s'), 'hex'), 's', now(), now(), now() from generate_series(1, 2) n`,
    `insert into dialogue.meeting_slot (id, round_id, dialogue_id, municipality_number, minutes, room, starts_at, ends_at)
      select 'many-' || n, 'many-1', ${of}, 60, 'Rom', ${slot}, ${slot} + interval '1 hour' from ${n}`,
    `insert into dialogue.meeting_request (id, round_id, dialogue_id, municipality_number, organisation_number, organisation_name, unavailable, requested_at)
      select 'many-' || n, 'many-1', ${of}, ${organisation}, 'En', '{}', now() from ${n}`,
    `insert into dialogue.meeting_lot select 'many-' || n, 'many-1', n, ${organisation}, 'En', repeat('0', 64), false, '{}', 'many-' || n, 'many-' || n from ${n}`,
    `insert into dialogue.meeting (id, round_id, dialogue_id, municipality_number, request_id, slot_id, organisation_number, organisation_name, starts_at, ends_at, allotted_at, updated_at)
      select 'many-' || n, 'many-1', ${of}, 'many-' || n, 'many-' || n, ${organisation}, 'En', ${slot}, ${slot} + interval '1 hour', now(), now() from ${n}`,
    `insert into dialogue.meeting_minutes select 'many-' || n, ${of}, ${organisation}, 'Ord', true, now() from ${n}`,
    `insert into dialogue.meeting_comment select 'many-' || n, 'many-' || n, ${of}, ${organisation}, 'SUPPLIER', 'Ja', true, now() from ${n}`,
    `insert into dialogue.meeting_secret select 'many-' || n, 'many-' || n, ${of}, ${organisation}, 'SUPPLIER', 'Hysj', now() from ${n}`,
  ];
}

/** One more of the rows of a table, with another id; generated columns follow by themselves. */
function copyOf(table: string, id: string, where: string, change: string): string {
  const [schema, name] = table.split('.');
  return `do $do$
    declare columns text;
    begin
      select string_agg(quote_ident(column_name), ', ') into columns from information_schema.columns
        where table_schema = '${schema}' and table_name = '${name}' and is_generated = 'NEVER';
      execute format($sql$insert into ${table} (%1$s) select %1$s from jsonb_populate_record(null::${table},
        (select to_jsonb(t) from ${table} t where ${where} limit 1) || jsonb_build_object('id', ${id}) || '${change}'::jsonb)$sql$, columns);
    end $do$`;
}
