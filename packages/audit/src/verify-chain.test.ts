import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AuditStore, entries, openAuditStore, START } from './audit.test-support.js';
import {
  appendAudit,
  type Checkpoint,
  checkpointKey,
  erasePersonFromAudit,
  signCheckpoint,
  type VerifyOptions,
} from './index.js';

const key = checkpointKey(Buffer.alloc(32, 7));
const publicKeys = new Map([[key.keyId, key.publicKey]]);
const day = (days: number) => new Date(START.getTime() + days * 86_400_000);

let store: AuditStore;
let signed: Checkpoint | null;

/** Ten entries, a checkpoint after the sixth; each test finds them as they were. */
beforeAll(async () => {
  store = await openAuditStore();
  await appendAudit(store.em, 'tenders', entries(6));
  signed = await signCheckpoint(store.as('system'), 'tenders', { ...key, now: day(1) });
  await appendAudit(store.em, 'tenders', entries(4, 7));
  // Who tampers is superuser, and rules are soon dropped.
  for (const table of ['entry', 'head', 'person', 'checkpoint']) {
    await store.sql(`create table tenders.kept_${table} as select * from tenders.audit_${table}`);
    await store.sql(
      `do $$ declare c record; begin
         for c in select conname from pg_constraint where conrelid = 'tenders.audit_${table}'::regclass
                    and (contype = 'c' or contype = 'p' and '${table}' <> 'checkpoint') loop
           execute format('alter table tenders.audit_${table} drop constraint %I cascade', c.conname);
         end loop;
         for c in select attname from pg_attribute where attrelid = 'tenders.audit_${table}'::regclass
                    and attnum > 0 and attnotnull and '${table}' <> 'checkpoint' loop
           execute format('alter table tenders.audit_${table} alter %I drop not null', c.attname);
         end loop;
       end $$`,
    );
  }
});

beforeEach(async () => {
  await store.tamper(
    ...['entry', 'head', 'person', 'checkpoint'].flatMap((table) => [
      `delete from tenders.audit_${table}`,
      `insert into tenders.audit_${table} select * from tenders.kept_${table}`,
    ]),
  );
});

afterAll(() => store?.[Symbol.asyncDispose]());

async function firstBreak(options: VerifyOptions = {}) {
  const found = (await store.verify({ publicKeys, ...options })).break;
  return found && { what: found.what, sequence: found.sequence };
}

it('finds nothing where there is nothing', async () => {
  const progress: unknown[] = [];
  expect(await store.verify({ publicKeys, pageSize: 4, onProgress: (step) => progress.push(step) })).toEqual({
    entries: 10,
    checkpoints: 1,
    signaturesChecked: true,
    persons: 10,
    break: null,
  });
  expect(progress).toEqual([4, 8, 10].map((done) => ({ entries: done, of: 10 })));
});

it('finds nothing in a log that has just begun', async () => {
  await using empty = await openAuditStore('events');
  expect(await empty.verify()).toMatchObject({ entries: 0, checkpoints: 0, break: null });
});

