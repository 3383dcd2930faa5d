import { expect, test } from 'vitest';
import { sampleImage } from '../../test/support/grey-images.ts';
import type { EngineAdapter } from '../adapters/engine-adapter.ts';
import type { SensorAdapter } from '../adapters/sensor-adapter.ts';
import type { StoredRecord, TemplateDatabase } from '../adapters/storage-adapter.ts';
import type { GreyImage } from '../core/grey-image.ts';
import { encodeFingerprintSample } from '../formats/bir/fingerprint-sample.ts';
import { VirtualReader } from '../sensors/virtual/virtual-reader.ts';
import { MemoryStorageAdapter } from '../storage/memory/memory-storage-adapter.ts';
import type { AdapterTest } from './adapter-test.ts';
import { engineSuite } from './engine-suite.ts';
import { ScriptedEngine } from './scripted-engine.ts';
import { scriptedFinger } from './scripted-fingers.ts';
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

const engines: readonly [string, string, (engine: EngineAdapter) => Partial<EngineAdapter>][] = [
  [
    'extracts for no purpose',
    'A-085',
    (engine) => ({ extract: (sample, _, options) => engine.extract(sample, 4, options) }),
  ],
  [
    'compares with the first template only',
    'A-097',
    (engine) => ({ verify: (features, templates, options) => engine.verify(features, templates.slice(0, 1), options) }),
  ],
  [
    'finds whoever is there',
    'A-098',
    () => ({
      identify: async (_features, gallery) => (gallery.size === 0 ? [] : [{ recordId: 1, score: 1 }]),
    }),
  ],
  [
    'hands a sample with nothing in it on',
    'A-102',
    (engine) => ({
      extract: async (sample, purpose, options) => {
        const outcome = await engine.extract(sample, purpose, options);
        return outcome.kind === 'rejected' ? { kind: 'features', features: Uint8Array.of(0, 0) } : outcome;
      },
    }),
  ],
  [
    'completes an enrollment without samples',
    'A-105',
    (engine) => ({
      createEnrollment: (subFactor) =>
        crippled(engine.createEnrollment(subFactor), {
          progress: { kind: 'complete', detail: 0, percentComplete: 100 },
        }),
    }),
  ],
  ['never finds a duplicate', 'A-111', () => ({ findDuplicates: async () => [] })],
  [
    'refuses fingers it does not know',
    'A-117',
    (engine) => ({
      createEnrollment: (subFactor) => {
        if (subFactor > 10) throw new TypeError('which finger is that?');
        return engine.createEnrollment(subFactor);
      },
    }),
  ],
  [
    'digests with whatever it likes',
    'A-092',
    (engine) => ({
      hashTemplate: (template) => engine.hashTemplate!(template, '1.3.14.3.2.26'),
    }),
  ],
  [
    'does not stop',
    'engine-2',
    (engine) => ({
      identify: (features, gallery) => engine.identify(features, gallery, { signal: new AbortController().signal }),
    }),
  ],
];

test.each(engines)('the engine suite notices an engine that %s', async (_what, id, breakIt) => {
  const suite = engineSuite(async () => {
    const engine = new ScriptedEngine();
    const sampleOf = (image: GreyImage) => encodeFingerprintSample(image, { purpose: 4 });
    return {
      engine: crippled<EngineAdapter>(engine, breakIt(engine)),
      sample: (finger) => sampleOf(scriptedFinger(finger)),
      blank: () => sampleOf(sampleImage(20, 30)),
      close: () => engine.close(),
    };
  }, ['index-vectors', 'calibration', 'presence', 'selection']);
  expect(await failing(suite)).toContain(id);
});
