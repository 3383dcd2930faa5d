import { expect, test } from 'vitest';
import { crippled, failing } from '../../../../test/support/crippled.ts';
import type { TemplateDatabase } from '../../../adapters/storage-adapter.ts';
import { MemoryStorageAdapter } from '../../../storage/memory/memory-storage-adapter.ts';
import type { SharedDatabase } from './shared/shared-database.ts';
import { sharedStorageSuite } from './shared-storage-suite.ts';

function suite(breakIt: (database: SharedDatabase) => Partial<TemplateDatabase> = () => ({})) {
  return sharedStorageSuite(async () => {
    const adapter = new MemoryStorageAdapter({ shared: true });
    const open: MemoryStorageAdapter['open'] = async (descriptor, options) => {
      const database = (await adapter.open(descriptor, options)) as SharedDatabase;
      return crippled<TemplateDatabase>(database, breakIt(database));
    };
    const storage = crippled(adapter, { open });
    return { adapter: storage, place: () => ({}), other: async () => storage, close: () => adapter.close() };
  });
}

for (const { title, run } of suite()) test(title, run);

const storages: readonly [string, string, (db: SharedDatabase) => Partial<TemplateDatabase>][] = [
  [
    'loses every third change',
    'shared-3',
    (db) => ({
      async *changes(after) {
        for await (const batch of db.changes(after)) yield batch.filter(({ position }) => position.change % 3 !== 0);
      },
    }),
  ],
  [
    'tells changes in another order',
    'shared-3',
    (db) => ({
      async *changes(after) {
        for await (const batch of db.changes(after)) yield batch.toReversed();
      },
    }),
  ],
  [
    'follows whatever history it is asked for',
    'shared-6',
    (db) => ({
      async *changes(after) {
        yield* db.changes({ ...(await db.position()), ...(after.change === 0 && { change: 0 }) });
      },
    }),
  ],
  [
    'stores what was checked long ago',
    'shared-9',
    (db) => ({
      addChecked: async (records) => await db.addChecked(records, await db.position()),
    }),
  ],
  [
    'replaces whatever version is there',
    'shared-12',
    (db) => ({
      async replaceChecked(name, template, options) {
        for await (const batch of (await db.load()).records) {
          const seen = batch.find(({ recordId }) => recordId === name.recordId)?.mark;
          if (seen !== undefined) return await db.replaceChecked(name, template, { ...options, seen });
        }
        return await db.replaceChecked(name, template, options);
      },
    }),
  ],
  [
    'forgets the version that was deleted',
    'shared-4',
    (db) => ({
      async *changes(after) {
        for await (const batch of db.changes(after)) {
          yield batch.map((change) => (change.kind === 'deleted' ? { ...change, mark: '0'.repeat(32) } : change));
        }
      },
    }),
  ],
  ['loads a part as the whole', 'shared-13', (db) => ({ load: () => db.load() })],
  [
    'loads what is there when it is read',
    'shared-14',
    (db) => ({
      async load(part) {
        const { position } = await db.load(part);
        const records = async function* () {
          yield* (await db.load(part)).records;
        };
        return { position, records: records() };
      },
    }),
  ],
  ['finds every record whatever the numbers', 'shared-16', (db) => ({ numbered: () => db.numbered([1, 2, 3]) })],
  [
    'has another position than its history',
    'shared-5',
    (db) => ({
      async *changes(after) {
        for await (const batch of db.changes(after)) {
          yield batch.map((change) => ({ ...change, position: { ...change.position, token: 'f'.repeat(32) } }));
        }
      },
    }),
  ],
];

test.each(storages)('the suite of shared storages notices one that %s', async (_what, id, breakIt) => {
  expect(await failing(suite(breakIt))).toContain(id);
});
