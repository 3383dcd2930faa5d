/** Adapter modules in processes of their own: whatever they do there, the service goes on and they come again. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { AdapterKind } from '../../src/adapters/adapter-module.ts';
import type { ControlRequest } from '../../src/adapters/control.ts';
import type { SensorAdapter } from '../../src/adapters/sensor-adapter.ts';
import { compose } from '../../src/composition/compose/compose.ts';
import { loadAdapter, loadingOf } from '../../src/composition/configuration/load-adapter.ts';
import { isolatedEngine } from '../../src/composition/isolation/isolated-engine.ts';
import { IsolatedSensors } from '../../src/composition/isolation/isolated-sensors.ts';
import { IsolatedStorage } from '../../src/composition/isolation/isolated-storage.ts';
import { WINBIO_TYPE_FINGERPRINT } from '../../src/core/constants.ts';
import { SILENT_LOGGER } from '../../src/core/logger.ts';
import { TEMPLATE_FORMAT } from '../../src/fingerprint/index.ts';
import { synthesizeMinutiae } from '../../src/fingerprint/synthesis/minutia-map.ts';
import { synthesizeTemplate } from '../../src/fingerprint/synthesis/synthesize-template.ts';
import { WAYS_TO_FAIL } from './ways-to-fail.ts';

const parts = (kind: AdapterKind) => ({
  start: { kind, url: new URL(`./failing-${kind}.ts`, import.meta.url).href, options: {} },
  limits: { memoryMb: 384, hangMs: 1500, startMs: 20_000 },
  name: `failing-${kind}`,
  logger: SILENT_LOGGER,
});
const { signal } = new AbortController();
const command = (code: number): ControlRequest => ({
  code,
  privileged: false,
  sendBuffer: new Uint8Array(),
  receiveBufferSize: 0,
});
/** Vendor command of the reader that answers with the number of its process. */
const WHICH_PROCESS = 99;

/** Sensors as they come and go. */
function watched(source: IsolatedSensors) {
  const seen: SensorAdapter[] = [];
  let next = Promise.withResolvers<SensorAdapter>();
  let gone = 0;
  source.watch({
    arrived: (sensor) => {
      seen.push(sensor);
      next.resolve(sensor);
      next = Promise.withResolvers();
    },
    removed: () => {
      gone += 1;
    },
  });
  return { seen, next: () => next.promise, gone: () => gone };
}

const ways = WAYS_TO_FAIL.map(([what], code) => [what, code] as const);

afterEach(() => vi.unstubAllEnvs());

describe.concurrent('a module that', () => {
  test.each(ways)('%s: its reader is gone with what waits for it, and comes again', async (_, code) => {
    await using source = await IsolatedSensors.start(parts('sensor'));
    const sensors = watched(source);
    const [first] = sensors.seen;
    const again = sensors.next();
    await expect(first?.control(command(code), { signal })).rejects.toMatchObject({
      code: 'WINBIO_E_SENSOR_UNAVAILABLE',
    });
    expect(sensors.gone()).toBe(1);
    await expect(first?.capture({ purpose: 1 }, { signal })).rejects.toMatchObject({
      code: 'WINBIO_E_SENSOR_UNAVAILABLE',
    });
    const second = await again;
    const captured = await second.capture({ purpose: 1 }, { signal });
    expect(captured).toMatchObject({ kind: 'sample' });
    expect((await second.control(command(WHICH_PROCESS), { signal })).operationStatus).not.toBe(process.pid);
  });

  test.each([ways[0], ways[4]] as const)('%s: an engine, whose galleries are filled again', async (_, code) => {
    await using engine = await isolatedEngine(parts('engine'));
    const [finger, other] = [1, 2].map((seed) => synthesizeTemplate(synthesizeMinutiae(seed), 1)) as [
      Uint8Array,
      Uint8Array,
    ];
    using gallery = engine.createGallery();
    gallery.add(7, finger);
    const search = async (probe: Uint8Array) =>
      (await engine.identify(probe, gallery, { signal })).map(({ recordId }) => recordId);
    expect([await search(finger), await search(other)]).toEqual([[7], []]);
    using enrollment = engine.createEnrollment(2);
    await expect(engine.control(command(code), { signal })).rejects.toMatchObject({ code: 'WINBIO_E_DEVICE_FAILURE' });
    await expect(enrollment.add(finger, { signal })).rejects.toMatchObject({ code: 'WINBIO_E_DEVICE_FAILURE' });
    gallery.add(8, other);
    expect([await search(finger), await search(other)]).toEqual([[7], [8]]);
    await expect(engine.checkTemplate?.(Uint8Array.of(1, 2))).rejects.toMatchObject({ code: 'WHORL_E_MALFORMED' });
  });

  test.each([ways[2], ways[3]] as const)('%s: a storage, whose databases are opened again', async (_, code) => {
    const folder = mkdtempSync(join(tmpdir(), 'whorl-isolation-'));
    await using _folder = { [Symbol.asyncDispose]: async () => rmSync(folder, { recursive: true }) };
    await using storage = await IsolatedStorage.start(parts('storage'));
    const descriptor = {
      databaseId: 'A5D5E1F0-0000-4000-8000-000000000001',
      factor: WINBIO_TYPE_FINGERPRINT,
      templateFormat: TEMPLATE_FORMAT,
      path: join(folder, 'a.db'),
    };
    await using database = await storage.open(descriptor, { create: true });
    const record = {
      identity: { type: 'sid', sid: 'S-1-5-18' },
      subFactor: 2,
      template: Uint8Array.of(1, 2, 3),
    } as const;
    const recordId = await database.add(record);
    await expect(storage.control(command(code), { signal })).rejects.toMatchObject({ code: 'WINBIO_E_DEVICE_FAILURE' });
    const found: unknown[] = [];
    for await (const batch of database.query({})) found.push(...batch);
    expect(found).toMatchObject([{ recordId, template: record.template }]);
    expect(await database.count()).toBe(1);
  });
});

