/** What a storage on PostgreSQL says when the server, or the way to it, fails. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isBiometricError } from '../../src/core/biometric-error.ts';
import { PostgresConnection, PostgresSharedLog } from '../../src/exports/whorl/storage/postgres.ts';
import { makeTables } from '../../src/storage/postgres/postgres-migration.ts';
import type { PostgresOptions } from '../../src/storage/postgres/postgres-options.ts';
import { collectRecords } from '../../src/testkit/suites/storage/collect-records.ts';
import { BEGINNING, changesAfter, itemsOf } from '../../src/testkit/suites/storage/shared/shared-database.ts';
import { NO_POSTGRES, PrivatePostgres, type PrivatePostgresOptions } from './private-postgres.ts';
import { openSite, someRecord } from './sites.ts';

const TIMEOUT_MS = 1500;
/** Of what is left of an answer's time for the test itself. */
const SLACK_MS = 700;

describe.skipIf(NO_POSTGRES !== undefined)(`PostgreSQL that fails ${NO_POSTGRES ?? ''}`, () => {
  let stack: AsyncDisposableStack;
  const uncaught: unknown[] = [];
  const note = (thrown: unknown) => void uncaught.push(thrown);

  beforeEach(() => {
    stack = new AsyncDisposableStack();
    uncaught.length = 0;
    process.on('unhandledRejection', note);
    process.on('uncaughtExceptionMonitor', note);
  });
  afterEach(async () => {
    await stack.disposeAsync();
    process.off('unhandledRejection', note);
    process.off('uncaughtExceptionMonitor', note);
    expect(uncaught).toEqual([]);
  });

  async function start(options: PrivatePostgresOptions = {}): Promise<PrivatePostgres> {
    const server = stack.use(await PrivatePostgres.start(options));
    await tablesAt(server);
    return server;
  }

  async function tablesAt(server: PrivatePostgres, roles = false): Promise<void> {
    await using connection = new PostgresConnection({ url: server.socketUrl });
    await makeTables(connection, { roles });
  }

  async function site(options: PostgresOptions) {
    return stack.use(await openSite({ timeoutMs: TIMEOUT_MS, ...options }));
  }

  test('a server that is stopped: refused at once, and served again when it is back', async () => {
    const server = await start();
    const { database } = await site({ url: server.url() });
    await database.add(someRecord());
    await server.stop();
    await refusedSoon('WHORL_E_OFFLINE', SLACK_MS, () => database.add(someRecord()));
    for (const attempt of readings(database)) await refusedSoon('WHORL_E_OFFLINE', SLACK_MS, attempt);
    await server.begin();
    await database.add(someRecord());
    expect(await database.count()).toBe(2);
  });

  test('a server that stands still: everything is refused in the time of an answer', async () => {
    const server = await start();
    const { database } = await site({ url: server.url() });
    await database.add(someRecord());
    server.hang();
    const attempts = [() => database.add(someRecord()), () => database.delete({}), ...readings(database)];
    await Promise.all(attempts.map((attempt) => refusedSoon('WHORL_E_OFFLINE', TIMEOUT_MS + SLACK_MS, attempt)));
    server.goOn();
    await database.add(someRecord());
    // What was on its way may have arrived: it is told in the history.
    const changes = await changesAfter(database);
    expect(await database.count()).toBe(changes.filter(({ record }) => record !== undefined).length);
  });

  test('a server that stands still while everything is read of it', async () => {
    const server = await start();
    const { database } = await site({ url: server.url() });
    await database.addAll?.(Array.from({ length: 20_000 }, someRecord));
    const { records } = await database.load();
    const reading = records[Symbol.asyncIterator]();
    expect((await reading.next()).done).toBe(false);
    server.hang();
    const rest = async () => {
      while (!(await reading.next()).done);
    };
    await refusedSoon('WHORL_E_OFFLINE', TIMEOUT_MS + SLACK_MS, rest);
    server.goOn();
    expect((await itemsOf((await database.load()).records)).length).toBe(20_000);
  });

  test('a server that is killed while records are added loses none that was acknowledged', async () => {
    const server = await start({ settings: { fsync: 'on' } });
    const { database } = await site({ url: server.url() });
    const acknowledged = new Set<number>();
    const refused: string[] = [];
    let hasKilled = false;
    const adding = Array.from({ length: 4 }, async () => {
      while (!hasKilled || refused.length === 0) {
        await database.add(someRecord()).then(
          (recordId) => acknowledged.add(recordId),
          (thrown: unknown) => refused.push(codeOf(thrown)),
        );
        if (acknowledged.size >= 80 && !hasKilled) {
          hasKilled = true;
          await server.kill();
        }
      }
    });
    await Promise.all(adding);
    expect(new Set(refused)).toEqual(new Set(['WHORL_E_OFFLINE']));
    await server.begin();
    const there = new Set((await collectRecords(database.query({}))).map(({ recordId }) => recordId));
    expect([...acknowledged].filter((recordId) => !there.has(recordId))).toEqual([]);
    const changes = await changesAfter(database);
    expect(changes.map(({ position }) => position.change)).toEqual(changes.map((_, i) => i + 1));
  });

  test('a server that takes no writes is read, and says so when it is written to', async () => {
    const server = await start();
    const { database, connection } = await site({ url: server.url() });
    const log = new PostgresSharedLog({ connection, stream: 'people' });
    await database.add(someRecord());
    await server.readOnly(true);
    await server.cut();
    const writes = [
      () => database.add(someRecord()),
      () => database.delete({}),
      () => log.push([{ key: 'a', body: undefined }]),
    ];
    for (const attempt of writes) await refusedSoon('WHORL_E_READ_ONLY', SLACK_MS, attempt);
    expect((await changesAfter(database)).length).toBe(1);
    await server.readOnly(false);
    await server.cut();
    await database.add(someRecord());
  });

  test('connections that are cut a hundred times: every call is answered, and watching goes on', async () => {
    const server = await start();
    const { database } = await site({ url: server.url() });
    let hints = 0;
    using _ = database.watch(() => void hints++);
    let cuts = 0;
    let isDone = false;
    const outcomes: string[] = [];
    const calls = Array.from({ length: 4 }, async (_each, i) => {
      while (!isDone) {
        const attempt = [
          () => database.add(someRecord()),
          () => database.count(),
          () => changesAfter(database, BEGINNING),
          () => collectRecords(database.query({})),
        ][i] as () => Promise<unknown>;
        await attempt().then(
          () => outcomes.push('done'),
          (thrown: unknown) => outcomes.push(codeOf(thrown)),
        );
      }
    });
    for (; cuts < 100; cuts++) await server.cut();
    isDone = true;
    await Promise.all(calls);
    expect(new Set(outcomes)).toEqual(new Set(['done', 'WHORL_E_OFFLINE']));
    const before = await database.position();
    const told = Promise.withResolvers<void>();
    using _again = database.watch(() => {
      void database.position().then(({ change }) => change > before.change && told.resolve(), note);
    });
    await database.add(someRecord());
    await told.promise;
    expect(hints).toBeGreaterThan(0);
    const changes = await changesAfter(database);
    expect(changes.map(({ position }) => position.change)).toEqual(changes.map((_, i) => i + 1));
  });

  test('a standby that had everything takes over, and the history goes on', async () => {
    const server = await start();
    const standby = stack.use(await server.standby());
    const url = `postgres://postgres@127.0.0.1:${server.port},127.0.0.1:${standby.port}/whorl`;
    const { database } = await site({ url });
    await database.addAll?.([someRecord(), someRecord()]);
    const before = await database.position();
    await server.caughtUp(standby);
    await server.kill();
    await refusedSoon('WHORL_E_OFFLINE', TIMEOUT_MS + SLACK_MS, () => database.add(someRecord()));
    await standby.promote();
    await database.add(someRecord());
    expect((await changesAfter(database, before)).length).toBe(1);
  });

  test('a standby that was behind takes over: another history is told, and nothing silently missed', async () => {
    const server = await start();
    const standby = stack.use(await server.standby());
    const url = `postgres://postgres@127.0.0.1:${server.port},127.0.0.1:${standby.port}/whorl`;
    const { database } = await site({ url });
    await database.add(someRecord());
    await server.caughtUp(standby);
    const known = await database.position();
    await standby.stop();
    await database.addAll?.([someRecord(), someRecord(), someRecord()]);
    const lost = await database.position();
    await server.kill();
    // What it had received is all it has.
    await standby.begin();
    await standby.promote();
    await refusedSoon('WHORL_E_RESYNC', TIMEOUT_MS, () => changesAfter(database, lost));
    // It goes on further than the history that was lost.
    await database.addAll?.(Array.from({ length: 5 }, someRecord));
    await refusedSoon('WHORL_E_RESYNC', TIMEOUT_MS, () => changesAfter(database, lost));
    expect((await changesAfter(database, known)).length).toBe(5);
    await refusedSoon('WHORL_E_STALE', TIMEOUT_MS, () => database.addChecked([someRecord()], lost));
  });

  test('a standby alone is not read: it may be behind', async () => {
    const server = await start();
    const standby = stack.use(await server.standby());
    await server.stop();
    const opening = openSite({ url: standby.url(), timeoutMs: TIMEOUT_MS });
    await expect(opening).rejects.toMatchObject({
      code: 'WHORL_E_OFFLINE',
      message: expect.stringContaining('standby'),
    });
  });

  test('files of yesterday put back are another history', async () => {
    const server = await start();
    const { database } = await site({ url: server.url() });
    await database.add(someRecord());
    const known = await database.position();
    const yesterday = await server.copyFiles();
    await database.addAll?.([someRecord(), someRecord()]);
    const lost = await database.position();
    await server.putBack(yesterday);
    await refusedSoon('WHORL_E_RESYNC', TIMEOUT_MS, () => changesAfter(database, lost));
    expect(await changesAfter(database, known)).toEqual([]);
    await database.addAll?.([someRecord(), someRecord(), someRecord()]);
    await refusedSoon('WHORL_E_RESYNC', TIMEOUT_MS, () => changesAfter(database, lost));
  });

  test('a dump restored elsewhere is another incarnation', async () => {
    const server = await start();
    const { database } = await site({ url: server.url() });
    await database.add(someRecord());
    const known = await database.position();
    const dump = await server.dump();
    const elsewhere = stack.use(await PrivatePostgres.start());
    await elsewhere.restoreDump(dump);
    const [north, south] = await Promise.all([site({ url: elsewhere.url() }), site({ url: elsewhere.url() })]);
    const position = await north.database.position();
    expect(position.change).toBe(known.change);
    expect(position.incarnation).not.toBe(known.incarnation);
    expect(await south.database.position()).toEqual(position);
    await refusedSoon('WHORL_E_RESYNC', TIMEOUT_MS, () => changesAfter(north.database, known));
    expect((await changesAfter(north.database)).length).toBe(1);
  });

  test('of a server and a host that does not answer, the server is used', async () => {
    const server = await start();
    const deaf = stack.use(await PrivatePostgres.start());
    deaf.hang();
    const url = `postgres://postgres@127.0.0.1:${deaf.port},127.0.0.1:${server.port}/whorl`;
    const { database } = await site({ url });
    await database.add(someRecord());
  });

  test('a clock an hour off changes no order', async () => {
    const server = await start();
    const { database, connection } = await site({ url: server.url() });
    const log = new PostgresSharedLog({ connection, stream: 'journal' });
    for (const key of ['1', '2', '3']) {
      await database.add(someRecord());
      await log.push([{ key, body: undefined }]);
    }
    // The clock of the server was an hour ahead when the second was written.
    const table = connection.schema;
    await server.sql(`update ${table}.whorl_log set at = at + interval '1 hour' where change = 2`);
    await server.sql(`update ${table}.whorl_change set at = at - interval '1 hour' where change = 2`);
    expect((await changesAfter(database)).map(({ position }) => position.change)).toEqual([1, 2, 3]);
    // What is old is taken away from the start only: the third stays behind the second.
    expect(await log.trim(Date.now() + 60_000)).toBe(1);
    expect((await itemsOf(log.since(BEGINNING))).map(({ key }) => key)).toEqual(['2', '3']);
  });

  test('who may not, and how to mend it', async () => {
    const server = await start({
      hba: ['host all postgres 127.0.0.1/32 trust', 'host all all 127.0.0.1/32 scram-sha-256'],
    });
    await tablesAt(server, true);
    await server.sql("alter role whorl_service password 'right'");
    await server.sql("alter role whorl_reader password 'right'");
    const refusals: readonly [Partial<PostgresOptions>, RegExp][] = [
      [{ url: server.url('whorl_service:wrong') }, /passwordCommand/],
      [{ url: server.url('whorl_service') }, /passwordCommand/],
      [{ url: server.url('whorl_service'), passwordCommand: ['false'] }, /passwordCommand: false/],
      [{ url: server.url('whorl_service'), passwordCommand: ['true'] }, /printed nothing/],
      [{ url: `postgres://postgres@127.0.0.1:${server.port}/nowhere` }, /createdb/],
      [{ url: server.url(), schema: 'elsewhere' }, /whorl database init/],
    ];
    for (const [options, words] of refusals) {
      await expect(openSite(options as PostgresOptions)).rejects.toMatchObject({
        code: 'WHORL_E_CONFIGURATION',
        message: expect.stringMatching(words),
      });
    }
    const password = join(server.folder, 'password');
    writeFileSync(password, 'right\n');
    const service = await site({ url: server.url('whorl_service'), passwordCommand: ['cat', password] });
    await service.database.add(someRecord());
    const reader = await site({ url: server.url('whorl_reader:right') });
    expect((await changesAfter(reader.database)).length).toBe(1);
    expect((await itemsOf((await reader.database.load()).records)).length).toBe(1);
    await expect(reader.database.delete({})).rejects.toMatchObject({ code: 'WHORL_E_CONFIGURATION' });
  });

  test('TLS: the right authority and the right name, or nothing', async () => {
    const server = await start({ tls: true, hba: ['hostssl all all 127.0.0.1/32 trust'] });
    const at = (host: string, mode: string) => `postgres://postgres@${host}:${server.port}/whorl?sslmode=${mode}`;
    for (const host of ['localhost', '127.0.0.1']) {
      const { database } = await site({ url: at(host, 'verify-full'), tls: { ca: server.ca } });
      await database.add(someRecord());
      const [row] = await server.sql('select count(*)::int as n from pg_stat_ssl where ssl');
      expect(row?.n).toBeGreaterThan(0);
    }
    const other = stack.use(await PrivatePostgres.start({ tls: true }));
    const refusals: readonly [string, PostgresOptions['tls'], RegExp][] = [
      ['verify-full', { ca: other.ca }, /tls\.ca/],
      ['verify-full', undefined, /tls\.ca/],
      ['disable', undefined, /pg_hba\.conf/],
      ['verify-full', { ca: join(server.folder, 'nothing') }, /cannot be read/],
    ];
    for (const [mode, tls, words] of refusals) {
      await expect(openSite({ url: at('localhost', mode), tls })).rejects.toMatchObject({
        code: 'WHORL_E_CONFIGURATION',
        message: expect.stringMatching(words),
      });
    }
    const plain = stack.use(await PrivatePostgres.start());
    const url = `postgres://postgres@localhost:${plain.port}/whorl?sslmode=require`;
    await expect(openSite({ url })).rejects.toMatchObject({
      code: 'WHORL_E_CONFIGURATION',
      message: expect.stringMatching(/ssl = on/),
    });
  });

  test('tables of a newer version, and of an earlier one', async () => {
    const server = await start();
    await server.sql('update whorl.whorl_installation set schema_version = 99');
    await expect(openSite({ url: server.url() })).rejects.toMatchObject({ code: 'WHORL_E_NEWER_FORMAT' });
    await expect(tablesAt(server)).rejects.toMatchObject({ code: 'WHORL_E_NEWER_FORMAT' });
    await server.sql('update whorl.whorl_installation set schema_version = 0');
    await expect(openSite({ url: server.url() })).rejects.toMatchObject({
      code: 'WHORL_E_CONFIGURATION',
      message: expect.stringContaining('whorl database migrate'),
    });
  });
});

async function refusedSoon(code: string, withinMs: number, attempt: () => Promise<unknown>): Promise<void> {
  const startMs = performance.now();
  await expect(attempt()).rejects.toMatchObject({ code });
  expect(performance.now() - startMs).toBeLessThan(withinMs);
}

function readings(database: Awaited<ReturnType<typeof openSite>>['database']): readonly (() => Promise<unknown>)[] {
  return [
    () => database.count(),
    () => database.position(),
    () => changesAfter(database),
    () => collectRecords(database.query({})),
    () => database.load(),
    () => database.marks(),
  ];
}

function codeOf(thrown: unknown): string {
  return isBiometricError(thrown) ? thrown.code : String(thrown);
}
