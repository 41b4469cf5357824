import { expect, it } from 'vitest';
import { entries, entry, openAuditStore, START } from './audit.test-support.js';
import { AuditRow, appendAudit, auditMigration, erasePersonFromAudit } from './index.js';

it('keeps what it was given, in a chain', async () => {
  await using store = await openAuditStore();
  expect(await appendAudit(store.as('writer'), 'tenders', [entry(1)])).toBe(1n);
  expect(await appendAudit(store.as('writer'), 'tenders', entries(2, 2))).toBe(3n);
  const [row] = await store.em.find(AuditRow, { id: '2' });
  expect(row).toMatchObject({
    id: '2',
    at: new Date('2026-03-02T08:02:00.000Z'),
    requestId: 'request-2',
    actorKind: 'PERSON',
    clientId: null,
    organisations: ['920123899', '920123900'],
    roles: ['OPENER'],
    loginLevel: 'HIGH',
    operation: 'openBids',
    outcome: 'DONE',
    code: null,
    objectType: 'Opening',
    objectId: 'o-2',
    ownerMunicipality: '3118',
    ownerOrganisation: '920123899',
  });
  expect(Buffer.from(row?.afterDigest ?? [])).toEqual(Buffer.alloc(32, 3));
  expect(await store.verify()).toMatchObject({ entries: 3, persons: 3, break: null });
});

it('takes a hundred entries in one statement, and knows a person once for each request', async () => {
  await using store = await openAuditStore();
  const many = entries(100).map((each, index) => ({
    ...each,
    requestId: index < 50 ? 'one' : 'two',
    actor: { ...each.actor, personId: 'P-1' },
  }));
  expect(await appendAudit(store.as('writer'), 'tenders', many)).toBe(100n);
  expect(await store.sql('select person_id from tenders.audit_person')).toEqual([
    { person_id: 'P-1' },
    { person_id: 'P-1' },
  ]);
  expect(await store.verify({ pageSize: 7 })).toMatchObject({ entries: 100, persons: 100, break: null });
});

it('asks nothing of the database for no entries', async () => {
  await using store = await openAuditStore();
  expect(await appendAudit(store.as('public'), 'tenders', [])).toBeNull();
});

it('records whatever a client sent', async () => {
  await using store = await openAuditStore();
  const strange = [
    '',
    '\u0000',
    '\ud800',
    '\ufeffbom',
    '?',
    "'; drop --",
    '\\x00',
    '{"a":null}',
    '☃\u2028',
    'a',
  ];
  const long = 'æ'.repeat(100_000);
  await appendAudit(
    store.as('writer'),
    'tenders',
    [...strange, long, `${long}b`].map((text, index) =>
      entry(index, {
        requestId: text,
        actor: {
          kind: 'SERVICE',
          personId: text,
          clientId: text,
          organisations: [text, text],
          roles: [],
          level: text,
        },
        operation: text,
        code: text,
        object: { type: text, id: text },
        owner: { municipality: text, organisation: text },
      }),
    ),
  );
  expect(await store.verify()).toMatchObject({ entries: 12, break: null });
  const rows = await store.em.find(AuditRow, {}, { orderBy: { id: 'asc' } });
  expect(rows[4]?.organisations).toEqual(['?', '?']);
  expect(rows[10]?.objectId).toMatch(/^æ{128}…sha256:[0-9a-f]{64}$/);
  expect(rows[11]?.objectId).not.toBe(rows[10]?.objectId);
});

it('believes the host’s clock, also when it goes back; the sequence is the order', async () => {
  await using store = await openAuditStore();
  for (const hour of [5, 1, 9]) {
    await appendAudit(store.as('writer'), 'tenders', [
      entry(1, { at: new Date(START.getTime() + hour * 3_600_000) }),
    ]);
  }
  const rows = await store.em.find(AuditRow, {}, { orderBy: { id: 'asc' } });
  expect(rows.map((row) => row.at.getUTCHours())).toEqual([13, 9, 17]);
  expect(await store.verify()).toMatchObject({ entries: 3, break: null });
});

it('is undone with the transaction, and leaves no gap', async () => {
  await using store = await openAuditStore();
  await appendAudit(store.as('writer'), 'tenders', [entry(1)]);
  const undone = store.as('writer').transactional(async (em) => {
    await appendAudit(em, 'tenders', entries(5, 2));
    throw new Error('changed my mind');
  });
  await expect(undone).rejects.toThrow('changed my mind');
  expect(await appendAudit(store.as('writer'), 'tenders', [entry(2)])).toBe(2n);
  expect(await store.verify()).toMatchObject({ entries: 2, persons: 2, break: null });
});

