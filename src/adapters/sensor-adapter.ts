/** The contract of a sensor: one object stands for one physical (or virtual) device. */

import type { BiometricFactor, RejectDetail } from '../core/identifiers.ts';
import type { ControlOutcome, ControlRequest } from './control.ts';

/** What a sensor says about itself; the service copies it into the unit schema. WBF: structures 4.1. */
export interface SensorInfo {
  readonly factor: BiometricFactor;
  /** `WINBIO_FP_SENSOR_SUBTYPE_*`. */
  readonly subType: number;
  /** `WINBIO_CAPABILITY_*` bits. */
  readonly capabilities: number;
  /** Names the device across restarts, as a plug-and-play path does. */
  readonly deviceInstanceId: string;
  readonly description: string;
  readonly manufacturer: string;
  readonly model: string;
  readonly serialNumber: string;
  readonly firmwareVersion: { readonly major: number; readonly minor: number };
  /** `WINBIO_DATA_FLAG_*` words a sample can be exported with; RAW alone for most readers. */
  readonly exportFlags: readonly number[];
}

/** What a capture is wanted for: an OR of `WINBIO_PURPOSE_*`. */
export interface CaptureRequest {
  readonly purpose: number;
}

/** A capture that ended: a sample as the bytes of a BIR, or a rejected one with its reason. */
export type CaptureOutcome =
  | { readonly kind: 'sample'; readonly sample: Uint8Array }
  | { readonly kind: 'rejected'; readonly detail: RejectDetail };

/** Options of every call that waits. */
export interface AdapterOptions {
  readonly signal: AbortSignal;
}

/** `suspend` before the platform sleeps, `resume` after it woke. WBF: NotifyPowerChange. */
export type PowerChange = 'suspend' | 'resume';

/** How an engine may tune a sensor. WBF: workflows 6. */
export interface SensorCalibration {
  /** GUIDs of the formats of calibration data it understands, at least one. */
  readonly formats: readonly string[];
  /** One was chosen; before the first capture of each configuration. Rejects with WINBIO_E_UNSUPPORTED_SENSOR_CALIBRATION_FORMAT. */
  select(format: string): Promise<void>;
  /** Data of that format, never during a capture; keeps no reference to them. */
  accept(data: Uint8Array): Promise<void>;
}

/**
 * One sensor.
 *
 * At most one capture runs at a time. A capture whose signal aborts ends soon with WINBIO_E_CANCELED; a device that
 * failed throws WINBIO_E_DEVICE_FAILURE; a device that is gone throws WINBIO_E_SENSOR_UNAVAILABLE.
 */
export interface SensorAdapter extends AsyncDisposable {
  readonly info: SensorInfo;

  /** Present when the sensor can be tuned. */
  readonly calibration?: SensorCalibration;

  /** Waits for one sample. Rejects with the codes above. WBF: StartCapture, FinishCapture, Cancel. */
  capture(request: CaptureRequest, options: AdapterOptions): Promise<CaptureOutcome>;

  /** Runs a vendor command. Rejects with E_INVALIDARG when the code is unknown. WBF: ControlUnit(Privileged). */
  control(request: ControlRequest, options: AdapterOptions): Promise<ControlOutcome>;

  /** Told before sleep and after wake; must not wait. */
  notifyPower(change: PowerChange): void;

  /** Brings a device that does not answer back to its first state. */
  reset(): Promise<void>;

  /** Ends everything; idempotent. */
  close(): Promise<void>;
}

/** Who hears of sensors that come and go. */
export interface SensorObserver {
  arrived(sensor: SensorAdapter): void;
  removed(sensor: SensorAdapter): void;
}

/** A place where sensors come and go: a bus, a virtual reader that is plugged and unplugged. */
export interface SensorSource extends AsyncDisposable {
  /** Reports each sensor that is present, then every change, until the returned subscription is disposed. */
  watch(observer: SensorObserver): Disposable;

  /** Closes the sensors it made; idempotent. */
  close(): Promise<void>;
}
