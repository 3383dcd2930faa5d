/** The contract of a sensor: one object stands for one physical or virtual device. */

import type { BiometricFactor, DatabaseId, RecordId, RejectDetail } from '../core/identifiers.ts';
import type { AdapterOptions } from './adapter-options.ts';
import type { ControlOutcome, ControlRequest } from './control.ts';
import type { EngineAdapter, Gallery } from './engine-adapter.ts';
import type { DatabaseDescriptor, StorageAdapter } from './storage-adapter.ts';

/** What a sensor says about itself; the service copies it into the unit schema. WBF: structures 4.1. */
export interface SensorInfo {
  /** What it captures: one `WINBIO_TYPE_*` bit. */
  readonly factor: BiometricFactor;
  /** `WINBIO_FP_SENSOR_SUBTYPE_*`: touch or swipe. */
  readonly subType: number;
  /** `WINBIO_CAPABILITY_*` bits. */
  readonly capabilities: number;
  /** Names the device across restarts, as a plug-and-play path does. */
  readonly deviceInstanceId: string;
  /** The device in words, for people. */
  readonly description: string;
  /** Who made it. */
  readonly manufacturer: string;
  /** Its model. */
  readonly model: string;
  /** Its serial number; empty when it has none. */
  readonly serialNumber: string;
  /** Version of its firmware. */
  readonly firmwareVersion: {
    /** First number. */
    readonly major: number;
    /** Second number. */
    readonly minor: number;
  };
  /** `WINBIO_DATA_FLAG_*` words that a sample can be exported with; RAW alone for most readers. */
  readonly exportFlags: readonly number[];
}

/** What a capture is for. */
export interface CaptureRequest {
  /** OR of `WINBIO_PURPOSE_*`; at least one. */
  readonly purpose: number;
  /**
   * What a sensor that matches inside compares with; absent for others, and for a sample that is only to be exported or
   * to tell that someone touched.
   */
  readonly against?: ComparedWith;
}

/** References that a sensor which matches inside compares with. */
export interface ComparedWith {
  /** A gallery of the sensor's own engine. */
  readonly gallery: Gallery;
  /** Its records of a claim, when one alone is verified; all of them when absent. */
  readonly among?: readonly RecordId[];
}

/** How a capture ended: with a sample, or with one that was rejected. */
export type CaptureOutcome =
  | {
      /** A sample was captured. */
      readonly kind: 'sample';
      /** The bytes of a BIR. */
      readonly sample: Uint8Array;
    }
  | {
      /** A finger was presented badly. */
      readonly kind: 'rejected';
      /** Why the sample was rejected: `WINBIO_FP_*`. */
      readonly detail: RejectDetail;
    };

export type { AdapterOptions } from './adapter-options.ts';

/** `suspend` before the platform sleeps, `resume` after it woke. WBF: NotifyPowerChange. */
export type PowerChange = 'suspend' | 'resume';

/** How an engine may tune a sensor. WBF: workflows 6. */
export interface SensorCalibration {
  /** GUIDs of the formats of calibration data it understands, at least one. */
  readonly formats: readonly string[];
  /**
   * Chooses a format, before the first capture of each configuration. Rejects with
   * WINBIO_E_UNSUPPORTED_SENSOR_CALIBRATION_FORMAT. WBF: adapters 6.18.
   */
  select(format: string): Promise<void>;
  /**
   * Takes data of that format, never during a capture, and keeps no reference to them. Rejects with the fault of the
   * device. WBF: adapters 6.19.
   */
  accept(data: Uint8Array): Promise<void>;
}

/** What a sensor that matches inside brings: engine and storage are one device with it. */
export interface OnBoard {
  /** Reads what the sensor captures, and nothing else. */
  readonly engine: EngineAdapter;
  /** Keeps the records of what is on the device. */
  readonly storage: StorageAdapter;
  /** Its databases, by the id of the configured one whose pool each serves. */
  readonly databases: ReadonlyMap<DatabaseId, DatabaseDescriptor>;
  /**
   * Opens the device, before its databases are; idempotent. Rejects with the reason why it cannot be used:
   * WINBIO_E_DEVICE_BUSY, E_ACCESSDENIED, WINBIO_E_DEVICE_FAILURE, WINBIO_E_SENSOR_UNAVAILABLE.
   */
  prepare(): Promise<void>;
}

/**
 * One sensor.
 *
 * At most one capture runs at a time. A capture whose signal aborts ends soon with WINBIO_E_CANCELED; a device that
 * failed throws WINBIO_E_DEVICE_FAILURE; a device that is gone throws WINBIO_E_SENSOR_UNAVAILABLE.
 */
export interface SensorAdapter extends AsyncDisposable {
  /** What the sensor says about itself; fixed for its life. */
  readonly info: SensorInfo;

  /**
   * Share of the sample that has come from the device, 0 to 1, for devices that take seconds; undefined while none
   * comes. Asked for at any time; sensors in processes of their own do not tell it.
   */
  readonly progress?: number | undefined;

  /** Present when the sensor can be tuned. */
  readonly calibration?: SensorCalibration;

  /** Present when the sensor matches inside; its unit then uses no other engine or storage. */
  readonly onBoard?: OnBoard;

  /**
   * Waits for one sample. Rejects with WINBIO_E_CANCELED, WINBIO_E_DEVICE_FAILURE, WINBIO_E_SENSOR_UNAVAILABLE,
   * WINBIO_E_DEVICE_BUSY. WBF: StartCapture, FinishCapture, Cancel.
   */
  capture(request: CaptureRequest, options: AdapterOptions): Promise<CaptureOutcome>;

  /** Runs a vendor command. Rejects with E_INVALIDARG when the code is unknown. WBF: ControlUnit(Privileged). */
  control(request: ControlRequest, options: AdapterOptions): Promise<ControlOutcome>;

  /** Told before sleep and after waking; must not wait. */
  notifyPower(change: PowerChange): void;

  /**
   * Brings a device that does not answer back to its first state. Rejects with WINBIO_E_DEVICE_FAILURE,
   * WINBIO_E_SENSOR_UNAVAILABLE. WBF: adapters 6.5.
   */
  reset(): Promise<void>;

  /**
   * Closes the sensor; idempotent. A running capture ends with WINBIO_E_CANCELED. Rejects with the fault that kept the
   * device from being released.
   */
  close(): Promise<void>;
}

/** Hears which sensors come and go. */
export interface SensorObserver {
  /** A sensor is present. */
  arrived(sensor: SensorAdapter): void;
  /** A sensor is gone; it was reported as arrived before. */
  removed(sensor: SensorAdapter): void;
}

/** A place where sensors come and go: a bus, a virtual reader that is plugged and unplugged. */
export interface SensorSource extends AsyncDisposable {
  /**
   * Reports each sensor that is present, then every change, until the returned subscription is disposed. Throws
   * WINBIO_E_INVALID_DEVICE_STATE where a closed source does not accept observers.
   */
  watch(observer: SensorObserver): Disposable;

  /** Closes the sensors it made; idempotent. Rejects with the faults of sensors that did not close. */
  close(): Promise<void>;
}
