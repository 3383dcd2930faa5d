import { expect, test } from 'vitest';
import { sampleImage } from '../../test/support/grey-images.ts';
import type { SensorAdapter } from '../adapters/sensor-adapter.ts';
import type { StoredRecord, TemplateDatabase } from '../adapters/storage-adapter.ts';
import { VirtualReader } from '../sensors/virtual/virtual-reader.ts';
import { MemoryStorageAdapter } from '../storage/memory/memory-storage-adapter.ts';
import type { AdapterTest } from './adapter-test.ts';
import { sensorSuite } from './sensor-suite.ts';
import { storageSuite } from './storage-suite.ts';

/** An object with some of its methods replaced; each gets the original. */
function crippled<T extends object>(whole: T, broken: Partial<T>): T {
  return new Proxy(whole, {
    get(target, name) {
      const value = Reflect.get(name in broken ? broken : target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

async function failing(tests: readonly AdapterTest[]): Promise<string[]> {
  const ids: string[] = [];
  for (const each of tests) if (each.skipped === undefined) await each.run().catch(() => ids.push(each.id));
  return ids;
}

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

const lacks = ['echoCode', 'privilegedCode', 'plainCode'] as const;
const sensors: readonly [string, string, (sensor: SensorAdapter) => Partial<SensorAdapter>][] = [
  [
    'captures without a purpose',
    'A-045',
    (sensor) => ({
      capture: (request, options) => sensor.capture({ purpose: request.purpose || 2 }, options),
    }),
  ],
  [
    'forgets what a capture was for',
    'sensor-1',
    (sensor) => ({
      capture: ({ purpose }, options) =>
        sensor.capture({ purpose: purpose > 0 && purpose < 16 ? 4 : purpose }, options),
    }),
  ],
  [
    'knows every control code',
    'A-171',
    () => ({
      control: async () => ({ operationStatus: 0, received: new Uint8Array() }),
    }),
  ],
  [
    'hides the detail of a rejection',
    'A-052',
    (sensor) => ({
      capture: async (request, options) => {
        const outcome = await sensor.capture(request, options);
        return outcome.kind === 'rejected' ? { kind: 'rejected', detail: 0 } : outcome;
      },
    }),
  ],
  [
    'reports an abort as a failure',
    'A-056',
    (sensor) => ({
      capture: (request, options) =>
        sensor.capture(request, options).catch(() => {
          throw new TypeError('something went wrong');
        }),
    }),
  ],
];

test.each(sensors)('the sensor suite notices a sensor that %s', async (_what, id, breakIt) => {
  const suite = sensorSuite(async (fingers) => {
    const reader = new VirtualReader({ earlyTouch: 'kept' });
    for (let i = 0; i < fingers; i++) reader.present(sampleImage(20, 30));
    return {
      sensor: crippled<SensorAdapter>(reader.sensor!, breakIt(reader.sensor!)),
      presentRejected: (detail) => reader.presentRejected(detail),
      fault: () => reader.fault(),
      unplug: () => reader.unplug(),
      close: () => reader.close(),
    };
  }, lacks);
  expect(await failing(suite)).toContain(id);
});