describe('a change of any column', () => {
  /** One byte where there is one to change, and something where there was nothing. */
  const changes: Record<string, (column: string) => string[]> = {
    bigint: () => ['500', '-3', 'sequence + 1', 'null'],
    'timestamp with time zone': (column) => [
      `${column} + interval '1 microsecond'`,
      `${column} - interval '4000 years'`,
      `'infinity'`,
      'null',
    ],
    text: (column) => [
      `overlay(coalesce(${column}, 'x') placing '~' from 1 for 1)`,
      `coalesce(${column}, '') || ' '`,
      `coalesce(${column}, '') || chr(65279)`,
      `case when ${column} is null then '' end`,
    ],
    ARRAY: (column) => [
      `${column} || ''::text`,
      `array_replace(${column}, ${column}[1], '920123898')`,
      `('[0:' || cardinality(${column}) - 1 || ']=' || ${column}::text)::text[]`,
      `array[${column}, ${column}]`,
      `array[array_to_string(${column}, ',') || ',']`,
      'null',
    ],
    uuid: () => ['gen_random_uuid()', 'null'],
    bytea: (column) => [
      `set_byte(coalesce(${column}, '\\x00'), 0, get_byte(coalesce(${column}, '\\x01'), 0) # 1)`,
      `${column} || '\\x00'`,
      `case when ${column} is null then ''::bytea end`,
    ],
  };

  it('is found, whichever row it is in', { timeout: 120_000 }, async () => {
    const columns = await store.sql<{ name: string; type: string }>(
      `select column_name as name, data_type as type from information_schema.columns
       where table_schema = 'tenders' and table_name = 'audit_entry' order by ordinal_position`,
    );
    expect(columns).toHaveLength(21);
    const unseen: string[] = [];
    let tried = 0;
    for (const { name, type } of columns) {
      for (const change of changes[type]?.(name) ?? []) {
        for (const row of [1, 5, 10]) {
          await store.tamper(`update tenders.audit_entry set ${name} = ${change} where sequence = ${row}`);
          const found = await firstBreak();
          const what = found && `${found.what} ${found.sequence}`;
          const expected =
            name === 'sequence'
              ? /^(ORDER|MISSING|TAIL_CUT|DUPLICATE|FORGED) /
              : new RegExp(`^CHANGED ${row}$`);
          if (!expected.test(what ?? '')) unseen.push(`${name} = ${change} in ${row}: ${what}`);
          tried += 1;
          await store.tamper(
            'delete from tenders.audit_entry',
            'insert into tenders.audit_entry select * from tenders.kept_entry',
          );
        }
      }
    }
    expect(unseen).toEqual([]);
    expect(tried).toBeGreaterThan(200);
  });
});

it('names the row', async () => {
  await store.tamper(`update tenders.audit_entry set outcome = 'READ' where sequence = 4`);
  expect(await store.verify()).toEqual({
    entries: 3,
    checkpoints: 0,
    signaturesChecked: false,
    persons: 3,
    break: {
      sequence: '4',
      what: 'CHANGED',
      row: {
        sequence: '4',
        at: '2026-03-02T08:04:00.000Z',
        operation: 'openBids',
        object: { type: 'Opening', id: 'o-4' },
      },
      explanation: {
        nb: 'Oppføring 4 er endret etter at den ble skrevet: innholdet stemmer ikke med avtrykket.',
        en: 'Entry 4 was changed after it was written: its content does not match its hash.',
      },
    },
  });
});

it.each([1, 5])('finds that row %i was deleted', async (row) => {
  await store.tamper(`delete from tenders.audit_entry where sequence = ${row}`);
  expect(await firstBreak()).toEqual({ what: 'MISSING', sequence: String(row) });
});

it('finds that rows were deleted across pages, and the others moved up', async () => {
  await store.tamper('delete from tenders.audit_entry where sequence in (3, 4)');
  expect(await firstBreak({ pageSize: 2 })).toEqual({ what: 'MISSING', sequence: '3' });
  await store.tamper(
    'update tenders.audit_entry set sequence = sequence - 2 where sequence > 4',
    'update tenders.audit_head set sequence = 8',
  );
  expect(await firstBreak({ pageSize: 2 })).toEqual({ what: 'CHANGED', sequence: '3' });
});

it('finds that the last row was deleted, whatever the head says', async () => {
  await store.tamper('delete from tenders.audit_entry where sequence = 10');
  expect(await firstBreak()).toEqual({ what: 'TAIL_CUT', sequence: '10' });
  await store.tamper('update tenders.audit_head set sequence = 9');
  expect(await firstBreak()).toEqual({ what: 'HEAD', sequence: '9' });
});

it('finds by a checkpoint that the end was cut off together with the head', async () => {
  await store.tamper(
    'delete from tenders.audit_entry where sequence > 4',
    'update tenders.audit_head set sequence = 4, hash = (select hash from tenders.audit_entry where sequence = 4)',
  );
  expect(await firstBreak()).toEqual({ what: 'TAIL_CUT', sequence: '5' });
  // With the checkpoint gone too, only a copy that was kept elsewhere tells.
  await store.tamper('delete from tenders.audit_checkpoint');
  expect(await firstBreak()).toBeNull();
  expect(await firstBreak({ witnesses: [signed as Checkpoint] })).toEqual({
    what: 'TAIL_CUT',
    sequence: '5',
  });
});

