/** `whorl/storage/postgres`: templates in PostgreSQL, shared by several services. */

export { PostgresConnection } from '../../../storage/postgres/postgres-connection.ts';
export type { PostgresOptions, PostgresTls } from '../../../storage/postgres/postgres-options.ts';
export { type PostgresLogOptions, PostgresSharedLog } from '../../../storage/postgres/postgres-shared-log.ts';
export {
  PostgresStorageAdapter,
  type PostgresStorageOptions,
} from '../../../storage/postgres/postgres-storage-adapter.ts';
