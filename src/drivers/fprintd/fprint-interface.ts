/**
 * The interface `net.reactivated.Fprint` on the message bus, version 1.94: its names, fingers, results and errors. Both sides
 * use it, the service that stands in fprintd's place and units of a reader that fprintd owns. Source: the interface files
 * that fprintd installs in /usr/share/dbus-1/interfaces.
 */

import { FINGERS, type FingerName } from '../../core/sub-factor.ts';

/** The well-known name on the system bus. */
export const FPRINT_NAME = 'net.reactivated.Fprint';

/** Where its objects are. */
export const FPRINT_PATHS = {
  manager: '/net/reactivated/Fprint/Manager',
  /** Devices lie below it, each under a number. */
  devices: '/net/reactivated/Fprint/Device',
} as const;

/** Its interfaces. */
export const FPRINT_INTERFACES = {
  manager: 'net.reactivated.Fprint.Manager',
  device: 'net.reactivated.Fprint.Device',
} as const;

/** What a finger is called there. */
export type FprintFinger =
  | 'left-thumb'
  | 'right-thumb'
  | `${'left' | 'right'}-${'index' | 'middle' | 'ring' | 'little'}-finger`;

/** The ten fingers, by our name. */
const FINGER_NAMES: Readonly<Record<FingerName, FprintFinger>> = {
  'right-thumb': 'right-thumb',
  'right-index': 'right-index-finger',
  'right-middle': 'right-middle-finger',
  'right-ring': 'right-ring-finger',
  'right-little': 'right-little-finger',
  'left-thumb': 'left-thumb',
  'left-index': 'left-index-finger',
  'left-middle': 'left-middle-finger',
  'left-ring': 'left-ring-finger',
  'left-little': 'left-little-finger',
};

const BY_SUB_FACTOR = new Map<number, FprintFinger>(
  Object.entries(FINGERS).map(([name, subFactor]) => [subFactor, FINGER_NAMES[name as FingerName]]),
);
const BY_NAME = new Map<string, number>([...BY_SUB_FACTOR].map(([subFactor, name]) => [name, subFactor]));

/** What a sub-factor is called there; undefined for what is none of the ten fingers. */
export function fprintFinger(subFactor: number): FprintFinger | undefined {
  return BY_SUB_FACTOR.get(subFactor);
}

/** The sub-factor of a finger's name; undefined for `any` and for what is no finger. */
export function subFactorOfFprint(name: string): number | undefined {
  return BY_NAME.get(name);
}

/** Selects any enrolled finger of the user, in VerifyStart and VerifyFingerSelected. */
export const ANY_FINGER = 'any';

/** How a verification goes, in the signal VerifyStatus: by result, whether it is over. */
export const VERIFY_RESULTS = {
  'verify-no-match': true,
  'verify-match': true,
  'verify-retry-scan': false,
  'verify-swipe-too-short': false,
  'verify-finger-not-centered': false,
  'verify-remove-and-retry': false,
  'verify-disconnected': true,
  'verify-unknown-error': true,
} as const;
/** A result of a verification. */
export type VerifyResult = keyof typeof VERIFY_RESULTS;

/** How an enrollment goes, in the signal EnrollStatus: by result, whether it is over. */
export const ENROLL_RESULTS = {
  'enroll-completed': true,
  'enroll-failed': true,
  'enroll-stage-passed': false,
  'enroll-retry-scan': false,
  'enroll-swipe-too-short': false,
  'enroll-finger-not-centered': false,
  'enroll-remove-and-retry': false,
  'enroll-data-full': true,
  'enroll-duplicate': true,
  'enroll-disconnected': true,
  'enroll-unknown-error': true,
} as const;
/** A result of an enrollment. */
export type EnrollResult = keyof typeof ENROLL_RESULTS;

const ERROR_PREFIX = 'net.reactivated.Fprint.Error.';

/** What calls end with instead of an answer. */
export const FPRINT_ERRORS = {
  claimDevice: `${ERROR_PREFIX}ClaimDevice`,
  alreadyInUse: `${ERROR_PREFIX}AlreadyInUse`,
  internal: `${ERROR_PREFIX}Internal`,
  permissionDenied: `${ERROR_PREFIX}PermissionDenied`,
  noEnrolledPrints: `${ERROR_PREFIX}NoEnrolledPrints`,
  noActionInProgress: `${ERROR_PREFIX}NoActionInProgress`,
  invalidFingername: `${ERROR_PREFIX}InvalidFingername`,
  noSuchDevice: `${ERROR_PREFIX}NoSuchDevice`,
  printsNotDeleted: `${ERROR_PREFIX}PrintsNotDeleted`,
  printsNotDeletedFromDevice: `${ERROR_PREFIX}PrintsNotDeletedFromDevice`,
} as const;
/** Name of an error. */
export type FprintError = (typeof FPRINT_ERRORS)[keyof typeof FPRINT_ERRORS];
