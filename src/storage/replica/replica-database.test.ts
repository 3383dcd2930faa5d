import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { DatabaseDescriptor, StorageAdapter, TemplateDatabase } from '../../adapters/storage-adapter.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import { SYSTEM_CLOCK } from '../../core/clock.ts';
import { randomGuid } from '../../core/guid.ts';
import { guidIdentity } from '../../core/identity.ts';
import { storageSuite } from '../../testkit/suites/storage/storage-suite.ts';
import { MemoryStorageAdapter } from '../memory/memory-storage-adapter.ts';
import { ReplicaStorageAdapter } from './replica-storage-adapter.ts';

const DESCRIPTOR = { databaseId: randomGuid(), factor: 8, templateFormat: randomGuid() };
const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'whorl-replica-'));
  folders.push(made);
  return made;
}

/** A way to a storage that can be cut. */
class Way {
  cut = false;
  readonly adapter: StorageAdapter;

  constructor(inner: StorageAdapter) {
    const require = <T>(go: () => T): T => {
      if (this.cut) throw new BiometricError('WHORL_E_OFFLINE', 'cut');
      return go();
    };
    const around = (database: TemplateDatabase): TemplateDatabase =>
      new Proxy(database, {
        get: (target, name) => {
          const value = Reflect.get(target, name, target) as unknown;
          if (typeof value !== 'function') return value;
          if (name === 'close') return value.bind(target);
          return (...given: unknown[]) => require(() => value.apply(target, given) as unknown);
        },
      });
    this.adapter = new Proxy(inner, {
      get: (target, name) => {
        if (name === 'close') return async () => {};
        const value = Reflect.get(target, name, target) as unknown;
        if (name !== 'open') return typeof value === 'function' ? value.bind(target) : value;
        return async (...given: Parameters<StorageAdapter['open']>) =>
          require(async () => around(await target.open(...given)));
      },
    });
  }
}

const believedMs = 3_600_000;

async function site(shared: StorageAdapter, place = folder(), clock = SYSTEM_CLOCK) {
  const way = new Way(shared);
  const adapter = new ReplicaStorageAdapter(way.adapter, { clock, believedMs });
  const descriptor: DatabaseDescriptor = { ...DESCRIPTOR, path: join(place, 'copy.db') };
  const database = await adapter.open(descriptor, { create: true });
  return { way, adapter, database, descriptor, place };
}

const record = (template: number) => ({
  identity: guidIdentity(randomGuid()),
  subFactor: 2,
  template: Uint8Array.of(template),
});

async function templates(database: TemplateDatabase): Promise<number[]> {
  const found: number[] = [];
  for await (const batch of database.query({})) found.push(...batch.map(({ template }) => template[0] as number));
  return found.sort((a, b) => a - b);
}

const suite = storageSuite(async () => {
  const place = folder();
  const shared = new MemoryStorageAdapter({ shared: true });
  const made = () => new ReplicaStorageAdapter(new Way(shared).adapter, { clock: SYSTEM_CLOCK, believedMs });
  const adapter = made();
  const again: StorageAdapter[] = [];
  let databases = 0;
  return {
    adapter,
    place: () => ({ path: join(place, `${++databases}.db`) }),
    reopen: async () => {
      const other = made();
      again.push(other);
      return other;
    },
    close: async () => {
      for (const each of [adapter, ...again]) await each.close();
      await shared.close();
    },
  };
}, ['control']);
for (const { title, skipped, run } of suite) test.skipIf(skipped !== undefined)(title, run);

test('two services see what either writes; what is deleted is gone at both', async () => {
  await using shared = new MemoryStorageAdapter({ shared: true });
  await using a = (await site(shared)).adapter;
  await using b = (await site(shared)).adapter;
  void a;
  void b;
  const one = await site(shared);
  const two = await site(shared);
  const told = Promise.withResolvers<void>();
  two.database.watch?.(() => told.resolve());
  const recordId = await one.database.add(record(1));
  await told.promise;
  expect(await templates(two.database)).toEqual([1]);
  const [stored] = (await two.database.numbered?.([recordId])) ?? [];
  await two.database.replace(stored as NonNullable<typeof stored>, Uint8Array.of(7));
  await one.database.position?.();
  expect(await templates(one.database)).toEqual([7]);
  await one.database.delete({});
  await two.database.position?.();
  expect(await two.database.count()).toBe(0);
  await one.adapter.close();
  await two.adapter.close();
});

