export { claimDataDirectory, DataDirectoryInUse, ownerOf } from './data-directory.js';
export { type Database, type DatabaseOptions, openDatabase } from './database.js';
export {
  type Cursor,
  countByParent,
  decodeCursor,
  InvalidCursor,
  type KeysetOrder,
  type KeysetPage,
  type KeysetRequest,
  keysetPage,
  keysetPagesByParent,
  type ParentColumn,
} from './keyset.js';
export { type SqlMigration, splitStatements, sqlMigrations } from './migrations.js';
export { openStore, type ServiceStoreOptions } from './orm.js';
export { type DatabaseRole, PUBLIC_ROLE, roleName } from './roles.js';
