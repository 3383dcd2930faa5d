import { expect, test } from 'vitest';
import { crippled, failing } from '../../../../test/support/crippled.ts';
import type { StoredRecord, TemplateDatabase } from '../../../adapters/storage-adapter.ts';
import { MemoryStorageAdapter } from '../../../storage/memory/memory-storage-adapter.ts';
import { storageSuite } from './storage-suite.ts';

async function* batchesOf(records: readonly StoredRecord[]) {
  if (records.length > 0) yield records;
}

const storages: readonly [string, string, (db: TemplateDatabase) => Partial<TemplateDatabase>][] = [
  [
    'takes a second record for one finger',
    'A-138',
    (db) => ({
      add: (record) => db.add(record).catch(() => db.add({ ...record, subFactor: (record.subFactor % 254) + 1 })),
    }),
  ],
  [
    'deletes every finger of the identity',
    'storage-2',
    (db) => ({
      delete: ({ identity }) => db.delete(identity === undefined ? {} : { identity }),
    }),
  ],
  [
    'ignores the sub-factor of a query',
    'A-146',
    (db) => ({
      query: ({ identity }) => db.query(identity === undefined ? {} : { identity }),
    }),
  ],
  [
    'forgets payloads',
    'A-140',
    (db) => ({
      add: (record) => db.add({ ...record, payload: new Uint8Array() }),
    }),
  ],
  ['counts one too many', 'A-161', (db) => ({ count: async () => (await db.count()) + 1 })],
  [
    'answers from memory when it is closed',
    'A-133',
    (db) => ({
      count: () => db.count().catch(() => 0),
      query: (selector) => {
        try {
          return db.query(selector);
        } catch {
          return batchesOf([]);
        }
      },
    }),
  ],
];

test.each(storages)('the storage suite notices a database that %s', async (_what, id, breakIt) => {
  const suite = storageSuite(async () => {
    const adapter = new MemoryStorageAdapter();
    const open: MemoryStorageAdapter['open'] = async (descriptor, options) => {
      const database = await adapter.open(descriptor, options);
      return crippled(database, breakIt(database));
    };
    return { adapter: crippled(adapter, { open }), place: () => ({}), close: () => adapter.close() };
  });
  expect(await failing(suite)).toContain(id);
});
