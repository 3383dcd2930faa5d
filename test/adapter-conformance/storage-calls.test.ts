import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { MemoryStorageAdapter } from '../../src/exports/whorl/storage/memory.ts';
import { SqliteStorageAdapter } from '../../src/exports/whorl/storage/sqlite.ts';
import { AdapterTap, createHost } from '../../src/exports/whorl/testkit.ts';
import * as w from '../../src/exports/whorl/winbio.ts';
import { Service } from '../../src/service/service.ts';
import { openSync } from '../support/sessions.ts';
import { ANYBODY, World } from '../support/world.ts';

const DESCRIPTOR = {
  databaseId: 'B0000000-0000-4000-8000-000000000001',
  factor: w.WINBIO_TYPE_FINGERPRINT,
  templateFormat: '11111111-2222-3333-4444-555555555555',
};

describe('databases', () => {
  test('A-129: a database is made only when it is not there and may be made', async () => {
    const tap = new AdapterTap();
    const storage = new MemoryStorageAdapter();
    await using host = await createHost({ tap, storage, autoCreate: false });
    expect(tap.of('storage.open').map(({ arguments: [, options] }) => options)).toEqual([{ create: false }]);
    const process = host.process();
    expect(await process.winbio.WinBioLocateSensor(await openSync(host, process), w.out())).toBe(
      w.WINBIO_E_SENSOR_UNAVAILABLE,
    );
    const made = new AdapterTap();
    await using other = await createHost({ tap: made, storage: new MemoryStorageAdapter() });
    expect(made.of('storage.open')[0]?.arguments[1]).toEqual({ create: true });
    expect(made.of('storage.open')).toHaveLength(1);
    expect(other.idle).toBe(true);
  });

  test('A-130: a damaged or locked database is never made anew', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'whorl-a130-'));
    const path = join(folder, 'damaged.db');
    const bytes = new Uint8Array(10_000).fill(0x5a);
    await writeFile(path, bytes);
    await using adapter = new SqliteStorageAdapter();
    const attempt = adapter.open({ ...DESCRIPTOR, path }, { create: true });
    await expect(attempt).rejects.toMatchObject({ code: 'WINBIO_E_DATABASE_CORRUPTED' });
    expect(new Uint8Array(await readFile(path))).toEqual(bytes);
    await rm(folder, { recursive: true });
    const tap = new AdapterTap();
    tap.fail('storage.open', 'WINBIO_E_DATABASE_LOCKED', { times: 5 });
    await using _ = await createHost({ tap });
    expect(tap.names('storage.')).toEqual(['storage.open']);
  });

  test('A-126: a database that was made is not opened again', async () => {
    await using world = await World.create({ readers: 2 });
    await world.enroll(1);
    expect(world.tap.names('storage.open')).toHaveLength(1);
  });

  test('A-127: a database that is open is shared, not made a second time', async () => {
    await using world = await World.create({ readers: 3 });
    const own = await openSync(world.host, world.process, { privateUnits: [3] });
    await world.winbio.WinBioCloseSession(own);
    await openSync(world.host, world.process, { privateUnits: [3] });
    const ids = world.tap.of('storage.open').map(({ arguments: [of] }) => (of as { databaseId: string }).databaseId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('A-224: a database id is registered once', async () => {
    const storage = new MemoryStorageAdapter();
    const registration = { descriptor: DESCRIPTOR, storage, autoCreate: true };
    const again = { ...registration, descriptor: { ...DESCRIPTOR, databaseId: DESCRIPTOR.databaseId.toLowerCase() } };
    const start = Service.start({
      engines: [],
      providers: [],
      databases: [registration, again],
      sources: new Map(),
      configure: () => ({ privateDatabaseIds: [], sensorMode: w.WINBIO_SENSOR_BASIC_MODE }),
    });
    await expect(start).rejects.toMatchObject({ code: 'WINBIO_E_DATABASE_ALREADY_EXISTS' });
  });

  test('D-32: a wildcard is one by its type; its value says nothing', async () => {
    await using world = await World.create({ who: { administrator: true } });
    await world.enroll(1);
    const odd = { ...ANYBODY, Value: { ...ANYBODY.Value, Wildcard: 1 } } as w.WINBIO_IDENTITY;
    expect(await world.delete(odd)).toBe(w.S_OK);
    const selectors = world.tap.of('database.delete').map(({ arguments: [selector] }) => selector);
    expect(selectors).toEqual([{}]);
  });

  test('A-157: a search by index vectors keeps no template when it is done', async () => {
    await using world = await World.create({ indexed: true });
    await world.enroll(1);
    for (let i = 0; i < 3; i++) await world.identify(1);
    const made = world.tap.names('engine.createGallery').length;
    expect(made).toBeGreaterThan(0);
    expect(world.tap.names('gallery.dispose')).toHaveLength(made);
  });
});
