import { describe, expect, test } from 'vitest';
import type { SensorCalibration } from '../../src/exports/fingerprint/adapters.ts';
import { BiometricError, type EngineAdapter, type EngineCalibration } from '../../src/exports/fingerprint/adapters.ts';
import * as w from '../../src/exports/whorl/winbio.ts';
import { openSync } from '../support/sessions.ts';
import { World, type WorldOptions } from '../support/world.ts';

const FORMAT = '0F0E0D0C-0B0A-4908-8706-050403020100';
const OTHER = '1F0E0D0C-0B0A-4908-8706-050403020100';
type Advice = { readonly repeat: boolean; readonly data: Uint8Array };
const USE: Advice = { repeat: false, data: new Uint8Array() };

/** A sensor and an engine that calibrate. The engine gives these advices in order, then USE. */
function calibrating(
  advices: readonly (Advice | Error)[] = [],
  change: { sensor?: Partial<SensorCalibration>; engine?: Partial<EngineCalibration> } = {},
) {
  const seen: string[] = [];
  const left = [...advices];
  const sensor: SensorCalibration = {
    formats: [OTHER, FORMAT],
    select: async (format) => void seen.push(`select ${format}`),
    accept: async (data) => void seen.push(`accept ${[...data].join(' ')}`),
    ...change.sensor,
  };
  const engine: EngineCalibration = {
    select: (formats) => {
      seen.push(`offered ${formats.length}`);
      return { format: FORMAT, maxBytes: 16 };
    },
    advise: async () => {
      seen.push('advise');
      const next = left.shift() ?? USE;
      if (next instanceof Error) throw next;
      return next;
    },
    ...change.engine,
  };
  return { seen, overrides: { sensor: { calibration: sensor }, engine: { calibration: engine } } };
}

/** A world, and its unit or the reason why there is none. */
async function configured(overrides: WorldOptions['overrides']) {
  await using world = await World.create(overrides ? { overrides } : {});
  const [state, handle] = [w.out<Uint8Array | null>(), await openSync(world.host, world.process)];
  const { WINBIO_PROPERTY_TYPE_UNIT: UNIT, WINBIO_PROPERTY_FP_BU_STATE: STATE } = w;
  await world.winbio.WinBioGetProperty(handle, UNIT, STATE, 0, null, 0, state, w.out());
  const bytes = state.value ?? new Uint8Array();
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(4, true) | 0;
}

const failed = (code: ConstructorParameters<typeof BiometricError>[0]) => () => {
  throw new BiometricError(code);
};
const code = (name: ConstructorParameters<typeof BiometricError>[0]) => new BiometricError(name).hresult | 0;

describe('calibration: the agreement', () => {
  test('A-073: neither has calibration, or only the sensor has: no fault, and nothing is asked', async () => {
    expect(await configured({})).toBe(w.S_OK);
    const { seen, overrides } = calibrating();
    expect(await configured({ sensor: overrides.sensor })).toBe(w.S_OK);
    expect(seen).toEqual([]);
    // An engine may also do without calibration when the sensor has none.
    const offered: number[] = [];
    const calibration: EngineCalibration = {
      ...overrides.engine.calibration,
      select: (formats) => void offered.push(formats.length) as undefined,
    };
    expect(await configured({ engine: { calibration } as Partial<EngineAdapter> })).toBe(w.S_OK);
    expect(offered).toEqual([0]);
  });

  test('A-074: a sensor that lists no format is not configured', async () => {
    const { overrides } = calibrating([], { sensor: { formats: [] } });
    expect(await configured(overrides)).toBe(code('WINBIO_E_INVALID_CALIBRATION_FORMAT_ARRAY'));
  });

  test('A-075: an engine that finds no format for it ends the configuration', async () => {
    const { overrides } = calibrating([], { engine: { select: failed('WINBIO_E_NO_SUPPORTED_CALIBRATION_FORMAT') } });
    expect(await configured(overrides)).toBe(code('WINBIO_E_NO_SUPPORTED_CALIBRATION_FORMAT'));
    const invented = calibrating([], {
      engine: { select: () => ({ format: FORMAT.replace('0F', '7F'), maxBytes: 1 }) },
    });
    expect(await configured(invented.overrides)).toBe(code('WINBIO_E_NO_SUPPORTED_CALIBRATION_FORMAT'));
  });

  test('A-076: more than 4096 bytes are not agreed to', async () => {
    const { overrides } = calibrating([], { engine: { select: () => ({ format: FORMAT, maxBytes: 4097 }) } });
    expect(await configured(overrides)).toBe(code('WINBIO_E_CALIBRATION_BUFFER_TOO_LARGE'));
    const most = calibrating([], { engine: { select: () => ({ format: FORMAT, maxBytes: 4096 }) } });
    expect(await configured(most.overrides)).toBe(w.S_OK);
  });

  test('A-077: a sensor that refuses the format it had listed ends the configuration', async () => {
    for (const name of ['E_NOTIMPL', 'WINBIO_E_UNSUPPORTED_SENSOR_CALIBRATION_FORMAT'] as const) {
      const { overrides } = calibrating([], { sensor: { select: async () => failed(name)() } });
      expect(await configured(overrides)).toBe(code(name));
    }
  });

  test('A-078: the format is agreed once a configuration, never during a capture', async () => {
    const { seen, overrides } = calibrating();
    await using world = await World.create({ overrides, readers: 2 });
    const agreed = ['offered 2', `select ${FORMAT}`];
    expect(seen).toEqual([...agreed, ...agreed]);
    seen.length = 0;
    for (let i = 0; i < 3; i++) await world.identify(1);
    expect(seen).toEqual(['advise', 'advise', 'advise']);
    seen.length = 0;
    await openSync(world.host, world.process, { privateUnits: [2] });
    expect(seen).toEqual(agreed);
  });
});

