/** Aborts, faults and removal: each operation has one ending. */

import assert from 'node:assert/strict';
import {
  type EnrollStage,
  MATCHING_DEVICE_CANCEL_MS,
  type MatchingDevice,
} from '../../../../adapters/matching-device.ts';
import type { AdapterOptions } from '../../../../adapters/sensor-adapter.ts';
import { isBiometricError } from '../../../../core/biometric-error.ts';
import { rejectsWith } from '../../adapter-test.ts';
import { begin, enrolled, NEVER } from '../begin-operation.ts';
import type { DeviceClause } from '../device-clause.ts';

/** Every operation that waits for a person. */
const WAITS: Readonly<Record<string, (device: MatchingDevice, options: AdapterOptions) => Promise<unknown>>> = {
  enroll: (device, { signal }) => device.enroll({ subFactor: 2, label: 'x' }, { signal, onStage: () => {} }),
  identify: (device, options) => device.identify('all', options),
  picture: (device, options) => device.capturePicture(options),
};

function waitsOf(device: MatchingDevice) {
  const able = (name: string) => name === 'enroll' || device.info.capabilities.some((each) => each === name);
  return Object.entries(WAITS).filter(([name]) => able(name));
}

export const ENDINGS: readonly DeviceClause[] = [
  {
    id: 'device-40',
    what: 'an operation that is aborted ends in time with CANCELED and the reason, and the next one works',
    async check(device, { present }) {
      for (const [, wait] of waitsOf(device)) {
        const running = begin((options) => wait(device, options));
        const beganMs = performance.now();
        running.abort('enough');
        await rejectsWith('WINBIO_E_CANCELED', () => running.outcome);
        await assert.rejects(running.outcome, { cause: 'enough' });
        assert.ok(performance.now() - beganMs < MATCHING_DEVICE_CANCEL_MS + 1000);
      }
      await enrolled(device, present, 1);
    },
  },
  {
    id: 'device-41',
    what: 'an operation whose signal has aborted does not begin',
    async check(device) {
      const signal = AbortSignal.abort('before');
      for (const [, wait] of waitsOf(device)) await rejectsWith('WINBIO_E_CANCELED', () => wait(device, { signal }));
    },
  },
  {
    id: 'device-42',
    what: 'an abort after the end changes nothing',
    async check(device, { present }) {
      const controller = new AbortController();
      for (let i = 0; i < device.info.enrollStages; i++) present(1);
      const stages: EnrollStage[] = [];
      const onStage = (stage: EnrollStage) => stages.push(stage);
      const first = await device.enroll({ subFactor: 2, label: 'x' }, { signal: controller.signal, onStage });
      controller.abort();
      assert.equal(first.kind, 'enrolled');
      await enrolled(device, present, 2);
      assert.equal(stages.length, device.info.enrollStages);
    },
  },
  {
    id: 'device-43',
    what: 'a device that is unplugged ends what runs and what comes with SENSOR_UNAVAILABLE, and tells so',
    needs: 'unplug',
    async check(device, { unplug }) {
      let removed = 0;
      using _ = device.watch({ status: (status) => (status === 'removed' ? removed++ : 0) });
      const running = begin(({ signal }) => device.enroll({ subFactor: 2, label: 'x' }, { signal, onStage: () => {} }));
      unplug();
      await rejectsWith('WINBIO_E_SENSOR_UNAVAILABLE', () => running.outcome);
      assert.equal(device.status, 'removed');
      assert.equal(removed, 1);
      await rejectsWith('WINBIO_E_SENSOR_UNAVAILABLE', () =>
        device.enroll({ subFactor: 2, label: 'x' }, { signal: NEVER, onStage: () => {} }),
      );
      await device.close();
    },
  },
  {
    id: 'device-44',
    what: 'a device that fails rejects with a code, and works after a reset',
    needs: 'fault',
    async check(device, { fault, present }) {
      fault();
      const failed: unknown = await device
        .enroll({ subFactor: 2, label: 'x' }, { signal: NEVER, onStage: () => {} })
        .catch((thrown: unknown) => thrown);
      assert.ok(isBiometricError(failed));
      await device.reset();
      await enrolled(device, present, 1);
    },
  },
];
