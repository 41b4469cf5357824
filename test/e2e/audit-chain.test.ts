import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  type AuditEntry,
  AuditRow,
  appendAudit,
  auditMigration,
  checkpointKey,
  erasePersonFromAudit,
  signCheckpoint,
  type Verdict,
  verifyChain,
} from '@samspill/audit';
import { type DatabaseRole, openDatabase, openStore, roleName } from '@samspill/database';
import { describe, expect, it } from 'vitest';
import { type DatabaseKind, databaseKinds, emptyDatabase } from '../support/databases.js';

const key = checkpointKey(Buffer.alloc(32, 3));
const publicKeys = new Map([[key.keyId, key.publicKey]]);
const START = Date.parse('2026-03-02T08:00:00.000Z');

type EntityManager = Parameters<typeof appendAudit>[0];

interface Log extends AsyncDisposable {
  as(role: DatabaseRole, variables?: Record<string, string>): EntityManager;
  owner(statement: string): Promise<Record<string, unknown>[]>;
  tamper(statement: string): Promise<void>;
  verify(): Promise<Verdict>;
}

/** The log of a service whose store was opened as every service's is, but which has no tables of its own. */
async function openLog(kind: DatabaseKind): Promise<Log> {
  const empty = await emptyDatabase(kind);
  const database = await openDatabase({ url: empty.options.databaseUrl, maxConnections: 8 });
  const migrations = mkdtempSync(join(tmpdir(), 'samspill-no-migrations-'));
  const orm = await openStore(database, {
    schema: 'tenders',
    entities: [AuditRow],
    migrations: pathToFileURL(`${migrations}/`),
    common: [auditMigration('tenders')],
  });
  const as: Log['as'] = (role, variables = {}) => {
    const fork = orm.em.fork();
    // Connections have the public's role from the start.
    if (role !== 'public') fork.setSessionContext({ role: roleName('tenders', role), variables });
    return fork;
  };
  const owner: Log['owner'] = (statement) =>
    orm.em.fork().transactional(async (em) => {
      // Whoever connected owns the tables; only the connections' first role is the public's.
      await em.execute('set local role none');
      return em.execute(statement);
    });
  return {
    as,
    owner,
    tamper: async (statement) => {
      await owner('alter table tenders.audit_entry disable trigger all');
      await owner(statement);
      await owner('alter table tenders.audit_entry enable trigger all');
    },
    verify: () => verifyChain((statement) => as('system').execute(statement), 'tenders', { publicKeys }),
    [Symbol.asyncDispose]: async () => {
      await database.close();
      await empty[Symbol.asyncDispose]();
      rmSync(migrations, { recursive: true, force: true });
    },
  };
}

const entries = (count: number, changes: Partial<AuditEntry> = {}): AuditEntry[] =>
  Array.from({ length: count }, (_, index) => ({
    at: new Date(START + index * 1000),
    requestId: `request-${index}`,
    actor: {
      kind: 'PERSON',
      personId: `P-${index % 2}`,
      clientId: null,
      organisations: ['920123899'],
      roles: ['OPENER'],
      level: 'HIGH',
    },
    operation: 'openBids',
    outcome: 'DONE',
    object: { type: 'Opening', id: `åpning ${index}` },
    owner: { municipality: '3118' },
    ...changes,
  }));

