/** Description, opening and closing. */

import assert from 'node:assert/strict';
import {
  MATCHING_DEVICE_CAPABILITIES,
  type MatchingDevice,
  type MatchingDeviceStatus,
} from '../../../../adapters/matching-device.ts';
import { rejectsWith } from '../../adapter-test.ts';
import { beginWait, NEVER } from '../begin-operation.ts';
import type { DeviceClause } from '../device-clause.ts';

export const LIFE: readonly DeviceClause[] = [
  {
    id: 'device-1',
    what: 'it says what it is, the same before and after it is opened, and declares a comparison',
    open: false,
    async check(device) {
      const { info } = device;
      for (const text of [info.deviceInstanceId, info.description, info.driver]) assert.ok(text.length > 0);
      assert.ok(Number.isInteger(info.enrollStages) && info.enrollStages >= 1);
      assert.ok(info.capacity === undefined || (Number.isInteger(info.capacity) && info.capacity > 0));
      for (const each of info.capabilities) assert.ok(MATCHING_DEVICE_CAPABILITIES.includes(each));
      assert.ok(info.capabilities.includes('identify') || info.capabilities.includes('verify'));
      await device.open({ signal: NEVER });
      assert.deepEqual(device.info, info);
    },
  },
  {
    id: 'device-2',
    what: 'it is closed, then ready, and may be opened twice; its status is told',
    open: false,
    async check(device) {
      const told: MatchingDeviceStatus[] = [];
      using _ = device.watch({ status: (status) => told.push(status) });
      assert.equal(device.status, 'closed');
      await rejectsWith('WINBIO_E_INVALID_DEVICE_STATE', () => enrollNothing(device));
      await device.open({ signal: NEVER });
      await device.open({ signal: NEVER });
      const status: MatchingDeviceStatus = statusOf(device);
      assert.ok(status === 'ready' || status === 'needs-calibration');
      assert.equal(told.at(-1), status);
    },
  },
  {
    id: 'device-3',
    what: 'an observer that throws changes nothing, and one that left hears nothing',
    open: false,
    async check(device) {
      let heard = 0;
      device.watch({ status: () => heard++ })[Symbol.dispose]();
      using _ = device.watch({
        status: () => {
          throw new TypeError('an observer at fault');
        },
      });
      await device.open({ signal: NEVER });
      assert.equal(heard, 0);
      assert.notEqual(device.status, 'failed');
    },
  },
  {
    id: 'device-4',
    what: 'closing twice is one closing; what runs ends with CANCELED, and later calls with INVALID_DEVICE_STATE',
    async check(device) {
      const wait = device.info.capabilities.includes('identify') ? beginWait(device) : undefined;
      await Promise.all([device.close(), device.close()]);
      if (wait !== undefined) await rejectsWith('WINBIO_E_CANCELED', () => wait.outcome);
      await rejectsWith('WINBIO_E_INVALID_DEVICE_STATE', () => device.open({ signal: NEVER }));
      await rejectsWith('WINBIO_E_INVALID_DEVICE_STATE', () => enrollNothing(device));
    },
  },
  {
    id: 'device-5',
    what: 'what it does not declare rejects with E_NOTIMPL',
    async check(device) {
      const print = { id: '1', handle: new Uint8Array() };
      const options = { signal: NEVER };
      const calls = {
        identify: () => device.identify('all', options),
        verify: () => device.verify(print, options),
        picture: () => device.capturePicture(options),
        list: () => device.list(options),
        delete: () => device.delete(print, options),
        clear: () => device.clear(options),
        backup: () => device.exportTemplate(print, options),
        feedback: () => device.feedback('off', options),
      } as const;
      for (const [capability, call] of Object.entries(calls)) {
        const declared = device.info.capabilities.some((each) => each === capability);
        if (!declared) await rejectsWith('E_NOTIMPL', call);
      }
    },
  },
  {
    id: 'device-6',
    what: 'it may be reset, and works on',
    async check(device, { present }) {
      await device.reset();
      present(1);
      const outcome = await enrollOnce(device, present);
      assert.equal(outcome.kind, 'enrolled');
    },
  },
];

/** Asked anew: the compiler believes that it cannot change. */
function statusOf(device: MatchingDevice): MatchingDeviceStatus {
  return device.status;
}

function enrollNothing(device: MatchingDevice): Promise<unknown> {
  return device.enroll({ subFactor: 2, label: 'x' }, { signal: NEVER, onStage: () => {} });
}

function enrollOnce(device: MatchingDevice, present: (finger: number) => void) {
  for (let i = 1; i < device.info.enrollStages; i++) present(1);
  return device.enroll({ subFactor: 2, label: 'x' }, { signal: NEVER, onStage: () => {} });
}