describe('calibration: the loop', () => {
  const data = Uint8Array.of(4, 2);

  async function capturing(advices: readonly (Advice | Error)[], touches: number, change = {}) {
    const { seen, overrides } = calibrating(advices, change);
    await using world = await World.create({ overrides });
    seen.length = 0;
    const call = world.identifying();
    for (let i = 0; i < touches; i++) await world.host.touch(1);
    const hr = await call;
    return { hr, seen, captures: world.tap.names('sensor.capture').length, extracted: world.tap.of('engine.extract') };
  }

  test('A-079: repeat, with data: the sensor gets them, then it captures again', async () => {
    const run = await capturing([{ repeat: true, data }], 2);
    expect(run).toMatchObject({ hr: w.WINBIO_E_UNKNOWN_ID, seen: ['advise', 'accept 4 2', 'advise'], captures: 2 });
    expect(run.extracted).toHaveLength(1);
  });

  test('A-080: repeat, without data: it captures again and gets nothing', async () => {
    const run = await capturing([{ ...USE, repeat: true }], 2);
    expect(run).toMatchObject({ hr: w.WINBIO_E_UNKNOWN_ID, seen: ['advise', 'advise'], captures: 2 });
  });

  test('A-081: no repeat, with data: the sensor gets them, and this sample is used', async () => {
    const run = await capturing([{ repeat: false, data }], 1);
    expect(run).toMatchObject({ hr: w.WINBIO_E_UNKNOWN_ID, seen: ['advise', 'accept 4 2'], captures: 1 });
    expect(run.extracted).toHaveLength(1);
  });

  test('A-082: no repeat, without data: the sample is used', async () => {
    const run = await capturing([USE], 1);
    expect(run).toMatchObject({ hr: w.WINBIO_E_UNKNOWN_ID, seen: ['advise'], captures: 1 });
  });

  test('A-083: an engine that has no advice, or a sensor that takes no data, ends the capture', async () => {
    expect((await capturing([new BiometricError('E_NOTIMPL')], 1)).hr).toBe(w.WINBIO_E_CAPTURE_ABORTED);
    const refusing = { sensor: { accept: () => Promise.reject(new TypeError('no')) } };
    expect((await capturing([{ repeat: false, data }], 1, refusing)).hr).toBe(w.WINBIO_E_CAPTURE_ABORTED);
    // More bytes than were agreed.
    expect((await capturing([{ repeat: false, data: new Uint8Array(17) }], 1)).hr).toBe(w.WINBIO_E_CAPTURE_ABORTED);
  });

  test('A-084: after a hundred useless samples in a row the capture is given up', async () => {
    const again = Array.from({ length: 300 }, () => ({ ...USE, repeat: true }));
    const run = await capturing(again, 101);
    expect([run.hr, run.captures, run.extracted.length]).toEqual([w.WINBIO_E_CAPTURE_ABORTED, 101, 0]);
  });

  test('A-084: between two of them a cancel is heard', async () => {
    const { overrides } = calibrating(Array.from({ length: 10 }, () => ({ ...USE, repeat: true })));
    await using world = await World.create({ overrides });
    const call = world.identifying();
    await world.host.touch(1);
    await world.winbio.WinBioCancel(world.handle);
    expect([await call, world.host.idle]).toEqual([w.WINBIO_E_CANCELED, true]);
  });
});
