/** A framework monitor that asks for it hears each status of a unit as its property has it. WBF: service 3.4. */

import { expect, test } from 'vitest';
import { createHost } from '../../src/exports/whorl/testkit.ts';
import * as w from '../../src/exports/whorl/winbio.ts';
import { openFramework, openSync } from '../support/sessions.ts';
import { World } from '../support/world.ts';

const { WINBIO_FRAMEWORK_CHANGE_UNIT: UNIT, WINBIO_FRAMEWORK_CHANGE_UNIT_STATUS: STATUS } = w;

/** Unit, availability and reason of each status notice; the operation of any other. */
function heard(results: readonly w.WINBIO_ASYNC_RESULT[]): unknown[] {
  return results.map((result) => {
    if (result.Operation !== w.WINBIO_OPERATION_NOTIFY_UNIT_STATUS_CHANGE) return result.Operation;
    const { Availability, ReasonCode } = result.Parameters.NotifyUnitStatusChange.ExtendedStatus;
    return [result.UnitId, Availability, ReasonCode, result.ApiStatus];
  });
}

test('a capture makes a unit busy, its end ready again; who asks for arrivals alone hears nothing of it', async () => {
  await using host = await createHost({ readers: 2 });
  const process = host.process();
  const [statuses, arrivals] = [await openFramework(process), await openFramework(process)];
  await process.winbio.WinBioAsyncMonitorFrameworkChanges(statuses.handle, STATUS);
  await process.winbio.WinBioAsyncMonitorFrameworkChanges(arrivals.handle, UNIT);
  const session = await openSync(host, process);
  const locating = process.winbio.WinBioLocateSensor(session, w.out(0));
  await host.settle();
  await process.winbio.WinBioCancel(session);
  expect(await locating).toBe(w.WINBIO_E_CANCELED);
  await host.settle();
  host.reader(1).unplug();
  await host.settle();
  for (const unit of [1, 2]) {
    expect(heard(statuses.notices.results.filter(({ UnitId }) => UnitId === unit))).toEqual([
      [unit, w.WINBIO_SENSOR_BUSY, 0, w.S_OK],
      [unit, w.WINBIO_SENSOR_READY, 0, w.S_OK],
    ]);
  }
  expect(statuses.notices.results).toHaveLength(4);
  expect(heard(arrivals.notices.results)).toEqual([w.WINBIO_OPERATION_UNIT_REMOVAL]);
});

test('a sensor that neither stops nor resets has failed, and says so', async () => {
  await using world = await World.create();
  const framework = await openFramework(world.process);
  await world.winbio.WinBioAsyncMonitorFrameworkChanges(framework.handle, STATUS);
  world.host.reader(0).hang();
  const call = world.identifying();
  await world.host.settle();
  await world.winbio.WinBioCancel(world.handle);
  expect(await call).toBe(w.WINBIO_E_CANCELED);
  for (let i = 0; i < 2; i++) {
    world.host.clock.advance(10_000);
    await world.host.settle();
  }
  const failed = [w.WINBIO_SENSOR_FAILURE, w.WINBIO_E_DEVICE_FAILURE];
  expect(heard(framework.notices.results).at(-1)).toEqual([1, ...failed, w.S_OK]);
  expect((await world.property(w.WINBIO_PROPERTY_EXTENDED_UNIT_STATUS)).words).toEqual(failed);
  world.host.reader(0).release();
});
