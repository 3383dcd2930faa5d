/** What a sensor's author provides to have the sensor tested. */

import type { SensorAdapter } from '../../../adapters/sensor-adapter.ts';

/** A sensor under test, and what can be done to it. Each test gets a rig of its own; what is absent is not tested. */
export interface SensorRig {
  /** The sensor; the rig closes it. */
  readonly sensor: SensorAdapter;
  /** Makes the running capture see a bad finger. `detail` is the reject detail the sensor must report. */
  presentRejected?(detail: number): void;
  /** Makes the running capture fail. */
  fault?(): void;
  /** Takes the device away. */
  unplug?(): void;
  /** Control code of a plain command that answers with the bytes it was sent. */
  readonly echoCode?: number;
  /** Control code that only the privileged entry point knows. */
  readonly privilegedCode?: number;
  /** Control code that only the plain entry point knows. */
  readonly plainCode?: number;
  /** Releases the sensor and all that was made for it. Any error it rejects with fails the test. */
  close(): Promise<void>;
}

/**
 * Makes a rig whose sensor sees this many good fingers, one a capture, and then none. Any error it rejects with
 * fails the test.
 */
export type SensorRigFactory = (fingers: number) => Promise<SensorRig>;

/** A part of a rig that a factory may leave out. */
export type SensorRigCapability = 'presentRejected' | 'fault' | 'unplug' | 'echoCode' | 'privilegedCode' | 'plainCode';
