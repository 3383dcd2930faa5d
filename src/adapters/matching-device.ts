/**
 * The contract of a reader that matches inside: sensor, engine and storage that are one thing. A driver implements it
 * and nothing else; how such a reader becomes a unit is the business of `devices/`.
 */

import type { GreyImage } from '../core/grey-image.ts';
import type { RejectDetail, SubFactor } from '../core/identifiers.ts';
import type { AdapterOptions, PowerChange } from './sensor-adapter.ts';

/**
 * What a device may be able to do beside enrolling; a driver declares which. A call that was not declared rejects with
 * E_NOTIMPL.
 *
 * - `identify`: finds the print of a touch among several.
 * - `verify`: compares a touch with one print. A device has this, or `identify`, or both.
 * - `picture`: hands out the picture of a touch.
 * - `list`: says which prints it holds. Without it a service has only its own records to go by.
 * - `count`: says how many prints it holds; what can list can count.
 * - `delete`: forgets one print.
 * - `clear`: forgets all of them.
 * - `backup`: hands out templates and takes them back.
 * - `duplicates`: refuses to enroll a finger that it already holds.
 * - `feedback`: has a light or a sound for the person.
 * - `touch`: says when a finger comes and goes.
 */
export const MATCHING_DEVICE_CAPABILITIES = Object.freeze([
  'identify',
  'verify',
  'picture',
  'list',
  'count',
  'delete',
  'clear',
  'backup',
  'duplicates',
  'feedback',
  'touch',
] as const);

/** One of {@link MATCHING_DEVICE_CAPABILITIES}. */
export type MatchingDeviceCapability = (typeof MATCHING_DEVICE_CAPABILITIES)[number];

/** What a device says about itself; fixed for its life. */
export interface MatchingDeviceInfo {
  /** Names the device across restarts, as a plug-and-play path with a serial number does: its records are found by it. */
  readonly deviceInstanceId: string;
  /** The device in words, for people. */
  readonly description: string;
  /** Who made it. */
  readonly manufacturer: string;
  /** Its model. */
  readonly model: string;
  /** Its serial number; empty when it has none. */
  readonly serialNumber: string;
  /** The driver that serves it: `goodixmoc`, `zfm`. */
  readonly driver: string;
  /** Version of its firmware. */
  readonly firmwareVersion: {
    /** First number. */
    readonly major: number;
    /** Second number. */
    readonly minor: number;
  };
  /** `WINBIO_FP_SENSOR_SUBTYPE_*`: touch or swipe. */
  readonly subType: number;
  /** Most prints it can hold; absent when it does not tell. */
  readonly capacity?: number;
  /** Accepted touches that an enrollment takes, at least 1. */
  readonly enrollStages: number;
  /** What it can do beside enrolling. */
  readonly capabilities: readonly MatchingDeviceCapability[];
  /** False match rate that its maker states for one comparison, above 0 and below 1. 1e-5 when absent. */
  readonly falseMatchRate?: number;
}

/** Whether a device can be used. */
export type MatchingDeviceStatus =
  /** It was not opened yet, or is closed. */
  | 'closed'
  /** It can be used. */
  | 'ready'
  /** It must calibrate itself first; the next operation waits for that. */
  | 'needs-calibration'
  /** It failed, and may work again after a reset. */
  | 'failed'
  /** It is gone, for good: a device that comes back is a new object. */
  | 'removed';

/** A print on a device. */
export interface DevicePrint {
  /**
   * Names the print on this device: its slot, or the id the device gave it. The same in every answer, and two prints of
   * a device never share one. 1 to 256 characters.
   */
  readonly id: string;
  /** What the driver needs to name the print to the device again, at most {@link MAX_HANDLE_BYTES}; may be empty. */
  readonly handle: Uint8Array;
  /** The label it was enrolled with, from devices that keep one. */
  readonly label?: string;
}

/** Most bytes of a {@link DevicePrint.handle}. */
export const MAX_HANDLE_BYTES = 4096;

/** Most bytes of a template that a device hands out. */
export const MAX_DEVICE_TEMPLATE_BYTES = 65_536;

/** A print to enroll. */
export interface NewPrint {
  /** Which finger, for devices that note it. */
  readonly subFactor: SubFactor;
  /**
   * Kept beside the print by devices that keep one; 1 to 32 of `a-z`, `0-9` and `-`. It tells prints of this service
   * from those of others, and never names a person.
   */
  readonly label: string;
}

