/** What a service and the process of one reader say to each other. */

import type { DevicePrint, EnrollStage } from '../../adapters/matching-device.ts';
import type { SerializedBiometricError } from '../../core/biometric-error.ts';
import type { RejectDetail } from '../../core/identifiers.ts';

/** What the process is started with, as its argument in JSON. */
export interface HelperStart {
  /** Drivers that look for it; the others leave their readers alone. */
  readonly drivers: readonly string[];
  /** Number of the bus and of the device, for readers on USB. */
  readonly usb?: { readonly bus: number; readonly device: number };
  /** Reset the USB device first. */
  readonly reset?: boolean;
}

/** What libfprint says about a reader. */
export interface ReaderFacts {
  readonly driver: string;
  readonly deviceId: string;
  readonly name: string;
  /** True for a swipe, false for a touch. */
  readonly swipe: boolean;
  readonly enrollStages: number;
  readonly features: readonly ReaderFeature[];
}

/** Features by their bit. libfprint: FpDeviceFeature. */
export const READER_FEATURES = Object.freeze([
  'capture',
  'identify',
  'verify',
  'storage',
  'list',
  'delete',
  'clear',
  'duplicates',
  'always-on',
  'update',
] as const);

export type ReaderFeature = (typeof READER_FEATURES)[number];

/** Pixels as libfprint hands them out: ridges dark, rows from the top. */
export interface ReaderPicture {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Absent where the driver does not tell. */
  readonly pixelsPerInch?: number;
  readonly pixels: Uint8Array;
}

/** How a touch ended that could not be used. */
export interface Rejection {
  readonly kind: 'rejected';
  readonly detail: RejectDetail;
}

/** What can be asked of a reader, and what it answers. */
export interface ReaderCalls {
  open(): void;
  close(): void;
  capture(): Rejection | { readonly kind: 'picture'; readonly picture: ReaderPicture };
  enroll(): Rejection | { readonly kind: 'duplicate' } | { readonly kind: 'enrolled'; readonly print: DevicePrint };
  verify(handle: Uint8Array): Rejection | { readonly kind: 'match' | 'no-match' };
  /** The index of the handle that matched. */
  identify(
    handles: readonly Uint8Array[],
  ): Rejection | { readonly kind: 'match'; readonly index: number } | { readonly kind: 'no-match' };
  list(): readonly DevicePrint[];
  delete(handle: Uint8Array): void;
  clear(): void;
  suspend(): void;
  resume(): void;
}

export type ReaderMethod = keyof ReaderCalls;

/** What libfprint says of the finger. */
export interface FingerStatus {
  /** The driver waits for one. */
  readonly needed: boolean;
  /** One is down. */
  readonly present: boolean;
}

/** A fault of libfprint that its user can do something about, beside its code. */
export type FaultKind = 'too-hot' | 'absent';

export interface HelperFault {
  readonly error: SerializedBiometricError;
  readonly kind?: FaultKind;
}

export type HelperRequest =
  | { readonly type: 'call'; readonly id: number; readonly method: ReaderMethod; readonly values: readonly unknown[] }
  | { readonly type: 'abort'; readonly id: number };

export type HelperMessage =
  | { readonly type: 'ready'; readonly facts: ReaderFacts }
  | { readonly type: 'failed'; readonly fault: HelperFault }
  | { readonly type: 'return'; readonly id: number; readonly value: unknown }
  | { readonly type: 'throw'; readonly id: number; readonly fault: HelperFault }
  | { readonly type: 'stage'; readonly id: number; readonly stage: EnrollStage }
  | { readonly type: 'finger'; readonly status: FingerStatus }
  | { readonly type: 'removed' };
