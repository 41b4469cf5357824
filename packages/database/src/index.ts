export { lockUntilTheEnd, shareUntilTheEnd } from './advisory-lock.js';
export { CHANGES_CHANNEL, ChangeFeed, type GenerationListener } from './change-feed.js';
export { claimDataDirectory, DataDirectoryInUse, ownerOf } from './data-directory.js';
export { type Database, type DatabaseOptions, openDatabase } from './database.js';
export {
  type Cursor,
  countByParent,
  countUpTo,
  decodeCursor,
  InvalidCursor,
  type KeysetOrder,
  type KeysetPage,
  type KeysetRequest,
  keysetPage,
  keysetPagesByParent,
  type ListOf,
  type ParentColumn,
} from './keyset.js';
export { type SqlMigration, splitStatements, sqlMigrations } from './migrations.js';
export { openStore, type ServiceStoreOptions } from './orm.js';
export { type DatabaseRole, PUBLIC_ROLE, roleName } from './roles.js';
export { type FindRowsOptions, findRows, type RowOrder } from './rows/find-rows.js';
export { assertColumns } from './rows/row-shape.js';
