/** Makes, changes and looks at the tables that services share. */

import { type MigrationReport, makeTables, migrateTables } from '../../storage/postgres/postgres-migration.ts';
import { type PostgresStatus, readStatus } from '../../storage/postgres/postgres-status.ts';
import type { ServiceConfiguration } from '../configuration/service-configuration.ts';
import { sharedConnection } from './shared-connection.ts';

export type { MigrationReport, PostgresStatus };

type Shared = Pick<ServiceConfiguration, 'shared'>;

/** Makes schema and tables, with `roles` those that use them, too. Rejects as {@link makeTables} does. */
export async function initDatabase(
  configuration: Shared,
  { url, roles }: { readonly url: string | undefined; readonly roles: boolean },
): Promise<MigrationReport & { readonly schema: string }> {
  await using connection = sharedConnection(configuration, url);
  return { schema: connection.schema, ...(await makeTables(connection, { roles })) };
}

/** Brings the tables to the version of this Whorl. Rejects as {@link migrateTables} does. */
export async function migrateDatabase(configuration: Shared, url: string | undefined): Promise<MigrationReport> {
  await using connection = sharedConnection(configuration, url);
  return await migrateTables(connection);
}

/** What there is at the server. Rejects as {@link readStatus} does. */
export async function databaseStatus(configuration: Shared, url: string | undefined): Promise<PostgresStatus> {
  await using connection = sharedConnection(configuration, url);
  return await readStatus(connection);
}
