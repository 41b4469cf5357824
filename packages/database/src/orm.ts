import type { AnyEntity, EntityClass } from '@mikro-orm/core';
import { ReflectMetadataProvider } from '@mikro-orm/decorators/legacy';
import { Migrator } from '@mikro-orm/migrations';
import { MikroORM, PostgreSqlDriver } from '@mikro-orm/postgresql';
import type { Database } from './database.js';
import { sqlMigrations } from './migrations.js';

export interface ServiceStoreOptions {
  /** The service's own PostgreSQL schema, such as `tenders`. No service reads another's. */
  schema: string;
  entities: EntityClass<AnyEntity>[];
  /** The folder of SQL migrations, as a URL with a trailing slash. */
  migrations: URL;
  /** Called with every SQL statement; tests count them. */
  onStatement?: (sql: string) => void;
}

/**
 * Opens a service's store: brings its schema up to date (one process at a time) and returns the ORM.
 * The ORM runs on the shared {@link Database}; closing the ORM is the host's business.
 */
export async function openStore(database: Database, options: ServiceStoreOptions): Promise<MikroORM> {
  const orm = await MikroORM.init({
    driver: PostgreSqlDriver,
    // The real name: the migrator would otherwise create the database that it misses, and reconnect.
    dbName: database.name,
    schema: options.schema,
    entities: options.entities,
    metadataProvider: ReflectMetadataProvider,
    driverOptions: database.kysely,
    ensureDatabase: false,
    extensions: [Migrator],
    allowGlobalContext: false,
    debug: options.onStatement ? ['query'] : false,
    logger: options.onStatement ?? (() => undefined),
    colors: false,
    migrations: {
      migrationsList: sqlMigrations(options.migrations),
      tableName: 'migration',
      snapshot: false,
    },
  });
  await database.exclusively(`samspill.migrate.${options.schema}`, async () => {
    await orm.em.getConnection().execute(`create schema if not exists "${options.schema}"`);
    await orm.migrator.up();
  });
  return orm;
}
