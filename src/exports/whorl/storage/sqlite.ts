/** `whorl/storage/sqlite`: templates in SQLite files, one file per database. */

export { SqliteStorageAdapter } from '../../../storage/sqlite/sqlite-storage-adapter.ts';
