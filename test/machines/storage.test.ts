/** The storage suite on PostgreSQL. */

import { afterAll, beforeAll, describe, test } from 'vitest';
import { PostgresConnection, PostgresStorageAdapter } from '../../src/exports/whorl/storage/postgres.ts';
import { makeTables } from '../../src/storage/postgres/postgres-migration.ts';
import { storageSuite } from '../../src/testkit/suites/storage/storage-suite.ts';
import { NO_POSTGRES, PrivatePostgres } from './private-postgres.ts';

describe.skipIf(NO_POSTGRES !== undefined)(`a storage on PostgreSQL ${NO_POSTGRES ?? ''}`, () => {
  let server: PrivatePostgres;

  beforeAll(async () => {
    server = await PrivatePostgres.start();
    await using connection = new PostgresConnection({ url: server.url() });
    await makeTables(connection);
  });
  afterAll(() => server?.[Symbol.asyncDispose]());

  const suite = storageSuite(async () => {
    const connection = new PostgresConnection({ url: server.url(), site: 'tests', pollMs: 50 });
    const adapter = new PostgresStorageAdapter({ connection });
    return {
      adapter,
      place: () => ({}),
      reopen: async () => new PostgresStorageAdapter({ connection }),
      close: async () => {
        await adapter.close();
        await connection.close();
      },
    };
  });
  for (const { title, run } of suite) test(title, run);
});
