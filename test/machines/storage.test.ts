/** The suites of storages and logs on PostgreSQL. */

import { afterAll, beforeAll, describe, test } from 'vitest';
import {
  PostgresConnection,
  PostgresSharedLog,
  PostgresStorageAdapter,
} from '../../src/exports/whorl/storage/postgres.ts';
import { makeTables } from '../../src/storage/postgres/postgres-migration.ts';
import { sharedLogSuite } from '../../src/testkit/suites/storage/shared-log-suite.ts';
import { sharedStorageSuite } from '../../src/testkit/suites/storage/shared-storage-suite.ts';
import { storageSuite } from '../../src/testkit/suites/storage/storage-suite.ts';
import { NO_POSTGRES, PrivatePostgres } from './private-postgres.ts';

describe.skipIf(NO_POSTGRES !== undefined)(`PostgreSQL ${NO_POSTGRES ?? ''}`, () => {
  let server: PrivatePostgres;
  let streams = 0;

  beforeAll(async () => {
    server = await PrivatePostgres.start();
    await using connection = new PostgresConnection({ url: server.url() });
    await makeTables(connection);
  });
  afterAll(() => server?.[Symbol.asyncDispose]());

  async function rig() {
    const opened: AsyncDisposable[] = [];
    const adapterOf = async (site: string) => {
      const connection = new PostgresConnection({ url: server.url(), site, pollMs: 50 });
      const adapter = new PostgresStorageAdapter({ connection });
      opened.push(adapter, connection);
      return adapter;
    };
    return {
      adapter: await adapterOf('north'),
      place: () => ({}),
      reopen: () => adapterOf('north'),
      other: () => adapterOf('south'),
      close: async () => {
        for (const each of opened) await each[Symbol.asyncDispose]();
      },
    };
  }

  async function logRig() {
    const stream = String.fromCharCode(...[...`${++streams}`].map((digit) => 97 + Number(digit)));
    const opened: AsyncDisposable[] = [];
    return {
      open: async (site: string) => {
        const connection = new PostgresConnection({ url: server.url(), site, pollMs: 50 });
        const log = new PostgresSharedLog({ connection, stream });
        opened.push(log, connection);
        return log;
      },
      close: async () => {
        for (const each of opened) await each[Symbol.asyncDispose]();
      },
    };
  }

  for (const { title, run } of storageSuite(rig)) test(title, run);
  for (const { title, run } of sharedStorageSuite(rig)) test(title, run);
  for (const { title, run } of sharedLogSuite(logRig)) test(title, run);
});
