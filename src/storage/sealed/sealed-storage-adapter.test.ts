import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DatabaseDescriptor, StorageAdapter } from '../../adapters/storage-adapter.ts';
import type { BiometricError } from '../../core/biometric-error.ts';
import { sidIdentity } from '../../core/identity.ts';
import { collectRecords } from '../../testkit/suites/storage/collect-records.ts';
import { storageSuite } from '../../testkit/suites/storage/storage-suite.ts';
import { MemoryStorageAdapter } from '../memory/memory-storage-adapter.ts';
import { SqliteStorageAdapter } from '../sqlite/sqlite-storage-adapter.ts';
import type { DeletedRecords } from './deleted-records.ts';
import { MASTER_KEY_BYTES, SealingKey } from './keyring.ts';
import { SealedStorageAdapter } from './sealed-storage-adapter.ts';
import type { SealedTemplateDatabase } from './sealed-template-database.ts';

const TEMPLATE = new TextEncoder().encode('ridges and minutiae, as plain as can be');
const ADA = sidIdentity('S-1-22-1-1000');
const BOB = sidIdentity('S-1-22-1-1001');

let folder = '';
let descriptor: DatabaseDescriptor;
let keys: SealingKey[];
let unreadable: BiometricError[];
let deleted: Set<string>;
/** From so many records on the file is read on a thread. */
let threadFrom: number | undefined;

const deletedRecords: DeletedRecords = {
  has: (databaseId, number) => deleted.has(databaseId + number),
  async remember(databaseId, numbers, deletion) {
    for (const number of numbers) deleted.add(databaseId + number);
    return await deletion();
  },
};
const sealed = (inner: StorageAdapter = new SqliteStorageAdapter()) =>
  new SealedStorageAdapter(inner, {
    keyring: {
      get current() {
        return keys[0] as SealingKey;
      },
      byId: (keyId) => keys.find((key) => key.keyId === keyId),
    },
    deletedRecords,
    onUnreadable: (_database, _record, error) => unreadable.push(error),
    ...(threadFrom !== undefined && { threadFrom }),
  });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'whorl-sealed-'));
  descriptor = {
    databaseId: 'B0000000-0000-4000-8000-000000000001',
    factor: 8,
    templateFormat: '11111111-2222-3333-4444-555555555555',
    path: join(folder, 'one.db'),
  };
  keys = [new SealingKey(randomBytes(MASTER_KEY_BYTES))];
  unreadable = [];
  deleted = new Set();
  threadFrom = undefined;
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('in memory', () => {
  const suite = storageSuite(async () => {
    const adapter = sealed(new MemoryStorageAdapter());
    return { adapter, place: () => ({}), close: () => adapter.close() };
  }, ['replacement']);
  for (const { title, skipped, run } of suite) test.skipIf(skipped)(title, run);
});

describe('in files', () => {
  const suite = storageSuite(async () => {
    const adapter = sealed();
    let files = 0;
    return {
      adapter,
      place: () => ({ path: join(folder, `${++files}.db`) }),
      reopen: async () => sealed(),
      close: () => adapter.close(),
    };
  }, ['replacement']);
  for (const { title, skipped, run } of suite) test.skipIf(skipped)(title, run);
});

/** Stores Ada's and Bob's right index, lets somebody at the file, and says what can be read afterwards. */
async function tampered(tamper: (file: DatabaseSync) => void): Promise<readonly string[]> {
  {
    await using adapter = sealed();
    const database = await adapter.open(descriptor, { create: true });
    await database.add({ identity: ADA, subFactor: 2, template: TEMPLATE });
    await database.add({ identity: BOB, subFactor: 2, template: Uint8Array.from(TEMPLATE).reverse() });
  }
  const file = new DatabaseSync(descriptor.path ?? '');
  tamper(file);
  file.close();
  await using adapter = sealed();
  const database = await adapter.open(descriptor, { create: false });
  const records = await collectRecords(database.query({}));
  return records.map(({ identity }) => (identity.type === 'sid' ? identity.sid : identity.guid));
}

const blob = (file: DatabaseSync, sql: string, ...values: SQLInputValue[]) =>
  file.prepare(sql).get(...values)?.template as Uint8Array;
const put = (file: DatabaseSync, template: Uint8Array, recordId: number) =>
  file.prepare('UPDATE record SET template = ? WHERE record_id = ?').run(template, recordId);

