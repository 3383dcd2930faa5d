import { describe, expect, test } from 'vitest';
import type { EngineAdapter } from '../../src/exports/fingerprint/adapters.ts';
import { scriptedFinger } from '../../src/exports/whorl/testkit.ts';
import * as w from '../../src/exports/whorl/winbio.ts';
import { ADAPTER_DEADLINE_MS, FINISH_AFTER_CANCEL_MS } from '../../src/service/containment/call-guard.ts';
import { REST_AFTER_FAULT_MS } from '../../src/service/units/unit.ts';
import { isPending } from '../support/sessions.ts';
import { World } from '../support/world.ts';

/** Consecutive faults after which the unit is set up anew. */
const FAULTS = 3;

const NONSENSE: readonly [string, Readonly<Record<string, unknown>>][] = [
  ['nothing', { extract: async () => undefined }],
  ['a kind that is none', { extract: async () => ({ kind: 'maybe' }) }],
  ['features that are none', { extract: async () => ({ kind: 'features', features: [1, 2] }) }],
  ['a rejection without a reason', { extract: async () => ({ kind: 'rejected' }) }],
  [
    'a report without a quality',
    { extract: async () => ({ kind: 'features', features: new Uint8Array(2), report: {} }) },
  ],
  ['a candidate without a score', { identify: async () => [{ recordId: 1, score: Number.NaN }] }],
  ['a threshold that is none', { identify: async () => [{ recordId: 1, score: 9, threshold: 'high' }] }],
  ['a candidate that is a word', { identify: async () => ['me'] }],
  ['no promise', { extract: () => 7 }],
];

describe('an adapter that fails', () => {
  test.each(NONSENSE)('an engine answers %s', async (_, nonsense) => {
    const engine: Partial<EngineAdapter> = {};
    await using world = await World.create({ overrides: { engine } });
    await world.enroll(1);
    Object.assign(engine, nonsense);
    expect((await world.identify(1)).hr).toBe(w.WINBIO_E_DEVICE_FAILURE);
    expect(world.host.idle).toBe(true);
    for (const name of Object.keys(nonsense)) delete engine[name as keyof EngineAdapter];
    expect((await world.identify(1)).hr).toBe(w.S_OK);
  });

  test('a sensor answers nonsense', async () => {
    const capture = async () => ({ kind: 'sample', sample: 'a finger' }) as never;
    await using world = await World.create({ overrides: { sensor: { capture } } });
    expect(await world.identifying()).toBe(w.WINBIO_E_DEVICE_FAILURE);
  });

  test('an engine never answers: its unit is busy until the deadline, the other one is not', async () => {
    await using world = await World.create({ readers: 2 });
    await world.enroll(1);
    world.tap.hold('engine.extract');
    const stuck = world.identifying();
    await world.host.settle();
    world.host.reader(0).present(scriptedFinger(1));
    expect(await isPending(world.host, stuck)).toBe(true);
    world.host.clock.advance(ADAPTER_DEADLINE_MS);
    expect(await stuck).toBe(w.WINBIO_E_DEVICE_FAILURE);
    world.tap.release('engine.extract');
    expect((await world.identify(1, { reader: 1 })).hr).toBe(w.S_OK);
    expect((await world.identify(1)).hr).toBe(w.S_OK);
  });

  test('an engine ignores a cancel: the client is told at once, the unit works again 5 s later', async () => {
    await using world = await World.create();
    world.tap.hold('engine.extract');
    const call = world.identifying();
    await world.host.touch(1);
    await world.winbio.WinBioCancel(world.handle);
    expect(await call).toBe(w.WINBIO_E_CANCELED);
    expect(world.host.idle).toBe(false);
    world.host.clock.advance(FINISH_AFTER_CANCEL_MS);
    await world.host.settle();
    expect([world.host.idle, world.host.clock.pending]).toEqual([true, 0]);
    world.tap.release('engine.extract');
  });
});

describe('a reader that fails while another one is there', () => {
  test('ends no operation that the other one serves; alone it does', async () => {
    await using world = await World.create({ readers: 2 });
    await world.enroll(1);
    const device = world.host.reader(0).sensor?.info.deviceInstanceId ?? '';
    world.tap.fail('sensor.capture', 'WINBIO_E_DEVICE_FAILURE', { device, times: 2 });
    const found = world.identify(1, { reader: 1 });
    expect(await found).toMatchObject({ hr: w.S_OK, unit: 2 });
    expect(world.host.idle).toBe(true);
    // It has rested, and is asked again.
    const waiting = world.identifying();
    await world.host.settle();
    world.host.clock.advance(REST_AFTER_FAULT_MS);
    await world.host.settle();
    world.host.clock.advance(REST_AFTER_FAULT_MS);
    await world.host.settle();
    expect(await isPending(world.host, waiting)).toBe(true);
    world.host.reader(0).present(scriptedFinger(1));
    expect(await waiting).toBe(w.S_OK);
    world.tap.fail('sensor.capture', 'WINBIO_E_DEVICE_FAILURE', { times: 2 });
    expect(await world.identifying()).toBe(w.WINBIO_E_DEVICE_FAILURE);
  });
});

describe('a unit that fails again and again', () => {
  const failing = async (world: World, times: number) => {
    for (let i = 0; i < times; i++) {
      world.tap.fail('engine.extract', new TypeError('a fault of the adapter'));
      expect((await world.identify(1)).hr).toBe(w.WINBIO_E_DEVICE_FAILURE);
    }
  };

  test('is set up anew after three faults in a row: its sensor is reset, and it works', async () => {
    await using world = await World.create();
    await world.enroll(1);
    await failing(world, FAULTS - 1);
    expect((await world.identify(1)).hr).toBe(w.S_OK);
    await failing(world, FAULTS - 1);
    expect(world.tap.of('sensor.reset')).toHaveLength(0);
    await failing(world, 1);
    await world.host.settle();
    expect(world.tap.of('sensor.reset')).toHaveLength(1);
    expect((await world.identify(1)).hr).toBe(w.S_OK);
  });

  test('is given up after three more; the other one goes on, and replugging brings it back', async () => {
    await using world = await World.create({ readers: 2 });
    await world.enroll(1);
    await failing(world, 2 * FAULTS);
    await world.host.settle();
    const unit = (await world.process.service.units()).find(({ unitId }) => unitId === 1);
    expect(unit?.poolType).toBe(w.WINBIO_POOL_UNASSIGNED);
    expect((await world.identify(1, { reader: 1 })).hr).toBe(w.S_OK);
    world.host.reader(0).replug();
    await world.host.settle();
    expect(await world.identify(1)).toMatchObject({ hr: w.S_OK, unit: 3 });
    expect(world.host.idle).toBe(true);
  });

  test('is given up at once when its sensor cannot be reset', async () => {
    await using world = await World.create();
    world.tap.fail('sensor.reset', 'WINBIO_E_DEVICE_FAILURE');
    await failing(world, FAULTS);
    await world.host.settle();
    expect(await world.identifying()).toBe(w.WINBIO_E_SENSOR_UNAVAILABLE);
    expect(world.host.idle).toBe(true);
  });
});