it('takes the same checkpoint from both places once', async () => {
  expect(await store.verify({ publicKeys, witnesses: [signed as Checkpoint] })).toMatchObject({
    checkpoints: 1,
    break: null,
  });
});

it('finds that everything was deleted', async () => {
  await store.tamper('delete from tenders.audit_entry');
  expect(await firstBreak()).toEqual({ what: 'TAIL_CUT', sequence: '1' });
  await store.tamper('delete from tenders.audit_head');
  expect(await firstBreak()).toEqual({ what: 'HEAD', sequence: '0' });
});

it('finds that two rows were swapped', async () => {
  await store.tamper(
    'update tenders.audit_entry set sequence = case sequence when 4 then 7 else 4 end where sequence in (4, 7)',
  );
  expect((await store.verify()).break).toMatchObject({
    what: 'ORDER',
    sequence: '4',
    row: { sequence: '7', object: { id: 'o-4' } },
    explanation: { en: 'The order was changed: the entry that belongs at 4 stands at 7.' },
  });
});

it('finds that two rows were swapped, their hashes left in place', async () => {
  await store.tamper(
    `update tenders.audit_entry e set request_id = o.request_id, at = o.at, object_id = o.object_id
     from tenders.kept_entry o where e.sequence in (4, 7) and o.sequence = 11 - e.sequence`,
  );
  expect(await firstBreak()).toEqual({ what: 'CHANGED', sequence: '4' });
});

it('finds a row that is there twice, also where a page ends', async () => {
  await store.tamper('insert into tenders.audit_entry select * from tenders.kept_entry where sequence = 4');
  for (const pageSize of [1, 4, 5, 1000]) {
    expect(await firstBreak({ pageSize })).toEqual({ what: 'DUPLICATE', sequence: '4' });
  }
});

/** Gives a row the hash that it should have: what somebody would do who knows how it is made. */
const rehash = (sequence: number) =>
  `update tenders.audit_entry set previous_hash = (select hash from tenders.audit_entry where sequence = ${sequence - 1})
   where sequence = ${sequence}`;
const seal = (sequence: number) =>
  `update tenders.audit_entry e set hash = sha256(convert_to(tenders.audit_canonical(e), 'UTF8')) where sequence = ${sequence}`;

it('finds a row that was changed and hashed anew', async () => {
  await store.tamper(`update tenders.audit_entry set roles = '{}' where sequence = 4`, seal(4));
  expect(await firstBreak()).toEqual({ what: 'CHAIN', sequence: '5' });
});

it('finds an entry that was put in at the end, past the head', async () => {
  await store.tamper(
    `insert into tenders.audit_entry select (jsonb_populate_record(e, '{"sequence": 11}')).*
       from tenders.audit_entry e where sequence = 10`,
    rehash(11),
    seal(11),
  );
  expect(await firstBreak()).toEqual({ what: 'FORGED', sequence: '11' });
});

it('finds by a checkpoint that everything was written anew', async () => {
  const anew = [3, 4, 5, 6, 7, 8, 9, 10].flatMap((row) => [rehash(row), seal(row)]);
  await store.tamper(
    `update tenders.audit_entry set roles = '{}' where sequence = 3`,
    ...anew,
    'update tenders.audit_head set hash = (select hash from tenders.audit_entry where sequence = 10)',
  );
  expect(await firstBreak()).toEqual({ what: 'CHECKPOINT', sequence: '6' });
  // And one that is forged to fit lacks the key.
  await store.tamper(
    'update tenders.audit_checkpoint set hash = (select hash from tenders.audit_entry where sequence = 6)',
  );
  expect(await firstBreak()).toEqual({ what: 'CHECKPOINT', sequence: '6' });
  expect(await firstBreak({ publicKeys: undefined })).toBeNull();
});

