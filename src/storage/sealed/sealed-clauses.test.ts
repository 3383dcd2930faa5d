import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { StorageAdapter, StoredRecord, TemplateDatabase } from '../../adapters/storage-adapter.ts';
import type { BiometricError } from '../../core/biometric-error.ts';
import { sidIdentity } from '../../core/identity.ts';
import { collectRecords } from '../../testkit/suites/storage/collect-records.ts';
import { MemoryStorageAdapter } from '../memory/memory-storage-adapter.ts';
import { SqliteStorageAdapter } from '../sqlite/sqlite-storage-adapter.ts';
import type { DeletedRecords } from './deleted-records.ts';
import { SealingKey } from './keyring.ts';
import { SealedStorageAdapter } from './sealed-storage-adapter.ts';
import { SealedTemplateDatabase } from './sealed-template-database.ts';
import type { Sealing } from './sealing.ts';

const KEY = new SealingKey(new Uint8Array(32).fill(9));
const DESCRIPTOR = {
  databaseId: 'B0000000-0000-4000-8000-000000000001',
  factor: 8,
  templateFormat: '11111111-2222-3333-4444-555555555555',
};
const [ALICE, BOB] = ['S-1-5-21-1-2-3-1001', 'S-1-5-21-1-2-3-1002'].map((sid) => sidIdentity(sid)) as [
  ReturnType<typeof sidIdentity>,
  ReturnType<typeof sidIdentity>,
];
const TEXT = 'a template that is easy to find in a file';
const TEMPLATE = new TextEncoder().encode(TEXT);

/** A memory that lasts as long as the test. */
class RememberedHere implements DeletedRecords {
  readonly #numbers = new Set<string>();

  has(databaseId: string, ownNumber: string): boolean {
    return this.#numbers.has(`${databaseId} ${ownNumber}`);
  }

  async remember<T>(databaseId: string, ownNumbers: readonly string[], deletion: () => Promise<T>): Promise<T> {
    for (const number of ownNumbers) this.#numbers.add(`${databaseId} ${number}`);
    return await deletion();
  }
}

function sealing(): Sealing & { readonly unreadable: BiometricError[] } {
  const unreadable: BiometricError[] = [];
  return {
    keyring: { current: KEY, byId: (keyId) => (keyId === KEY.keyId ? KEY : undefined) },
    deletedRecords: new RememberedHere(),
    onUnreadable: (_database, _record, error) => void unreadable.push(error),
    unreadable,
  };
}

describe('what is sealed', () => {
  /** A sealed database with a template of Alice, and the storage under it. */
  async function world() {
    const inner: StorageAdapter = new MemoryStorageAdapter();
    const options = sealing();
    const under = await inner.open(DESCRIPTOR, { create: true });
    const database = new SealedTemplateDatabase(under, options, new Set());
    await database.add({ identity: ALICE, subFactor: 2, template: TEMPLATE, payload: Uint8Array.of(1) });
    const [stored] = await collectRecords(under.query({}));
    return { under, database, unreadable: options.unreadable, stored: stored! };
  }

  async function put(under: TemplateDatabase, { recordId: _, ...record }: StoredRecord) {
    await under.delete({});
    await under.add(record);
  }

  test('A-162: the bytes of a template are not in the store', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'whorl-sealed-'));
    const adapter = new SealedStorageAdapter(new SqliteStorageAdapter(), sealing());
    const database = await adapter.open({ ...DESCRIPTOR, path: join(folder, 'one.db') }, { create: true });
    await database.add({ identity: ALICE, subFactor: 2, template: TEMPLATE });
    const names = await readdir(folder);
    expect(names).toContain('one.db-wal');
    for (const name of names) expect((await readFile(join(folder, name))).includes(TEXT), name).toBe(false);
    expect((await collectRecords(database.query({})))[0]?.template).toEqual(TEMPLATE);
    await adapter.close();
    for (const name of await readdir(folder)) {
      expect((await readFile(join(folder, name))).includes(TEXT), name).toBe(false);
    }
    await rm(folder, { recursive: true });
  });

  test('A-163: a record that was changed from outside is reported as corrupted and not used', async () => {
    for (const at of [0, 3, 10, 40, -1]) {
      const { under, database, unreadable, stored } = await world();
      const template = stored.template.slice();
      template[at < 0 ? template.length - 1 : at]! ^= 1;
      await put(under, { ...stored, template });
      expect(await collectRecords(database.query({}))).toEqual([]);
      expect(
        unreadable.map(({ code }) => ['WINBIO_E_DATABASE_CORRUPTED', 'WHORL_E_KEY_MISSING'].includes(code)),
      ).toEqual([true]);
    }
    const { under, database, unreadable, stored } = await world();
    await put(under, { ...stored, payload: Uint8Array.of(2) });
    expect(await collectRecords(database.query({}))).toEqual([]);
    expect(unreadable.map(({ code }) => code)).toEqual(['WINBIO_E_DATABASE_CORRUPTED']);
  });

  test('A-164: a template that was moved to another owner, finger or database does not open', async () => {
    for (const moved of [{ identity: BOB }, { subFactor: 3 }]) {
      const { under, database, unreadable, stored } = await world();
      await put(under, { ...stored, ...moved });
      expect(await collectRecords(database.query({}))).toEqual([]);
      expect(unreadable.map(({ code }) => code)).toEqual(['WINBIO_E_DATABASE_CORRUPTED']);
    }
    const { stored } = await world();
    const options = sealing();
    const other = await new MemoryStorageAdapter().open(
      { ...DESCRIPTOR, databaseId: DESCRIPTOR.databaseId.replace('1', '2') },
      { create: true },
    );
    const { recordId: _, ...record } = stored;
    await other.add(record);
    expect(await collectRecords(new SealedTemplateDatabase(other, options, new Set()).query({}))).toEqual([]);
    expect(options.unreadable.map(({ code }) => code)).toEqual(['WINBIO_E_DATABASE_CORRUPTED']);
  });
});
