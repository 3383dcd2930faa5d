/** Services that share a PostgreSQL server, and what its faults do to them. */

import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ServiceConfiguration } from '../../src/composition/configuration/service-configuration.ts';
import { randomGuid } from '../../src/core/guid.ts';
import { guidIdentity } from '../../src/core/identity.ts';
import { PostgresConnection } from '../../src/exports/whorl/storage/postgres.ts';
import { makeTables } from '../../src/storage/postgres/postgres-migration.ts';
import { temporaryFolder } from '../daemon/start.ts';
import { enroll, identify, settled } from '../support/shared-fingers.ts';
import { type SharedSite, startSite } from '../support/shared-site.ts';
import { NO_POSTGRES, PrivatePostgres } from './private-postgres.ts';

describe.skipIf(NO_POSTGRES !== undefined)(`services on PostgreSQL ${NO_POSTGRES ?? ''}`, () => {
  const folders = [temporaryFolder(), temporaryFolder()] as const;
  const timeoutMs = 500;
  let server: PrivatePostgres;
  let a: SharedSite;
  let b: SharedSite;
  let people = 100;

  const configuration = (site: string, url = server.url()): ServiceConfiguration => ({
    shared: { site, postgres: { url, pollMs: 200, timeoutMs } },
  });
  const newOwner = () => guidIdentity(randomGuid());
  const isLive = async ({ service }: SharedSite) => (await service.administration.status()).shared?.live === true;
  const found = async (site: SharedSite, person: number) => (await identify(site, person)).kind === 'identified';

  beforeAll(async () => {
    server = await PrivatePostgres.start();
    await using connection = new PostgresConnection({ url: server.url() });
    await makeTables(connection);
    a = await startSite('a', folders[0].path, configuration('a'));
    b = await startSite('b', folders[1].path, configuration('b'));
  });

  afterAll(async () => {
    await a?.[Symbol.asyncDispose]();
    await b?.[Symbol.asyncDispose]();
    await server?.[Symbol.asyncDispose]();
    for (const folder of folders) folder[Symbol.dispose]();
  });

  /** Enrolls somebody at one service, and waits for the other to know them. */
  async function somebody(): Promise<number> {
    const person = ++people;
    expect(await enroll(a, person, newOwner())).toMatchObject({ kind: 'stored' });
    await settled(() => found(b, person));
    return person;
  }

  test('who is enrolled at one is found at the other, by name, and the line is in the journal of both', async () => {
    const owner = newOwner();
    await b.service.people.create({ name: 'Grace', identity: owner });
    await enroll(a, 1, owner);
    await settled(() => found(b, 1));
    expect(await identify(b, 1)).toMatchObject({ identity: owner, person: { name: 'Grace' } });
    await settled(async () => {
      const { items } = await a.service.journal.list({ kinds: ['recognised'], identity: owner });
      return items.some(({ site, person }) => site === 'b' && person?.name === 'Grace');
    });
  });

  test('of two identities that enroll one finger at two services at once, one is told that it is there', async () => {
    for (let round = 0; round < 5; round++) {
      const person = ++people;
      const outcomes = await Promise.all([enroll(a, person, newOwner()), enroll(b, person, newOwner())]);
      expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['duplicate', 'stored']);
    }
  });

  const refused = { code: 'WHORL_E_OFFLINE' };
  const faults: readonly (readonly [string, () => Promise<void>, () => Promise<void>, { readonly code: string }])[] = [
    ['is stopped', () => server.stop(), () => server.begin(), refused],
    ['is killed', () => server.kill(), () => server.begin(), refused],
    ['hangs', async () => server.hang(), async () => server.goOn(), refused],
  ];
  test.each(faults)(
    'the server %s: people are recognised, nothing is stored, and all goes on',
    async (_, begin, end, code) => {
      const person = await somebody();
      await begin();
      await settled(async () => !(await isLive(b)));
      expect(await identify(b, person)).toMatchObject({ kind: 'identified' });
      const since = performance.now();
      await expect(enroll(b, ++people, newOwner())).rejects.toMatchObject(code);
      await expect(b.service.people.create({ name: 'Nobody' })).rejects.toMatchObject(code);
      // Never without an answer: each of the two is refused in its time, or somewhat later on a busy machine.
      expect(performance.now() - since).toBeLessThan(20 * timeoutMs);
      await end();
      await settled(async () => (await isLive(a)) && (await isLive(b)));
      await somebody();
      await settled(async () => (await b.service.administration.status()).shared?.journalWaiting === 0);
      await settled(async () => (await b.service.administration.status()).faults.length === 0);
    },
  );

  test('a server that takes no writes is read, and says so to who writes', async () => {
    const person = await somebody();
    await server.readOnly(true);
    const code = { code: 'WHORL_E_READ_ONLY' };
    await expect(b.service.people.create({ name: 'Nobody' })).rejects.toMatchObject(code);
    await expect(enroll(b, ++people, newOwner())).rejects.toMatchObject(code);
    expect(await found(b, person)).toBe(true);
    await server.readOnly(false);
    await settled(async () => (await isLive(a)) && (await isLive(b)));
    await somebody();
  });

  test('connections that are cut a hundred times lose nothing that was acknowledged', async () => {
    const kept: string[] = [];
    const ending = new AbortController();
    const cutting = (async () => {
      let cut = 0;
      while (cut < 100 && !ending.signal.aborted) {
        cut += await server.cut();
        await pause(20);
      }
      return cut;
    })();
    for (let i = 0; kept.length < 20; i++) {
      const name = `Cut ${i}`;
      await a.service.people.create({ name }).then(
        () => kept.push(name),
        ({ code }: { readonly code: string }) => expect(code).toBe('WHORL_E_OFFLINE'),
      );
    }
    await cutting;
    ending.abort();
    await settled(async () => (await isLive(a)) && (await isLive(b)));
    await settled(async () => {
      const { items } = await b.service.people.list({ text: 'cut', limit: 200 });
      return kept.every((name) => items.some((person) => person.name === name));
    });
    await somebody();
  });

  test('a server that is put back as it was yesterday: what is there is what is recognised, and once', async () => {
    const before = await somebody();
    const copy = await server.copyFiles();
    await settled(async () => (await isLive(a)) && (await isLive(b)));
    const after = await somebody();
    const { total } = await a.service.journal.list({ kinds: ['recognised'] });
    await server.putBack(copy);
    await settled(async () => (await isLive(a)) && (await isLive(b)));
    // Another change of the same number makes the histories differ.
    await somebody();
    await settled(async () => !(await found(b, after)));
    expect(await found(a, before)).toBe(true);
    expect(await found(a, after)).toBe(false);
    // No line was lost, nor told twice.
    const { items } = await a.service.journal.list({ kinds: ['recognised'], limit: 500 });
    expect(items.length).toBeGreaterThan(total ?? 0);
    expect(new Set(items.map(({ atMs, site }) => `${site} ${atMs}`)).size).toBe(items.length);
  });
});