describe.each([undefined, 1])('a template in a file, read on a thread from %s', (from) => {
  beforeEach(() => {
    threadFrom = from;
  });

  test('is not to be read there', async () => {
    await tampered(() => {});
    for (const name of ['one.db']) {
      expect(readFileSync(join(folder, name)).includes(Buffer.from(TEMPLATE))).toBe(false);
    }
  });

  test('that was swapped with another one does not open, nor does the other', async () => {
    const readable = await tampered((file) => {
      const [first, second] = [1, 2].map((id) => blob(file, 'SELECT template FROM record WHERE record_id = ?', id));
      put(file, second as Uint8Array, 1);
      put(file, first as Uint8Array, 2);
    });
    expect(readable).toEqual([]);
    expect(unreadable.map(({ code }) => code)).toEqual(['WINBIO_E_DATABASE_CORRUPTED', 'WINBIO_E_DATABASE_CORRUPTED']);
    expect(unreadable[0]?.message).toMatch(/changed, or belongs to another owner/);
  });

  test('that was edited does not open; the others do', async () => {
    const readable = await tampered((file) => {
      const template = blob(file, 'SELECT template FROM record WHERE record_id = 1');
      template[template.length - 20] = (template[template.length - 20] ?? 0) ^ 1;
      put(file, template, 1);
    });
    expect(readable).toEqual([BOB.sid]);
    expect(unreadable).toHaveLength(1);
  });

  test.each([
    ['another finger', 'UPDATE record SET sub_factor = 3 WHERE record_id = 1'],
    ['a payload', "UPDATE record SET payload = x'01' WHERE record_id = 1"],
  ])('does not open as that of %s', async (_, sql) => {
    expect(await tampered((file) => file.exec(sql))).toEqual([BOB.sid]);
    expect(unreadable).toHaveLength(1);
  });

  test('that was deleted and is put back does not open, and does not stand in the way', async () => {
    await tampered(() => {});
    let row: Record<string, SQLInputValue> = {};
    {
      const file = new DatabaseSync(descriptor.path ?? '');
      row = file.prepare('SELECT * FROM record WHERE record_id = 1').get() as Record<string, SQLInputValue>;
      file.close();
      await using adapter = sealed();
      const database = await adapter.open(descriptor, { create: false });
      expect(await database.delete({ identity: ADA })).toEqual([1]);
    }
    const file = new DatabaseSync(descriptor.path ?? '');
    const names = Object.keys(row);
    file
      .prepare(`INSERT INTO record (${names.join()}) VALUES (${names.map(() => '?').join()})`)
      .run(...Object.values(row));
    file.close();
    await using adapter = sealed();
    const database = await adapter.open(descriptor, { create: false });
    await collectRecords(database.query({}));
    expect(await database.count()).toBe(1);
    expect(unreadable.map(({ message }) => message)).toEqual(['a record that was deleted is back']);
    await database.add({ identity: ADA, subFactor: 2, template: TEMPLATE });
  });

  test('has its search codes, payload and owner beside it, until it is replaced', async () => {
    const identity = { type: 'guid', guid: 'C0000000-0000-4000-8000-00000000000C' } as const;
    await using adapter = sealed();
    const database = await adapter.open(descriptor, { create: true });
    const searchCodes = Uint8Array.of(1, 2, 3, 4, 5);
    const record = { identity, subFactor: 2, template: TEMPLATE, payload: Uint8Array.of(7) };
    const recordId = await database.add({ ...record, searchCodes });
    await database.add({ ...record, subFactor: 3 });
    const [first, second] = await collectRecords(database.query({}));
    expect(first).toEqual({ ...record, recordId, searchCodes, indexVector: [] });
    expect(second).toMatchObject({ ...record, subFactor: 3 });
    expect(second?.searchCodes ?? new Uint8Array()).toHaveLength(0);
    await database.replace({ recordId, identity, subFactor: 2 }, Uint8Array.from(TEMPLATE).reverse(), searchCodes);
    const [learned] = await collectRecords(database.query({}));
    expect(learned).toMatchObject({ recordId, template: Uint8Array.from(TEMPLATE).reverse(), searchCodes });
    await database.replace({ recordId, identity, subFactor: 2 }, TEMPLATE);
    const [without] = await collectRecords(database.query({}));
    expect(without?.searchCodes ?? new Uint8Array()).toHaveLength(0);
    expect(unreadable).toEqual([]);
  });

  test('of a key that is not there says so', async () => {
    await tampered(() => {
      keys = [new SealingKey(randomBytes(MASTER_KEY_BYTES))];
    });
    expect(unreadable.map(({ code }) => code)).toEqual(['WHORL_E_KEY_MISSING', 'WHORL_E_KEY_MISSING']);
  });

  test('is sealed again with a new key, also when that was interrupted', async () => {
    await tampered(() => {});
    keys.unshift(new SealingKey(randomBytes(MASTER_KEY_BYTES)));
    const reseal = async (stopAt: number) => {
      await using adapter = sealed();
      const database = (await adapter.open(descriptor, { create: false })) as SealedTemplateDatabase;
      let count = 0;
      return await database.reseal(() => {
        count += 1;
        if (count === stopAt) throw new TypeError('the power is gone');
      });
    };
    await expect(reseal(1)).rejects.toThrow('the power is gone');
    expect(await reseal(0)).toBe(0);
    keys = keys.slice(0, 1);
    await using adapter = sealed();
    const database = await adapter.open(descriptor, { create: false });
    expect(await collectRecords(database.query({}))).toHaveLength(2);
    expect(unreadable).toEqual([]);
  });
});