it('lets nobody claim to have done what they cannot do', async () => {
  await using store = await openAuditStore();
  const may = async (role: 'public' | 'reader' | 'writer' | 'system', outcome: 'DONE' | 'READ' | 'REFUSED') =>
    appendAudit(store.as(role), 'tenders', [entry(1, { outcome })]).then(
      () => true,
      (error) => {
        expect(error.code).toBe('42501');
        return false;
      },
    );
  const allowed: string[] = [];
  for (const role of ['public', 'reader', 'writer', 'system'] as const) {
    for (const outcome of ['DONE', 'READ', 'REFUSED'] as const) {
      if (await may(role, outcome)) allowed.push(`${role} ${outcome}`);
    }
  }
  expect(allowed).toEqual([
    'public REFUSED',
    'reader READ',
    'reader REFUSED',
    ...['writer DONE', 'writer READ', 'writer REFUSED'],
    ...['system DONE', 'system READ', 'system REFUSED'],
  ]);
  // One among many that are allowed spoils them all.
  await expect(
    appendAudit(store.as('public'), 'tenders', [entry(1, { outcome: 'REFUSED' }), entry(2)]),
  ).rejects.toThrow('may not append');
  expect(await store.verify()).toMatchObject({ entries: 9, break: null });
});

it('knows a role that only lends the public’s, as all services’ connections for everybody have', async () => {
  await using store = await openAuditStore();
  await store.sql('create role lent nologin noinherit');
  await store.sql('grant samspill_tenders_public to lent with inherit true');
  const asLent = (outcome: 'DONE' | 'REFUSED') =>
    store.em.transactional(async (em) => {
      await em.execute('set local role lent');
      await appendAudit(em, 'tenders', [entry(1, { outcome })]);
    });
  await expect(asLent('DONE')).rejects.toThrow('may not append');
  await asLent('REFUSED');
});

it('is closed to everybody whom the log does not concern', async () => {
  await using store = await openAuditStore();
  await appendAudit(store.em, 'tenders', [
    entry(1, { owner: { municipality: '3118' } }),
    entry(2, { owner: { municipality: '3122' } }),
    entry(3, { owner: { organisation: '920123899' } }),
    entry(4, { owner: { municipality: '3118', organisation: '920123899' } }),
    entry(5, { owner: null }),
  ]);
  const sees = async (
    role: 'public' | 'reader' | 'writer' | 'system',
    variables?: Record<string, string>,
  ) => {
    const em = store.as(role, variables);
    const rows = await em.execute<{ sequence: string }[]>(
      'select sequence::text from tenders.audit_entry order by 1',
    );
    const persons = await em.execute<{ person_id: string }[]>(
      `select e.sequence::text || ' ' || person_id as person_id from tenders.audit_person
       join tenders.audit_entry e on e.actor_reference = reference order by 1`,
    );
    return [...rows.map((row) => row.sequence), ...persons.map((row) => row.person_id)].join(', ');
  };
  expect(await sees('system')).toBe('1, 2, 3, 4, 5, 1 P-1, 2 P-2, 3 P-0, 4 P-1, 5 P-2');
  expect(await sees('reader')).toBe('');
  expect(await sees('reader', { 'samspill.grants': 'ADMINISTRATOR@3118' })).toBe('1, 4, 1 P-1, 4 P-1');
  expect(await sees('reader', { 'samspill.grants': 'OPENER@3118,ADMINISTRATOR@3122' })).toBe('2, 2 P-2');
  // A supplier sees what happened to its own, and not which person did it.
  expect(await sees('reader', { 'samspill.organisations': '920123899' })).toBe('3, 4');
  for (const role of ['public', 'writer'] as const)
    await expect(sees(role)).rejects.toThrow('permission denied');
  await expect(store.as('reader').execute('select salt from tenders.audit_person')).rejects.toThrow('denied');
  await expect(store.as('reader').execute('select * from tenders.audit_head')).rejects.toThrow('denied');
});

