/** What the author of a driver provides to have it tested. */

import type { DevicePrint, MatchingDevice, MatchingDeviceCapability } from '../../../adapters/matching-device.ts';
import type { RejectDetail } from '../../../core/identifiers.ts';

/** A device under test, and what can be done to it. Each test gets a rig of its own; what is absent is not tested. */
export interface DeviceRig {
  /** The device, not opened yet and holding no print; the rig closes it. */
  readonly device: MatchingDevice;
  /** Puts a finger, 0 to 9, on the device as soon as an operation waits for one. Fingers come in the order given. */
  present(finger: number): void;
  /** As {@link present}, badly. `detail` is the reject detail the device must report. */
  presentRejected?(detail: RejectDetail): void;
  /** Puts a print of someone else onto the device. Any error it rejects with fails the test. */
  plant?(finger: number): Promise<DevicePrint>;
  /** Leaves room for no more print. Any error it rejects with fails the test. */
  fill?(): Promise<void>;
  /** Takes the device away. */
  unplug?(): void;
  /** Makes the next call to the device fail, as broken hardware does. */
  fault?(): void;
  /** Releases the device and all that was made for it. Any error it rejects with fails the test. */
  close(): Promise<void>;
}

/** Makes a rig. Any error it rejects with fails the test. */
export type DeviceRigFactory = () => Promise<DeviceRig>;

/** A part of a rig that a factory may leave out, or something a device does not declare. */
export type DeviceRigCapability = 'presentRejected' | 'plant' | 'fill' | 'unplug' | 'fault' | MatchingDeviceCapability;
