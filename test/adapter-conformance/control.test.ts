import { describe, expect, test } from 'vitest';
import type { ControlRequest } from '../../src/exports/fingerprint/adapters.ts';
import * as w from '../../src/exports/whorl/winbio.ts';
import { World } from '../support/world.ts';

const { WINBIO_COMPONENT_SENSOR: SENSOR, WINBIO_COMPONENT_ENGINE: ENGINE, WINBIO_COMPONENT_STORAGE: STORAGE } = w;
const MAINTAINER = { who: { administrator: true }, flags: w.WINBIO_FLAG_MAINTENANCE } as const;

/** Every adapter echoes what was sent, with status 4711. */
function answering() {
  const control = async ({ sendBuffer }: ControlRequest) => ({ operationStatus: 4711, received: sendBuffer.slice() });
  return { sensor: { control }, engine: { control }, storage: { control } };
}

describe('vendor commands', () => {
  test('A-169: answer, size and status of the adapter are passed on as they are', async () => {
    await using world = await World.create({ overrides: answering() });
    await world.winbio.WinBioLockUnit(world.handle, 1);
    for (const component of [SENSOR, ENGINE, STORAGE]) {
      expect(await world.control(component, 77)).toEqual({
        hr: w.S_OK,
        received: [9, 8, 7, 0],
        size: 3,
        status: 4711,
      });
    }
    expect(world.tap.names('sensor.control', 'engine.control', 'storage.control')).toHaveLength(3);
    world.tap.fail('engine.control', 'WINBIO_E_DEVICE_BUSY');
    expect((await world.control(ENGINE, 77)).hr).toBe(w.WINBIO_E_DEVICE_BUSY);
  });

  test('A-170: an answer that does not fit is refused, and nothing is written', async () => {
    await using world = await World.create({ overrides: answering() });
    await world.winbio.WinBioLockUnit(world.handle, 1);
    const { hr, received } = await world.control(SENSOR, 77, { receive: 2 });
    expect([hr, received]).toEqual([w.E_NOT_SUFFICIENT_BUFFER, [0, 0]]);
  });

  test('A-172: without the lock no adapter is asked', async () => {
    await using world = await World.create({ overrides: answering() });
    expect((await world.control(SENSOR, 77)).hr).toBe(w.WINBIO_E_LOCK_VIOLATION);
    expect(world.tap.names('sensor.control')).toEqual([]);
  });

  test('A-173: the privileged variant asks no adapter without MAINTENANCE and privilege', async () => {
    await using world = await World.create({ overrides: answering(), who: { administrator: true } });
    await world.winbio.WinBioLockUnit(world.handle, 1);
    expect((await world.control(SENSOR, 77, { privileged: true })).hr).toBe(w.E_ACCESSDENIED);
    expect(world.tap.names('sensor.control')).toEqual([]);
    await using maintained = await World.create({ ...MAINTAINER, overrides: answering() });
    await maintained.winbio.WinBioLockUnit(maintained.handle, 1);
    expect((await maintained.control(SENSOR, 77, { privileged: true })).hr).toBe(w.S_OK);
    expect(maintained.tap.of('sensor.control')[0]?.arguments[0]).toMatchObject({ privileged: true, code: 77 });
  });

  test('A-236: a session that holds the lock of a unit cannot lock another one', async () => {
    await using world = await World.create({ readers: 2 });
    expect(await world.winbio.WinBioLockUnit(world.handle, 1)).toBe(w.S_OK);
    expect(await world.winbio.WinBioLockUnit(world.handle, 2)).toBe(w.WINBIO_E_LOCK_VIOLATION);
  });
});