it('stays closed when somebody is generous with privileges', async () => {
  await using store = await openAuditStore();
  await appendAudit(store.em, 'tenders', [entry(1)]);
  await store.sql(
    'grant all on all tables in schema tenders to samspill_tenders_public, samspill_tenders_writer',
  );
  for (const role of ['public', 'writer'] as const) {
    for (const table of ['audit_entry', 'audit_head', 'audit_person', 'audit_checkpoint']) {
      expect(await store.as(role).execute(`select * from tenders.${table}`)).toEqual([]);
    }
    await expect(
      store
        .as(role)
        .execute('insert into tenders.audit_entry select (e).* from (select null::tenders.audit_entry e) x'),
    ).rejects.toThrow();
    await store.as(role).execute('update tenders.audit_head set sequence = 0');
    await store.as(role).execute('delete from tenders.audit_person');
  }
  expect(await store.verify()).toMatchObject({ entries: 1, persons: 1, break: null });
});

it('refuses changes, even the owner’s', async () => {
  await using store = await openAuditStore();
  await appendAudit(store.em, 'tenders', [entry(1)]);
  for (const statement of [
    "update tenders.audit_entry set code = 'X'",
    'update tenders.audit_entry set code = null where false',
    'delete from tenders.audit_entry',
    'truncate tenders.audit_entry',
    'delete from tenders.audit_head',
    'truncate tenders.audit_head',
    'update tenders.audit_checkpoint set sequence = 1',
    'delete from tenders.audit_checkpoint',
    'truncate tenders.audit_checkpoint',
  ]) {
    await expect(store.sql(statement), statement).rejects.toThrow('only ever added to');
    // A session that says it is a replica skips ordinary triggers.
    await expect(
      store.em.transactional(async (em) => {
        await em.execute("set local session_replication_role = 'replica'");
        await em.execute(statement);
      }),
    ).rejects.toThrow('only ever added to');
  }
  for (const table of ['audit_entry', 'audit_head', 'audit_checkpoint']) {
    await expect(store.as('system').execute(`delete from tenders.${table}`)).rejects.toThrow();
  }
});

it('forgets a person and stays whole', async () => {
  await using store = await openAuditStore();
  await appendAudit(store.as('writer'), 'tenders', entries(9));
  expect(await erasePersonFromAudit(store.as('system'), 'tenders', 'P-1')).toBe(3);
  expect(await erasePersonFromAudit(store.as('system'), 'tenders', 'P-1')).toBe(0);
  await expect(erasePersonFromAudit(store.as('writer'), 'tenders', 'P-2')).rejects.toThrow('denied');
  expect(await store.verify()).toMatchObject({ entries: 9, persons: 6, break: null });
  const left = await store.sql<{ found: string }>(
    `select t::text as found from tenders.audit_entry t union all select t::text from tenders.audit_person t`,
  );
  expect(left.some(({ found }) => found.includes('P-2'))).toBe(true);
  expect(left.some(({ found }) => found.includes('P-1'))).toBe(false);
});

it('gives nothing away: the same person has another commitment in every request', async () => {
  await using store = await openAuditStore();
  const same = { ...entry(1).actor, personId: 'P-1' };
  for (const number of [1, 2, 3]) {
    await appendAudit(store.em, 'tenders', [entry(number, { actor: same })]);
  }
  const rows = await store.sql(
    `select distinct encode(actor_commitment, 'hex') as c from tenders.audit_entry`,
  );
  expect(rows).toHaveLength(3);
});

it('has a chain for each service, beside one another', async () => {
  const { openDatabase } = await import('@samspill/database');
  const database = await openDatabase({});
  await using tenders = await openAuditStore('tenders', database);
  await using events = await openAuditStore('events', database);
  await appendAudit(tenders.as('writer'), 'tenders', entries(2));
  await appendAudit(events.as('writer'), 'events', entries(1));
  expect(await tenders.em.count(AuditRow)).toBe(2);
  expect(await events.em.find(AuditRow, {})).toHaveLength(1);
  expect(await tenders.verify()).toMatchObject({ entries: 2, break: null });
  expect(await events.verify()).toMatchObject({ entries: 1, break: null });
  // A whole entry taken over from another service, with the head to go with it.
  await events.tamper(
    'delete from events.audit_entry',
    'insert into events.audit_entry select (t).* from (select row(e.*)::tenders.audit_entry as t from tenders.audit_entry e) x',
    `update events.audit_head set sequence = 2, hash = (select hash from tenders.audit_head)`,
  );
  expect((await events.verify()).break).toMatchObject({ what: 'CHANGED', sequence: '1' });
  await database.close();
});

it('takes no name for a service that is none', () => {
  expect(() => auditMigration('tenders"; drop schema x')).toThrow('Not a name');
});

it('has statements without empty lines, as migrations are split there', () => {
  for (const statement of auditMigration('tenders').statements) expect(statement).not.toMatch(/\n\s*\n/);
});
