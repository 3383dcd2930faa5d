/** What lies around a service: devices, engines, accounts, policy and time, all of them scripted. */

import { WINBIO_TYPE_FACIAL_FEATURES } from '../../core/constants.ts';
import { VirtualReader } from '../../sensors/virtual/virtual-reader.ts';
import { DEFAULT_POLICY, type Policy } from '../../service/access/policy.ts';
import type { HostOptions } from './host-options.ts';
import { ScriptedAccounts } from './scripted-accounts.ts';
import { ScriptedClock } from './scripted-clock.ts';
import { ScriptedEngine } from './scripted-engine.ts';
import { ScriptedFaceEngine } from './scripted-face-engine.ts';

export class Surroundings {
  readonly readers: readonly VirtualReader[];
  /** Engine of the readers. */
  readonly engine: ScriptedEngine;
  readonly camera: VirtualReader | undefined;
  /** Engine of the camera. */
  readonly faceEngine = new ScriptedFaceEngine();
  readonly accounts: ScriptedAccounts;
  readonly clock = new ScriptedClock();
  policy: Policy = DEFAULT_POLICY;
  enrollmentMarks = 0;

  constructor(options: HostOptions) {
    const { readers = 1, samples = 3, sampleHint = samples, indexed = false, capabilities = 0 } = options;
    this.engine = new ScriptedEngine({ samples, sampleHint, indexed });
    if (options.camera === true) {
      this.camera = new VirtualReader({ serialNumber: 'camera', factor: WINBIO_TYPE_FACIAL_FEATURES });
    }
    this.readers = Array.from(
      { length: readers },
      (_, i) => new VirtualReader({ serialNumber: String(i + 1), capabilities }),
    );
    this.accounts = new ScriptedAccounts(options.accounts ?? {});
  }

  /** Devices in the order of their units. */
  get sources(): readonly VirtualReader[] {
    return this.camera === undefined ? this.readers : [...this.readers, this.camera];
  }

  /** Lets everything that is held back go on. */
  release(): void {
    this.engine.release();
    for (const reader of this.readers) reader.release();
  }
}