describe.each(databaseKinds)('the audit log on %s', (kind) => {
  it('is one unbroken chain, whoever writes at the same time', async () => {
    await using log = await openLog(kind);
    const writing = Array.from({ length: 8 }, async (_, writer) => {
      for (let round = 0; round < 21; round += 1) {
        const change = log.as('writer').transactional(async (em) => {
          await appendAudit(em, 'tenders', entries(3, { operation: `writer ${writer}` }));
          // Every seventh changes its mind after it had its place in the line.
          if (round % 7 === 6) throw new Error('undone');
        });
        if (round % 7 === 6) await expect(change).rejects.toThrow('undone');
        else await change;
      }
    });
    await Promise.all(writing);
    expect(await log.verify()).toMatchObject({ entries: 8 * 18 * 3, persons: 8 * 18 * 3, break: null });
  });

  it('names the first row that somebody tampered with', async () => {
    await using log = await openLog(kind);
    await appendAudit(log.as('writer'), 'tenders', entries(100));
    await signCheckpoint(log.as('system'), 'tenders', { ...key, now: new Date(START + 86_400_000) });
    expect(await log.verify()).toMatchObject({ entries: 100, checkpoints: 1, break: null });
    const cases = [
      ['delete from tenders.audit_entry where sequence = 100', 'TAIL_CUT', '100'],
      [`update tenders.audit_entry set object_id = 'åpning 8' where sequence = 90`, 'CHANGED', '90'],
      [
        `update tenders.audit_entry set at = at + interval '1 microsecond' where sequence = 80`,
        'CHANGED',
        '80',
      ],
      ['delete from tenders.audit_entry where sequence = 70', 'MISSING', '70'],
      [
        [
          'update tenders.audit_entry set sequence = -1 where sequence = 60',
          'update tenders.audit_entry set sequence = 60 where sequence = 61',
          'update tenders.audit_entry set sequence = 61 where sequence = -1',
        ],
        'ORDER',
        '60',
      ],
    ] as const;
    for (const [statements, what, sequence] of cases) {
      for (const statement of [statements].flat()) await log.tamper(statement);
      expect((await log.verify()).break, what).toMatchObject({ what, sequence });
    }
  });

  it('is only ever added to', async () => {
    await using log = await openLog(kind);
    await appendAudit(log.as('writer'), 'tenders', entries(1));
    for (const statement of [
      `update tenders.audit_entry set code = 'X'`,
      'delete from tenders.audit_entry',
      'truncate tenders.audit_entry',
      'delete from tenders.audit_head',
    ]) {
      await expect(log.owner(statement), statement).rejects.toThrow('only ever added to');
      for (const role of ['public', 'reader', 'writer', 'system'] as const) {
        await expect(log.as(role).execute(statement), `${role}: ${statement}`).rejects.toThrow();
      }
    }
    expect(await log.verify()).toMatchObject({ entries: 1, break: null });
  });

  it('records what the public was refused, and tells it nothing', async () => {
    await using log = await openLog(kind);
    await expect(appendAudit(log.as('public'), 'tenders', entries(1))).rejects.toThrow('may not append');
    await expect(appendAudit(log.as('public'), 'tenders', entries(1, { outcome: 'READ' }))).rejects.toThrow(
      'may not append',
    );
    expect(await appendAudit(log.as('public'), 'tenders', entries(1, { outcome: 'REFUSED' }))).toBe(1n);
    for (const table of ['audit_entry', 'audit_head', 'audit_person', 'audit_checkpoint']) {
      await expect(log.as('public').execute(`select 1 from tenders.${table}`)).rejects.toThrow('denied');
    }
    await expect(
      log.as('public').execute(`insert into tenders.audit_person values (gen_random_uuid(), '', '')`),
    ).rejects.toThrow('denied');
  });

  it('is read by the administrators of whom it concerns, and outlives the persons in it', async () => {
    await using log = await openLog(kind);
    await appendAudit(log.as('writer'), 'tenders', entries(4));
    await appendAudit(log.as('writer'), 'tenders', entries(2, { owner: { municipality: '3122' } }));
    const count = (variables: Record<string, string>) => log.as('reader', variables).count(AuditRow);
    expect(await count({ 'samspill.grants': 'ADMINISTRATOR@3118,OPENER@3122' })).toBe(4);
    expect(await count({ 'samspill.organisations': '920123899' })).toBe(0);
    expect(await erasePersonFromAudit(log.as('system'), 'tenders', 'P-1')).toBe(3);
    expect(await log.verify()).toMatchObject({ entries: 6, persons: 3, break: null });
  });
});