it('finds any change of a checkpoint', async () => {
  for (const change of [
    `day = day - 1`,
    `day = '1999-01-01'`,
    'sequence = 5, hash = (select hash from tenders.audit_entry where sequence = 5)',
    'sequence = 50',
    'sequence = 0',
    'sequence = -1',
    'hash = set_byte(hash, 31, get_byte(hash, 31) # 1)',
    `key_id = 'other'`,
    'signature = set_byte(signature, 0, get_byte(signature, 0) # 1)',
    `signature = ''`,
    `signed_at = signed_at + interval '1 microsecond'`,
  ]) {
    await store.tamper(
      'delete from tenders.audit_checkpoint',
      'insert into tenders.audit_checkpoint select * from tenders.kept_checkpoint',
      `update tenders.audit_checkpoint set ${change}`,
    );
    expect((await firstBreak())?.what, change).toBe('CHECKPOINT');
  }
});

it('takes no checkpoint that another key has signed', async () => {
  const other = checkpointKey(Buffer.alloc(32, 8));
  await signCheckpoint(store.as('system'), 'tenders', { ...other, now: day(2) });
  expect(await firstBreak()).toEqual({ what: 'CHECKPOINT', sequence: '10' });
  expect(
    await firstBreak({ publicKeys: new Map([...publicKeys, [other.keyId, other.publicKey]]) }),
  ).toBeNull();
  // Nor one that names our key and was signed by theirs.
  await store.tamper(`update tenders.audit_checkpoint set key_id = '${key.keyId}'`);
  expect(await firstBreak()).toEqual({ what: 'CHECKPOINT', sequence: '10' });
});

it('finds that a person was put in another’s place', async () => {
  const fifth = '(select actor_reference from tenders.audit_entry where sequence = 5)';
  for (const change of [
    `person_id = 'P-9'`,
    `person_id = null`,
    `salt = set_byte(salt, 0, get_byte(salt, 0) # 1)`,
    // Moving the border between the two would leave what is hashed as it was.
    `salt = substr(salt, 1, 31)`,
    `salt = salt || convert_to(person_id, 'UTF8'), person_id = ''`,
  ]) {
    await store.tamper(
      'delete from tenders.audit_person',
      'insert into tenders.audit_person select * from tenders.kept_person',
      `update tenders.audit_person set ${change} where reference = ${fifth}`,
    );
    expect(await firstBreak(), change).toEqual({ what: 'PERSON', sequence: '5' });
  }
});

it('takes a person who was erased for no break', async () => {
  await erasePersonFromAudit(store.as('system'), 'tenders', 'P-2');
  expect(await store.verify({ publicKeys })).toMatchObject({ entries: 10, persons: 7, break: null });
});

it('finds a row without a sequence', async () => {
  await store.tamper(
    'insert into tenders.audit_entry select (jsonb_populate_record(e, \'{"sequence": null}\')).* from tenders.kept_entry e where sequence = 4',
    'update tenders.audit_entry set sequence = null where sequence is null',
  );
  expect((await store.verify()).break).toMatchObject({ what: 'FORGED', row: { sequence: null } });
});

it('names the first of several', async () => {
  await store.tamper(
    `update tenders.audit_entry set code = 'X' where sequence = 8`,
    'delete from tenders.audit_entry where sequence = 10',
    `update tenders.audit_entry set code = 'X' where sequence = 3`,
  );
  expect(await firstBreak()).toEqual({ what: 'CHANGED', sequence: '3' });
});

it('is not disturbed by what is appended and signed meanwhile', async () => {
  let calls = 0;
  const verdict = await store.verify({
    publicKeys,
    pageSize: 3,
    onProgress: () => {
      calls += 1;
    },
  });
  expect(verdict).toMatchObject({ entries: 10, break: null });
  expect(calls).toBe(4);
  const appending = store.verify({ publicKeys, pageSize: 1 });
  const more = appendAudit(store.em.fork(), 'tenders', entries(3, 11));
  expect((await appending).break).toBeNull();
  await more;
});
