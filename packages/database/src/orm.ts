import type { AnyEntity, EntityClass } from '@mikro-orm/core';
import { ReflectMetadataProvider } from '@mikro-orm/decorators/legacy';
import { Migrator } from '@mikro-orm/migrations';
import { MikroORM, PostgreSqlDriver } from '@mikro-orm/postgresql';
import { announceChanges } from './announce-changes.js';
import type { Database } from './database.js';
import { type SqlMigration, sqlMigrations, toMigrations } from './migrations.js';
import { explainRoles, makeRoles, protectTables } from './roles.js';

export interface ServiceStoreOptions {
  /** The service's own PostgreSQL schema, such as `tenders`. No service reads another's. */
  schema: string;
  entities: EntityClass<AnyEntity>[];
  /** The folder of SQL migrations, as a URL with a trailing slash. */
  migrations: URL;
  /** What every service has in its schema, made before its own migrations. */
  common?: readonly SqlMigration[];
  /** Called with every SQL statement; tests count them. */
  onStatement?: (sql: string) => void;
}

/**
 * Opens a service's store: makes its roles, brings its schema up to date (one process at a time), closes its
 * tables to whomever no policy lets in, and returns the ORM.
 * The ORM runs on the shared {@link Database}; closing the ORM is the host's business.
 */
export async function openStore(database: Database, options: ServiceStoreOptions): Promise<MikroORM> {
  const common = {
    driver: PostgreSqlDriver,
    // The real name: the migrator would otherwise create the database that it misses, and reconnect.
    dbName: database.name,
    schema: options.schema,
    metadataProvider: ReflectMetadataProvider,
    ensureDatabase: false,
    allowGlobalContext: false,
    colors: false,
  } as const;
  const migrating = await MikroORM.init({
    ...common,
    entities: [],
    discovery: { warnWhenNoEntities: false },
    driverOptions: database.owner,
    extensions: [Migrator],
    logger: () => undefined,
    migrations: {
      migrationsList: [...toMigrations(options.common ?? []), ...sqlMigrations(options.migrations)],
      tableName: 'migration',
      snapshot: false,
    },
  });
  await database.exclusively('samspill.roles', () =>
    makeRoles(database.owner, options.schema, database.login).catch(explainRoles),
  );
  await database.exclusively(`samspill.migrate.${options.schema}`, async () => {
    await migrating.em.getConnection().execute(`create schema if not exists "${options.schema}"`);
    await migrating.migrator.up();
    await protectTables(database.owner, options.schema);
    await announceChanges(database.owner, options.schema);
  });
  return MikroORM.init({
    ...common,
    entities: options.entities,
    driverOptions: database.kysely,
    debug: options.onStatement ? ['query'] : false,
    logger: options.onStatement ?? (() => undefined),
  });
}