test('a configured module that fails takes its unit along and brings it back; the other unit stays', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'whorl-isolation-'));
  await using _folder = { [Symbol.asyncDispose]: async () => rmSync(folder, { recursive: true }) };
  const module = join(import.meta.dirname, 'failing-sensor.ts');
  const options = { way: 0, once: join(folder, 'failed') };
  const logged: unknown[] = [];
  const logger = { ...SILENT_LOGGER, error: (text: string, fields?: object) => void logged.push({ text, ...fields }) };
  await using composition = await compose(
    {
      state: 'memory',
      engineThreads: 1,
      readers: [{ kind: 'virtual' }, { kind: 'module', module, name: 'acme', options }],
    },
    { logger },
  );
  const units = () => composition.service.activity.map(({ unitId, name }) => `${unitId} ${name}`);
  expect(units()).toEqual(['1 virtual', '2 acme']);
  await expect.poll(units, { timeout: 10_000 }).toEqual(['1 virtual']);
  await expect.poll(units, { timeout: 10_000 }).toEqual(['1 virtual', '3 acme']);
  expect(logged).toMatchObject([{ adapter: module, why: 'it ended with 1', waitMs: 1000 }]);
});

test('a module does not inherit the master key', async () => {
  vi.stubEnv('WHORL_TEST_KEY', 'a'.repeat(64));
  const module = join(import.meta.dirname, 'failing-sensor.ts');
  const parts = loadingOf({ keys: { environment: 'WHORL_TEST_KEY' } }, { folder: '/', logger: SILENT_LOGGER });
  await using source = await loadAdapter('sensor', { module }, parts);
  const sensors: SensorAdapter[] = [];
  source.watch({ arrived: (sensor) => void sensors.push(sensor), removed: () => {} });
  const names = String(Buffer.from((await sensors[0]!.control(command(WHICH_PROCESS), { signal })).received)).split(
    ',',
  );
  expect(names).toContain('PATH');
  expect(names).not.toContain('WHORL_TEST_KEY');
});

test('a module that the configuration keeps here runs in the process of the service', async () => {
  const module = join(import.meta.dirname, 'failing-sensor.ts');
  await using source = await loadAdapter('sensor', { module, isolate: false }, { folder: '/', logger: SILENT_LOGGER });
  const sensors: SensorAdapter[] = [];
  source.watch({ arrived: (sensor) => void sensors.push(sensor), removed: () => {} });
  expect((await sensors[0]?.control(command(WHICH_PROCESS), { signal }))?.operationStatus).toBe(process.pid);
});
