import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { AuditRow, auditMigration } from '@samspill/audit';
import { type Database, openDatabase, openStore } from '@samspill/database';
import { systemClock } from '@samspill/values';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { inChange, isRefusedByDatabase, UnauditedChange } from './change.js';
import type { ServiceStore } from './service.js';

@Entity({ tableName: 'word' })
class Word {
  @PrimaryKey({ type: 'text' })
  id: string;

  @Property({ type: 'text' })
  text: string;
}

let database: Database;
let store: ServiceStore;
const folder = mkdtempSync(join(tmpdir(), 'samspill-change-'));

beforeAll(async () => {
  writeFileSync(
    join(folder, '0001-words.sql'),
    `create table events.word (id text primary key, text text not null);

create policy "its own" on events.word for all to samspill_events_writer
  using (samspill.represents(id)) with check (samspill.represents(id));
`,
  );
  database = await openDatabase({});
  const orm = await openStore(database, {
    schema: 'events',
    entities: [Word, AuditRow],
    migrations: new URL(`${pathToFileURL(folder).href}/`),
    common: [auditMigration('events')],
  });
  store = {
    name: 'events',
    links: null as never,
    host: { clock: systemClock } as ServiceStore['host'],
    fork: () => orm.em.fork(),
    as: (role, variables = {}) => {
      const em = orm.em.fork();
      em.setSessionContext({ role: `samspill_events_${role}`, variables });
      return em;
    },
    change: () => Promise.reject(new Error('not here')),
  };
});
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});
beforeEach(() => store.as('system').nativeDelete(Word, {}));

const author = {
  role: 'writer',
  variables: { 'samspill.organisations': 'mine' },
  actor: {
    kind: 'PERSON',
    personId: 'P-1',
    clientId: null,
    organisations: ['mine'],
    roles: [],
    level: 'HIGH',
  },
  operation: 'write',
  requestId: 'r-1',
} as const;
const words = () => store.as('system').count(Word);
const entries = () => store.as('system').find(AuditRow, {}, { orderBy: { id: 'asc' } });

it('keeps the change and its entry together', async () => {
  const before = (await entries()).length;
  await inChange(store, author, async ({ em, audit }) => {
    em.create(Word, { id: 'mine', text: 'hei' });
    audit({ object: { type: 'Word', id: 'mine' }, owner: { organisation: 'mine' } });
  });
  expect(await words()).toBe(1);
  const all = await entries();
  expect(all.slice(before)).toMatchObject([
    { operation: 'write', outcome: 'DONE', objectType: 'Word', objectId: 'mine', ownerOrganisation: 'mine' },
  ]);
});

it('undoes a change that says nothing to the log, loudly', async () => {
  const silent = inChange(store, author, async ({ em }) => {
    em.create(Word, { id: 'mine', text: 'hei' });
  });
  await expect(silent).rejects.toThrow(UnauditedChange);
  expect(await words()).toBe(0);
});

it('lets a change that changes nothing say nothing', async () => {
  const before = (await entries()).length;
  expect(await inChange(store, author, async ({ em }) => em.count(Word))).toBe(0);
  expect(await entries()).toHaveLength(before);
});

it('leaves neither row nor entry of a change that fails', async () => {
  const before = (await entries()).length;
  const failing = inChange(store, author, async ({ em, audit }) => {
    em.create(Word, { id: 'mine', text: 'hei' });
    audit({ object: { type: 'Word', id: 'mine' } });
    await em.flush();
    throw new Error('changed my mind');
  });
  await expect(failing).rejects.toThrow('changed my mind');
  expect(await words()).toBe(0);
  expect(await entries()).toHaveLength(before);
});

it('is held to row-level security', async () => {
  const foreign = inChange(store, author, async ({ em, audit }) => {
    em.create(Word, { id: 'theirs', text: 'hei' });
    audit({ object: { type: 'Word', id: 'theirs' } });
  });
  await expect(foreign).rejects.toSatisfy(isRefusedByDatabase);
  expect(await words()).toBe(0);
});

it('closes a table to the public and to readers unless a policy lets them in', async () => {
  await store.as('system').insert(Word, { id: 'mine', text: 'hei' });
  expect(await store.fork().count(Word)).toBe(0);
  expect(await store.as('reader', author.variables).count(Word)).toBe(0);
  await expect(store.fork().insert(Word, { id: 'x', text: 'x' })).rejects.toSatisfy(isRefusedByDatabase);
});