/** What became of one touch of an enrollment. */
export type EnrollStage =
  | {
      /** The touch was used. */
      readonly kind: 'accepted';
      /** Accepted touches so far, 1 to `info.enrollStages`. */
      readonly completed: number;
    }
  | {
      /** The touch was of no use; the enrollment goes on. */
      readonly kind: 'rejected';
      /** Why: `WINBIO_FP_*`. */
      readonly detail: RejectDetail;
    };

/** Options of an enrollment. */
export interface EnrollOptions extends AdapterOptions {
  /** Told of each touch, in order, never after the enrollment has ended. Must not throw. */
  readonly onStage: (stage: EnrollStage) => void;
}

/** How an enrollment ended. */
export type DeviceEnrollment =
  | {
      /** The print is on the device. */
      readonly kind: 'enrolled';
      /** The new print. */
      readonly print: DevicePrint;
    }
  | {
      /** The device holds this finger already; nothing was stored. */
      readonly kind: 'duplicate';
      /** The print it holds, from devices that say which. */
      readonly print?: DevicePrint;
    }
  | {
      /** The touches could not be made into a print; nothing was stored, and the enrollment has to begin again. */
      readonly kind: 'rejected';
      /** Why: `WINBIO_FP_MERGE_FAILURE` where the device tells no more. */
      readonly detail: RejectDetail;
    };

/** Answer of a comparison with one print. */
export type DeviceVerification =
  | {
      /** The finger is that of the print, or it is not. */
      readonly kind: 'match' | 'no-match';
    }
  | {
      /** The touch could not be used. */
      readonly kind: 'rejected';
      /** Why: `WINBIO_FP_*`. */
      readonly detail: RejectDetail;
    };

/** Answer of an identification. */
export type DeviceIdentification =
  | {
      /** The finger is that of a print that was asked for. */
      readonly kind: 'match';
      /** The print. */
      readonly print: DevicePrint;
    }
  | {
      /** The finger is of no print that was asked for. */
      readonly kind: 'no-match';
    }
  | {
      /** The touch could not be used. */
      readonly kind: 'rejected';
      /** Why: `WINBIO_FP_*`. */
      readonly detail: RejectDetail;
    };

/** Answer of a device that hands out pictures. */
export type DevicePicture =
  | {
      /** A finger was captured. */
      readonly kind: 'picture';
      /** Its pixels: ridges dark, rows from the top. */
      readonly image: GreyImage;
    }
  | {
      /** The touch could not be used. */
      readonly kind: 'rejected';
      /** Why: `WINBIO_FP_*`. */
      readonly detail: RejectDetail;
    };

/** What a device shows the person: touch now, that was good, that was bad, nothing. */
export type FingerFeedback = 'waiting' | 'good' | 'bad' | 'off';

/** Hears of a device. */
export interface MatchingDeviceObserver {
  /** A finger came (true) or went (false); only from devices that can `touch`. */
  finger?(present: boolean): void;
  /** The status is another one; `removed` is the last. */
  status?(status: MatchingDeviceStatus): void;
}

/**
 * A reader that matches inside.
 *
 * At most one operation runs at a time: another one rejects with WINBIO_E_DEVICE_BUSY, except {@link feedback}. Each
 * has exactly one ending. An operation whose signal aborts ends within {@link MATCHING_DEVICE_CANCEL_MS} with
 * WINBIO_E_CANCELED, and changes nothing on the device that it does not tell; one that waits for no person ends within
 * {@link MATCHING_DEVICE_DEADLINE_MS}. Every operation rejects with
 *
 * - WINBIO_E_INVALID_DEVICE_STATE on a device that is not open,
 * - WINBIO_E_SENSOR_UNAVAILABLE on one that is gone,
 * - WINBIO_E_DEVICE_FAILURE on one that failed or broke its contract,
 * - E_NOTIMPL for what it did not declare,
 * - E_INVALIDARG for arguments that are none.
 */
export interface MatchingDevice extends AsyncDisposable {
  /** What the device says about itself; fixed for its life. */
  readonly info: MatchingDeviceInfo;

  /** Whether it can be used now. */
  readonly status: MatchingDeviceStatus;

  /** Reports changes until the returned subscription is disposed; what an observer throws changes nothing. */
  watch(observer: MatchingDeviceObserver): Disposable;

