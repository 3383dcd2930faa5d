/** Services that share databases, people and the journal over one server, which each may lose at any time. */

import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { NewRecord } from '../../src/adapters/storage-adapter.ts';
import { SYSTEM_DATABASE_ID } from '../../src/composition/configuration/default-databases.ts';
import { randomGuid } from '../../src/core/guid.ts';
import { guidIdentity } from '../../src/core/identity.ts';
import { TEMPLATE_FORMAT } from '../../src/fingerprint/index.ts';
import { temporaryFolder } from '../daemon/start.ts';
import { MemoryServer, type Way } from '../support/memory-server.ts';
import { enroll, identify, settled } from '../support/shared-fingers.ts';
import { type SharedSite, startSite } from '../support/shared-site.ts';

const folders = [temporaryFolder(), temporaryFolder()] as const;
const server = new MemoryServer();
const ways: [Way, Way] = [server.way('a'), server.way('b')];
let a: SharedSite;
let b: SharedSite;

beforeAll(async () => {
  a = await startSite('a', folders[0].path, { server: ways[0] });
  b = await startSite('b', folders[1].path, { server: ways[1] });
});

afterAll(async () => {
  await a[Symbol.asyncDispose]();
  await b[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
  for (const folder of folders) folder[Symbol.dispose]();
});

const ADA = guidIdentity(randomGuid());

describe('two services', () => {
  test('who is added and enrolled at one is recognised by name at the other', async () => {
    await a.service.people.create({ name: 'Ada', identity: ADA });
    expect(await enroll(a, 1, ADA)).toMatchObject({ kind: 'stored' });
    await settled(async () => (await b.service.people.list({ text: 'ada' })).total === 1);
    const outcome = await identify(b, 1);
    expect(outcome).toMatchObject({ kind: 'identified', identity: ADA, person: { name: 'Ada' } });
    await settled(async () => (await a.service.journal.list({ kinds: ['recognised'] })).total === 1);
    expect((await a.service.journal.list({ kinds: ['recognised'] })).items).toMatchObject([
      { site: 'b', person: { name: 'Ada' } },
    ]);
  });

  test('of two that enroll one finger at once, one is told that it is there', async () => {
    const outcomes = await Promise.all([
      enroll(a, 2, guidIdentity(randomGuid())),
      enroll(b, 2, guidIdentity(randomGuid())),
    ]);
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['duplicate', 'stored']);
  });

  test('without the server people are recognised, nothing is enrolled or deleted, and lines come later, once each', async () => {
    ways[1].cut = true;
    await settled(async () => (await b.service.administration.status()).shared?.live === false);
    expect(await identify(b, 1)).toMatchObject({ kind: 'identified', identity: ADA });
    expect((await b.service.people.list({ text: 'ada' })).total).toBe(1);
    const refused = { code: 'WHORL_E_OFFLINE' };
    await expect(enroll(b, 3, guidIdentity(randomGuid()))).rejects.toMatchObject(refused);
    await expect(b.service.people.create({ name: 'Bob' })).rejects.toMatchObject(refused);
    await expect(b.service.people.delete(ADA)).rejects.toMatchObject(refused);
    const status = await b.service.administration.status();
    expect(status.faults).toContainEqual(expect.objectContaining(refused));
    expect(status.shared).toMatchObject({ site: 'b', live: false });
    expect(status.shared?.journalWaiting).toBeGreaterThan(0);
    const before = (await a.service.journal.list({ kinds: ['recognised'] })).total;
    ways[1].cut = false;
    await settled(async () => (await b.service.administration.status()).shared?.journalWaiting === 0);
    await settled(async () => (await a.service.journal.list({ kinds: ['recognised'] })).total === (before ?? 0) + 1);
    await settled(async () => (await b.service.administration.status()).faults.length === 0);
  });

  test('a service that starts without the server goes on from its copy', async () => {
    await b[Symbol.asyncDispose]();
    ways[1].cut = true;
    b = await startSite('b', folders[1].path, { server: ways[1] });
    expect(await identify(b, 1)).toMatchObject({ kind: 'identified', identity: ADA, person: { name: 'Ada' } });
    ways[1].cut = false;
    await settled(async () => (await b.service.administration.status()).shared?.live === true);
  });

  test('a copy that is too old recognises nobody, until the server is reached', async () => {
    ways[1].cut = true;
    await settled(async () => (await b.service.administration.status()).shared?.live === false);
    const { now } = Date;
    const later = vi.spyOn(Date, 'now').mockImplementation(() => now() + 73 * 3_600_000);
    try {
      await expect(identify(b, 1)).rejects.toMatchObject({ code: 'WHORL_E_VIEW_TOO_OLD' });
      const { shared } = await b.service.administration.status();
      expect(shared?.databases?.every(({ tooOld }) => tooOld)).toBe(true);
      ways[1].cut = false;
      await settled(async () => (await b.service.administration.status()).shared?.live === true);
      expect(await identify(b, 1)).toMatchObject({ kind: 'identified' });
    } finally {
      later.mockRestore();
    }
  });

  test('who is deleted at one is nowhere at the other', async () => {
    await b.service.people.delete(ADA);
    await settled(async () => (await a.service.people.list({ text: 'ada' })).total === 0);
    await settled(async () => (await identify(a, 1)).kind === 'unknown-identity');
    await settled(async () => {
      const { items } = await a.service.journal.list({ kinds: ['recognised'] });
      return items.every(({ forgotten }) => forgotten === true);
    });
  });
});