describe.skipIf(NO_POSTGRES !== undefined)(`a fail-over ${NO_POSTGRES ?? ''}`, () => {
  test('to a standby that was behind: services have what it has, and nothing else, after reading once what differs', async () => {
    using folderA = temporaryFolder();
    using folderB = temporaryFolder();
    await using primary = await PrivatePostgres.start();
    await using connection = new PostgresConnection({ url: primary.url() });
    await makeTables(connection);
    await using standby = await primary.standby();
    const url = `postgres://postgres@127.0.0.1:${primary.port},127.0.0.1:${standby.port}/whorl`;
    const shared = (site: string) => ({ shared: { site, postgres: { url, pollMs: 200, timeoutMs: 1000 } } });
    await using a = await startSite('a', folderA.path, shared('a'));
    await using b = await startSite('b', folderB.path, shared('b'));
    const known = async (person: number) =>
      Promise.all([a, b].map(async (site) => (await identify(site, person)).kind === 'identified'));
    const both = JSON.stringify([true, true]);
    const none = JSON.stringify([false, false]);

    await enroll(a, 1, guidIdentity(randomGuid()));
    await settled(async () => JSON.stringify(await known(1)) === both);
    await primary.caughtUp(standby);
    // From here on it receives nothing.
    await standby.sql("alter system set primary_conninfo = ''", 'postgres');
    await standby.sql('select pg_reload_conf()', 'postgres');
    const receivers = async () => (await primary.sql('select 1 from pg_stat_replication')).length;
    await settled(async () => (await receivers()) === 0);
    await enroll(a, 2, guidIdentity(randomGuid()));
    await settled(async () => JSON.stringify(await known(2)) === both);
    await primary.kill();
    await standby.promote();
    await settled(async () => {
      const statuses = await Promise.all([a, b].map(({ service }) => service.administration.status()));
      return statuses.every(({ shared: status }) => status?.live === true);
    });
    // Somebody else has the number that the lost record had.
    await enroll(b, 3, guidIdentity(randomGuid()));
    await settled(async () => JSON.stringify(await known(3)) === both);
    expect(JSON.stringify(await known(1))).toBe(both);
    // Its record is lost, as it is where no synchronous standby was asked for; nobody recognises who has none.
    expect(JSON.stringify(await known(2))).toBe(none);
    // The lines of the meantime are told again.
    await settled(async () => (await b.service.administration.status()).shared?.journalWaiting === 0);
  });
});
