import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { AuditRow, auditMigration } from '@samspill/audit';
import { type Database, openDatabase, openStore } from '@samspill/database';
import { systemClock } from '@samspill/values';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { inChange } from '../change.js';
import type { ServiceStore } from '../service.js';
import { forgetMembership, membershipMigration, membershipsOf, recordMembership } from './membership.js';

const folder = mkdtempSync(join(tmpdir(), 'samspill-membership-'));
let database: Database;
let store: ServiceStore;

beforeAll(async () => {
  database = await openDatabase({});
  const orm = await openStore(database, {
    schema: 'events',
    entities: [AuditRow],
    migrations: pathToFileURL(`${folder}/`),
    common: [membershipMigration('events'), auditMigration('events')],
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
    change: (operation, work) =>
      inChange(
        store,
        {
          role: 'system',
          variables: {},
          actor: {
            kind: 'SERVICE',
            personId: null,
            clientId: 'test',
            organisations: [],
            roles: [],
            level: null,
          },
          operation,
          requestId: 'r',
        },
        work,
      ),
  };
});
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});

const said = (version: number, ...roles: string[]) => ({
  personId: 'P-1',
  municipality: '3118',
  municipalityNumbers: ['3118', '3014'],
  organisation: '920123899',
  roles,
  version,
});
const record = (version: number, ...roles: string[]) =>
  store.change('test', async ({ em, audit }) => {
    const isNew = await recordMembership(em, 'events', said(version, ...roles));
    if (isNew) audit({ object: { type: 'Membership', id: '3118' } });
    return isNew;
  });
const roles = async () =>
  (await membershipsOf(store.fork(), 'events', 'P-1', ['920123899'])).flatMap((each) => each.roles);

it('takes over what is newer, in whichever order it arrives, and however often', async () => {
  expect(await record(1, 'OPENER')).toBe(true);
  expect(await record(3)).toBe(true);
  expect(await record(2, 'OPENER', 'EVALUATOR')).toBe(false);
  expect(await record(3)).toBe(false);
  expect(await roles()).toEqual([]);
  expect(await record(4, 'EVALUATOR')).toBe(true);
  expect(await roles()).toEqual(['EVALUATOR']);
});

it('gives roles only to whoever acts for the organisation', async () => {
  expect(await membershipsOf(store.fork(), 'events', 'P-1', ['310000035'])).toEqual([]);
  expect(await membershipsOf(store.fork(), 'events', 'P-2', ['920123899'])).toEqual([]);
});

it('forgets, and lets no message from before bring anybody back', async () => {
  const forget = (version: number) =>
    store.change('test', async ({ em, audit }) => {
      await forgetMembership(em, 'events', said(version));
      audit({ object: { type: 'Membership', id: '3118' } });
    });
  await forget(5);
  expect(await record(5, 'OPENER')).toBe(false);
  expect(await roles()).toEqual([]);
  const left = await store.as('system').execute('select person_id from events.membership');
  expect(JSON.stringify(left)).not.toContain('P-1');
  expect(await record(6, 'OPENER')).toBe(true);
  // An erasure that comes late is of what was before.
  await forget(5);
  expect(await roles()).toEqual(['OPENER']);
});
