/** Services of a test on one server, as far as their storage goes. */

import { randomBytes } from 'node:crypto';
import type { NewRecord, TemplateDatabase } from '../../src/adapters/storage-adapter.ts';
import { randomGuid } from '../../src/core/guid.ts';
import { guidIdentity } from '../../src/core/identity.ts';
import { PostgresConnection, PostgresStorageAdapter } from '../../src/exports/whorl/storage/postgres.ts';
import type { PostgresOptions } from '../../src/storage/postgres/postgres-options.ts';
import { type SharedDatabase, sharedDatabase } from '../../src/testkit/suites/storage/shared/shared-database.ts';

/** What all services of a test have open. */
export const DESCRIPTOR = { databaseId: randomGuid(), factor: 8, templateFormat: randomGuid() };

/** A service. */
export interface Site extends AsyncDisposable {
  readonly connection: PostgresConnection;
  readonly database: SharedDatabase;
}

/** Opens the database as a service; the tables are there. */
export async function openSite(options: PostgresOptions): Promise<Site> {
  const connection = new PostgresConnection({ site: 'north', pollMs: 50, timeoutMs: 2000, ...options });
  const adapter = new PostgresStorageAdapter({ connection });
  const database: TemplateDatabase = await adapter.open(DESCRIPTOR, { create: true });
  return {
    connection,
    database: sharedDatabase(database),
    async [Symbol.asyncDispose]() {
      await adapter.close();
      await connection.close();
    },
  };
}

/** A record nobody else has; as many bytes as a sealed template has on average. */
export function someRecord(): NewRecord {
  return { identity: guidIdentity(randomGuid()), subFactor: 2, template: new Uint8Array(randomBytes(910)) };
}
