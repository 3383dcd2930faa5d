/** Readers that match inside as units of the service, beside readers that hand out pictures. */

import { expect, test } from 'vitest';
import {
  WINBIO_CAPABILITY_DATABASE,
  WINBIO_CAPABILITY_MATCHING,
  WINBIO_DATABASE_TYPE_ONCHIP,
} from '../../src/exports/fingerprint/adapters.ts';
import type { Session } from '../../src/exports/whorl/index.ts';
import { createHost, type Host, ScriptedDevice } from '../../src/exports/whorl/testkit.ts';

const UNIT = 2;

/** Touches the device as soon as it waits, and lets the answers arrive. */
async function touch(host: Host, device: ScriptedDevice, finger: number): Promise<void> {
  await host.settle();
  await device.waiting();
  device.touch(finger);
  await host.settle();
}

async function enroll(host: Host, device: ScriptedDevice, session: Session, finger: number, subFactor = 2) {
  const enrollment = await session.enroll({ unitId: UNIT, finger: subFactor });
  const progress: number[] = [];
  for (;;) {
    const step = enrollment.capture();
    await touch(host, device, finger);
    const outcome = await step;
    if (outcome.kind === 'rejected') continue;
    progress.push(outcome.percentComplete);
    if (outcome.kind === 'complete') return { enrollment, progress };
  }
}

test('an enrollment is one touch a capture, and the finger is found by touching either reader', async () => {
  const device = new ScriptedDevice();
  await using host = await createHost({ readers: 1, devices: [device] });
  const { service } = host.process();
  await using session = await service.openSession();
  const { enrollment, progress } = await enroll(host, device, session, 7);
  expect(progress).toEqual([33, 66, 100]);
  const committed = await enrollment.commit();
  expect(committed.kind).toBe('enrolled');
  expect(device.prints).toHaveLength(1);

  const identified = session.identify();
  await touch(host, device, 7);
  expect(await identified).toMatchObject({ kind: 'identified', unitId: UNIT, subFactor: 2 });

  const unknown = session.identify();
  await host.touch(7);
  // The template of one reader is not compared with the sample of the other.
  expect(await unknown).toMatchObject({ kind: 'unknown-identity', unitId: 1 });
});
