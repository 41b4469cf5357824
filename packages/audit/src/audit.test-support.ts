import { ReflectMetadataProvider } from '@mikro-orm/decorators/legacy';
import { type EntityManager, MikroORM, PostgreSqlDriver } from '@mikro-orm/postgresql';
import { type Database, openDatabase } from '@samspill/database';
import type { AuditEntry } from './append-audit.js';
import { AuditRow } from './audit-row.js';
import { auditMigration } from './migration.js';
import { type Verdict, type VerifyOptions, verifyChain } from './verify-chain.js';

/** A service's audit log on a database of its own, with the roles that a host would make. */
export interface AuditStore extends AsyncDisposable {
  /** As the owner, whom row-level security does not hold. */
  readonly em: EntityManager;
  /** As one of the service's roles, with what policies ask about in variables. */
  as(role: 'public' | 'reader' | 'writer' | 'system', variables?: Record<string, string>): EntityManager;
  sql<T extends object = Record<string, unknown>>(statement: string): Promise<T[]>;
  /** Does what the log is there to find: as the owner, with every trigger switched off. */
  tamper(...statements: string[]): Promise<void>;
  verify(options?: VerifyOptions): Promise<Verdict>;
}

export async function openAuditStore(service = 'tenders', shared?: Database): Promise<AuditStore> {
  const database = shared ?? (await openDatabase({}));
  const orm = await MikroORM.init({
    driver: PostgreSqlDriver,
    dbName: database.name,
    schema: service,
    entities: [AuditRow],
    metadataProvider: ReflectMetadataProvider,
    driverOptions: database.owner,
    ensureDatabase: false,
    allowGlobalContext: false,
  });
  const em = orm.em.fork();
  const sql = <T extends object>(statement: string) => em.execute<T[]>(statement);
  for (const statement of [...roles(service), ...auditMigration(service).statements]) await sql(statement);
  return {
    em,
    sql,
    as: (role, variables = {}) => {
      const fork = orm.em.fork();
      fork.setSessionContext({ role: `samspill_${service}_${role}`, variables });
      return fork;
    },
    tamper: async (...statements) => {
      for (const table of ['audit_entry', 'audit_head', 'audit_checkpoint']) {
        await sql(`alter table "${service}".${table} disable trigger all`);
      }
      for (const statement of statements) await sql(statement);
      for (const table of ['audit_entry', 'audit_head', 'audit_checkpoint']) {
        await sql(`alter table "${service}".${table} enable trigger all`);
      }
    },
    verify: (options) => verifyChain((statement) => sql(statement), service, options),
    [Symbol.asyncDispose]: async () => {
      if (!shared) await database.close();
    },
  };
}

/** What packages/database makes before a migration runs, as far as an audit log needs it. */
function roles(service: string): string[] {
  return [
    `create schema if not exists samspill`,
    `grant usage on schema samspill to public`,
    `create or replace function samspill.holds(role text, municipality text) returns boolean language sql stable
     return (role || '@' || municipality) = any (string_to_array(current_setting('samspill.grants', true), ','))`,
    `create or replace function samspill.represents(organisation text) returns boolean language sql stable
     return organisation = any (string_to_array(current_setting('samspill.organisations', true), ','))`,
    `create schema if not exists "${service}"`,
    ...['public', 'reader', 'writer', 'system'].map(
      (role) => `do $$ begin
         create role "samspill_${service}_${role}" nologin noinherit nobypassrls;
       exception when duplicate_object or unique_violation then null;
       end $$`,
    ),
  ];
}

export const START = new Date('2026-03-02T08:00:00.000Z');

/** An entry like any other, unless told otherwise; a minute apart. */
export function entry(number: number, changes: Partial<AuditEntry> = {}): AuditEntry {
  return {
    at: new Date(START.getTime() + number * 60_000),
    requestId: `request-${number}`,
    actor: {
      kind: 'PERSON',
      personId: `P-${number % 3}`,
      clientId: null,
      organisations: ['920123899', '920123900'],
      roles: ['OPENER'],
      level: 'HIGH',
    },
    operation: 'openBids',
    outcome: 'DONE',
    code: null,
    object: { type: 'Opening', id: `o-${number}` },
    owner: { municipality: '3118', organisation: '920123899' },
    before: Buffer.alloc(32, number),
    after: Buffer.alloc(32, number + 1),
    ...changes,
  };
}

export const entries = (count: number, from = 1): AuditEntry[] =>
  Array.from({ length: count }, (_, index) => entry(from + index));