test('the copy is read while the database cannot be reached, also after a restart; writing is refused', async () => {
  await using shared = new MemoryStorageAdapter({ shared: true });
  const first = await site(shared);
  await first.database.add(record(1));
  first.way.cut = true;
  await expect(first.database.add(record(2))).rejects.toMatchObject({ code: 'WHORL_E_OFFLINE' });
  await expect(first.database.position?.()).rejects.toMatchObject({ code: 'WHORL_E_OFFLINE' });
  expect(await templates(first.database)).toEqual([1]);
  expect(first.database.freshness).toMatchObject({ live: false, isTooOld: false });
  await first.adapter.close();

  const way = new Way(shared);
  way.cut = true;
  const later = { ...SYSTEM_CLOCK, nowMs: () => Date.now() + believedMs + 1000 };
  await using again = new ReplicaStorageAdapter(way.adapter, { clock: later, believedMs });
  const database = await again.open(first.descriptor, { create: true });
  expect(await templates(database)).toEqual([1]);
  expect(database.freshness).toMatchObject({ live: false, isTooOld: true });
  way.cut = false;
  await database.position?.();
  expect(database.freshness).toMatchObject({ live: true, isTooOld: false });
});

test('without a copy nothing can be opened that cannot be reached', async () => {
  await using shared = new MemoryStorageAdapter({ shared: true });
  const way = new Way(shared);
  way.cut = true;
  await using adapter = new ReplicaStorageAdapter(way.adapter, { clock: SYSTEM_CLOCK, believedMs });
  const opening = adapter.open({ ...DESCRIPTOR, path: join(folder(), 'copy.db') }, { create: true });
  await expect(opening).rejects.toMatchObject({ code: 'WHORL_E_OFFLINE' });
});

test('a copy that is being made is read once it is whole, and by another one, too', async () => {
  await using shared = new MemoryStorageAdapter({ shared: true });
  const one = await site(shared);
  for (let i = 0; i < 200; i++) await one.database.add(record(i));
  await one.adapter.close();
  const place = folder();
  const descriptor: DatabaseDescriptor = { ...DESCRIPTOR, path: join(place, 'copy.db') };
  await using adapter = new ReplicaStorageAdapter(new Way(shared).adapter, { clock: SYSTEM_CLOCK, believedMs });
  const [first, second] = await Promise.all([
    adapter.open(descriptor, { create: true }),
    adapter.open(descriptor, { create: true }),
  ]);
  expect(await first.count()).toBe(200);
  expect((await templates(first)).length).toBe(200);
  expect((await templates(second)).length).toBe(200);
});

test('another history is read again once, where it differs; whoever reads the copy is told', async () => {
  await using shared = new MemoryStorageAdapter({ shared: true });
  const before = await site(shared);
  await before.database.addAll?.([record(1), record(2), record(3)]);
  const position = (await before.database.position?.()) as NonNullable<
    Awaited<ReturnType<NonNullable<TemplateDatabase['position']>>>
  >;
  await before.adapter.close();

  await using other = new MemoryStorageAdapter({ shared: true });
  const another = await other.open(DESCRIPTOR, { create: true });
  await another.addAll?.([record(4), record(5)]);
  const after = await site(other, before.place);
  await after.database.position?.();
  expect(await templates(after.database)).toEqual([4, 5]);
  const reading = async () => {
    for await (const _ of after.database.changes?.(position) ?? []) expect.unreachable();
  };
  await expect(reading()).rejects.toMatchObject({ code: 'WHORL_E_RESYNC' });
  await after.adapter.close();
});

test('a write that is told has come back; one on a stale view is refused', async () => {
  await using shared = new MemoryStorageAdapter({ shared: true });
  const one = await site(shared);
  const two = await site(shared);
  const checked = (await one.database.position?.()) ?? { incarnation: '', change: 0, token: '' };
  await two.database.addChecked?.([record(1)], checked);
  expect(await templates(two.database)).toEqual([1]);
  await expect(one.database.addChecked?.([record(2)], checked)).rejects.toMatchObject({ code: 'WHORL_E_STALE' });
  const caught = (await one.database.position?.()) ?? checked;
  await one.database.addChecked?.([record(2)], caught);
  expect(await templates(one.database)).toEqual([1, 2]);
  await one.adapter.close();
  await two.adapter.close();
});