test('a record that was deleted at one service and is put back opens at none, not even where it never was', async () => {
  const folders = { a: temporaryFolder(), b: temporaryFolder(), c: temporaryFolder() };
  await using other = new MemoryServer();
  const start = (site: keyof typeof folders) => startSite(site, folders[site].path, { server: other.way(site) });
  const owner = guidIdentity(randomGuid());
  const descriptor = { databaseId: SYSTEM_DATABASE_ID, factor: 8, templateFormat: TEMPLATE_FORMAT } as const;
  {
    await using a = await start('a');
    await using b = await start('b');
    await enroll(a, 1, owner);
    await settled(async () => (await identify(b, 1)).kind === 'identified');
    await using raw = await other.way('thief').storage.open(descriptor, { create: false });
    const kept: NewRecord[] = [];
    for await (const batch of raw.query({})) kept.push(...batch);
    await using session = await a.service.openSession();
    await session.deleteTemplate({ identity: owner, finger: 'right-index' });
    await settled(async () => (await identify(b, 1)).kind === 'unknown-identity');
    await raw.addAll?.(kept);
    await raw.position?.();
    await using c = await start('c');
    for (const site of [a, b, c]) expect(await identify(site, 1)).toMatchObject({ kind: 'unknown-identity' });
  }
  for (const folder of Object.values(folders)) folder[Symbol.dispose]();
});

test('a new key seals everything at one service, and is enough for all of them', async () => {
  const folders = { a: temporaryFolder(), b: temporaryFolder(), c: temporaryFolder() };
  await using other = new MemoryServer();
  const [old, next] = ['ab'.repeat(32), 'ef'.repeat(32)];
  const start = (site: keyof typeof folders, keys: string) => {
    process.env.WHORL_TEST_RING = keys;
    return startSite(site, folders[site].path, { server: other.way(site), keys: { environment: 'WHORL_TEST_RING' } });
  };
  const owner = guidIdentity(randomGuid());
  {
    await using a = await start('a', old);
    await a.service.people.create({ name: 'Ada', identity: owner });
    await enroll(a, 1, owner);
    await expect(a.service.upkeep.rotateKeys()).rejects.toMatchObject({ code: 'WHORL_E_CONFIGURATION' });
    await identify(a, 1);
  }
  {
    await using a = await start('a', `${next},${old}`);
    await using b = await start('b', `${next},${old}`);
    expect(await identify(b, 1)).toMatchObject({ kind: 'identified' });
    await a.service.upkeep.rotateKeys();
    await b.service.upkeep.rotateKeys();
  }
  // One that has joined since has only the new one.
  for (const site of ['a', 'b', 'c'] as const) {
    await using alone = await start(site, next);
    expect(await identify(alone, 1)).toMatchObject({ kind: 'identified', person: { name: 'Ada' } });
    await settled(async () => {
      const { items } = await alone.service.journal.list({ kinds: ['recognised'] });
      return items.length >= 3 && items.every(({ person }) => person?.name === 'Ada');
    });
    await settled(async () => (await alone.service.administration.status()).faults.length === 0);
  }
  await expect(start('b', old)).rejects.toMatchObject({ code: 'WHORL_E_KEY_MISSING' });
  for (const folder of Object.values(folders)) folder[Symbol.dispose]();
});

test('another master key is refused at the start', async () => {
  using folder = temporaryFolder();
  process.env.WHORL_TEST_OTHER_KEY = 'cd'.repeat(32);
  const starting = startSite('c', folder.path, {
    server: server.way('c'),
    keys: { environment: 'WHORL_TEST_OTHER_KEY' },
  });
  await expect(starting).rejects.toMatchObject({ code: 'WHORL_E_KEY_MISSING' });
});
