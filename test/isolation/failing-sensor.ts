/** A reader that captures at once, and fails when it is told to. */

import { existsSync, writeFileSync } from 'node:fs';
import { ADAPTER_CONTRACT, defineAdapter } from '../../src/adapters/adapter-module.ts';
import { FixedSensors } from '../../src/adapters/fixed-sensors.ts';
import { WINBIO_TYPE_FINGERPRINT } from '../../src/core/constants.ts';
import { type CaptureOutcome, SensorAdapterBase, type SensorInfo } from '../../src/exports/fingerprint/adapters.ts';
import { WAYS_TO_FAIL } from './ways-to-fail.ts';

class FailingSensor extends SensorAdapterBase {
  readonly info: SensorInfo = {
    factor: WINBIO_TYPE_FINGERPRINT,
    subType: 2,
    capabilities: 1,
    deviceInstanceId: 'failing',
    description: 'a reader that fails when it is told to',
    manufacturer: '',
    model: '',
    serialNumber: '',
    firmwareVersion: { major: 1, minor: 0 },
    exportFlags: [],
  };

  protected override async _capture(): Promise<CaptureOutcome> {
    return { kind: 'sample', sample: new Uint8Array(300 * 400).fill(7) };
  }

  protected override async _control({ code }: { readonly code: number }) {
    WAYS_TO_FAIL[code]?.[1]();
    return code < WAYS_TO_FAIL.length
      ? await new Promise<never>(() => {})
      : { operationStatus: process.pid, received: Buffer.from(Object.keys(process.env).join()) };
  }
}

export const adapter = defineAdapter({
  kind: 'sensor',
  name: 'failing',
  version: '1.0.0',
  contract: `${ADAPTER_CONTRACT.major}.0`,
  capabilities: ['control'],
  /** `way`: fails by itself soon, unless the file `once` says that it did before. */
  create: ({ way, once }) => {
    if (typeof way === 'number' && typeof once === 'string' && !existsSync(once)) {
      writeFileSync(once, '');
      setTimeout(() => WAYS_TO_FAIL[way]?.[1](), 300);
    }
    return new FixedSensors(new FailingSensor());
  },
});