  /**
   * Opens the device; opening an open one does nothing. Rejects with WINBIO_E_DEVICE_BUSY while another process has it,
   * E_ACCESSDENIED when this one may not, and WINBIO_E_INVALID_DEVICE_STATE once it was closed.
   */
  open(options: AdapterOptions): Promise<void>;

  /**
   * Enrolls a finger: waits for touches until the print is on the device, or cannot be. An abort leaves no print.
   * Rejects with WINBIO_E_DATABASE_FULL when the device has no room, at the latest with the last touch.
   */
  enroll(print: NewPrint, options: EnrollOptions): Promise<DeviceEnrollment>;

  /**
   * Waits for a touch and compares it with one print. Rejects with WINBIO_E_DATABASE_NO_SUCH_RECORD when the print is
   * not on the device.
   */
  verify(print: DevicePrint, options: AdapterOptions): Promise<DeviceVerification>;

  /**
   * Waits for a touch and finds its print among those given, or among all on the device. Prints that are not on the
   * device never match. Among none it waits for a touch all the same, and answers `no-match`. Rejects with the codes
   * that every operation has.
   */
  identify(prints: readonly DevicePrint[] | 'all', options: AdapterOptions): Promise<DeviceIdentification>;

  /** Waits for a touch and hands out its picture. Rejects with the codes that every operation has. */
  capturePicture(options: AdapterOptions): Promise<DevicePicture>;

  /** The prints on the device, in its order; those of others, too. Rejects with the codes that every operation has. */
  list(options: AdapterOptions): Promise<readonly DevicePrint[]>;

  /** Number of prints on the device. Rejects with the codes that every operation has. */
  count(options: AdapterOptions): Promise<number>;

  /** Forgets a print. Rejects with WINBIO_E_DATABASE_NO_SUCH_RECORD when it is not on the device. */
  delete(print: DevicePrint, options: AdapterOptions): Promise<void>;

  /** Forgets every print, those of others, too. Rejects with the codes that every operation has. */
  clear(options: AdapterOptions): Promise<void>;

  /**
   * The template of a print, for a backup; only a device of the same model may be able to use it. Rejects with
   * WINBIO_E_DATABASE_NO_SUCH_RECORD.
   */
  exportTemplate(print: DevicePrint, options: AdapterOptions): Promise<Uint8Array>;

  /**
   * Puts a template back, as a new print. Rejects with WINBIO_E_DATABASE_FULL, and with WHORL_E_MALFORMED when the
   * device cannot use the template.
   */
  importTemplate(template: Uint8Array, print: NewPrint, options: AdapterOptions): Promise<DevicePrint>;

  /**
   * Shows the person something; may be called while an operation runs, and replaces what was shown. Rejects with the
   * codes that every operation has, but WINBIO_E_DEVICE_BUSY.
   */
  feedback(shown: FingerFeedback, options: AdapterOptions): Promise<void>;

  /** Told before the machine sleeps and after it woke; must not wait. */
  notifyPower(change: PowerChange): void;

  /**
   * Brings a device that does not answer back to its first state, open. What ran ends with WINBIO_E_DEVICE_FAILURE.
   * Rejects with WINBIO_E_DEVICE_FAILURE, WINBIO_E_SENSOR_UNAVAILABLE, WINBIO_E_INVALID_DEVICE_STATE.
   */
  reset(): Promise<void>;

  /**
   * Closes the device; idempotent. What runs ends with WINBIO_E_CANCELED. Rejects with the fault that kept the device
   * from being released.
   */
  close(): Promise<void>;
}

/** How long an operation may go on after its signal aborted, milliseconds. */
export const MATCHING_DEVICE_CANCEL_MS = 5_000;

/** How long an operation that waits for no person may take, milliseconds. */
export const MATCHING_DEVICE_DEADLINE_MS = 30_000;

/** Hears which devices come and go. */
export interface MatchingDeviceSourceObserver {
  /** A device is present; the observer opens it. */
  arrived(device: MatchingDevice): void;
  /** A device is gone; it was reported as arrived before. */
  removed(device: MatchingDevice): void;
}

/** A place where devices come and go. */
export interface MatchingDeviceSource extends AsyncDisposable {
  /**
   * Reports each device that is present, then every change, until the returned subscription is disposed. Throws
   * WINBIO_E_INVALID_DEVICE_STATE where a closed source does not accept observers.
   */
  watch(observer: MatchingDeviceSourceObserver): Disposable;

  /** Closes the devices it made; idempotent. Rejects with the faults of devices that did not close. */
  close(): Promise<void>;
}
