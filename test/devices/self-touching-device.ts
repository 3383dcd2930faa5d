/** An adapter module: a reader that matches inside and is touched as its options say, whenever it waits. */

import { defineAdapter } from '../../src/exports/fingerprint/adapters.ts';
import { ScriptedDevice } from '../../src/exports/whorl/testkit.ts';

interface Options {
  /** Fingers whose prints are on it. */
  readonly planted?: readonly number[];
  /** Fingers that touch it, one after the other. */
  readonly touches?: readonly number[];
  /** How many deletions fail before one does not. */
  readonly failingDeletions?: number;
}

async function touchWhenAsked(device: ScriptedDevice, touches: readonly number[]): Promise<void> {
  for (const finger of touches) {
    await device.waiting();
    device.touch(finger);
    // The touch is used before the next one is due.
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
}

export const adapter = defineAdapter({
  kind: 'device',
  name: 'self-touching',
  version: '1.0.0',
  contract: '1.0',
  capabilities: ['identify', 'verify', 'list', 'delete'],
  create(options) {
    const { planted = [], touches = [], failingDeletions = 0 } = options as Options;
    const device = new ScriptedDevice({
      capabilities: ['identify', 'verify', 'list', 'count', 'delete', 'duplicates'],
    });
    for (const finger of planted) device.plant(finger);
    if (failingDeletions > 0) device.failNext('delete', 'WINBIO_E_DEVICE_FAILURE', failingDeletions);
    void touchWhenAsked(device, touches);
    return device;
  },
});
