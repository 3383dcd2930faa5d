/** What errors and results of fprintd mean here. */

import type { DeviceVerification } from '../../adapters/matching-device.ts';
import { BiometricError, isBiometricError } from '../../core/biometric-error.ts';
import type { CodeName } from '../../core/codes.ts';
import { WINBIO_FP_MERGE_FAILURE, WINBIO_FP_POOR_QUALITY, WINBIO_FP_TOO_SHORT } from '../../core/constants.ts';
import type { RejectDetail } from '../../core/identifiers.ts';
import { type EnrollResult, FPRINT_ERRORS, type FprintError, type VerifyResult } from './fprint-interface.ts';

/** A code, and what to say; without words what fprintd says. */
interface Meaning {
  readonly code: CodeName;
  readonly words?: string;
}

const GONE: Meaning = { code: 'WINBIO_E_SENSOR_UNAVAILABLE', words: 'fprintd no longer has the reader' };
const ABSENT: Meaning = {
  code: 'WINBIO_E_SENSOR_UNAVAILABLE',
  words: 'fprintd does not run, and the bus cannot start it: apt-get install fprintd',
};

const NOT_PERMITTED =
  'polkit does not let this service use fprintd: allow its account the actions net.reactivated.fprint.device.setusername, .verify and .enroll (docs/readers.md), or run it as root';

const ERRORS: Readonly<Record<FprintError, Meaning>> = {
  [FPRINT_ERRORS.alreadyInUse]: {
    code: 'WINBIO_E_DEVICE_BUSY',
    words:
      'another program has claimed the reader at fprintd: a login, a lock screen, sudo or the settings wait for a finger; try again when they have ended',
  },
  [FPRINT_ERRORS.permissionDenied]: { code: 'E_ACCESSDENIED', words: NOT_PERMITTED },
  [FPRINT_ERRORS.noEnrolledPrints]: { code: 'WINBIO_E_DATABASE_NO_SUCH_RECORD', words: 'fprintd holds no such print' },
  [FPRINT_ERRORS.noSuchDevice]: GONE,
  [FPRINT_ERRORS.printsNotDeleted]: { code: 'WINBIO_E_DATABASE_WRITE_ERROR' },
  [FPRINT_ERRORS.printsNotDeletedFromDevice]: { code: 'WINBIO_E_DEVICE_FAILURE' },
  [FPRINT_ERRORS.claimDevice]: { code: 'WINBIO_E_DEVICE_FAILURE' },
  [FPRINT_ERRORS.internal]: { code: 'WINBIO_E_DEVICE_FAILURE' },
  [FPRINT_ERRORS.noActionInProgress]: { code: 'WINBIO_E_DEVICE_FAILURE' },
  [FPRINT_ERRORS.invalidFingername]: { code: 'WINBIO_E_DEVICE_FAILURE' },
};

/** Errors of the bus itself. D-Bus specification; those of a service that the bus cannot start begin with `Spawn.`. */
const BUS_ERRORS: Readonly<Record<string, Meaning>> = {
  'org.freedesktop.DBus.Error.ServiceUnknown': ABSENT,
  'org.freedesktop.DBus.Error.NameHasNoOwner': ABSENT,
  'org.freedesktop.DBus.Error.NoReply': { ...GONE, words: 'fprintd ended' },
  'org.freedesktop.DBus.Error.UnknownObject': GONE,
  'org.freedesktop.DBus.Error.UnknownMethod': GONE,
  'org.freedesktop.DBus.Error.AccessDenied': {
    code: 'E_ACCESSDENIED',
    words: 'the policy of the message bus keeps this account from fprintd',
  },
};
const START_FAILED = 'org.freedesktop.DBus.Error.Spawn.';

/** Code of `dbus-native` for a connection that ended. */
const CONNECTION_CLOSED = 'ECONNCLOSED';

/** What a failed call means, as an error with a code; one that has a code stays as it is. */
export function fprintdFault(thrown: unknown): BiometricError {
  if (isBiometricError(thrown)) return thrown;
  const { dbusName = '', code, message = String(thrown) } = thrown as FailedCall;
  if (code === CONNECTION_CLOSED) return connectionLost();
  const { code: meant, words } = meaningOf(dbusName);
  const said = words === undefined ? `fprintd: ${message}` : `${words} (${message})`;
  return new BiometricError(meant, said, { cause: thrown });
}

/** The fields of `dbus-native`'s errors that tell them apart. */
interface FailedCall {
  readonly dbusName?: string;
  readonly code?: string;
  readonly message?: string;
}

function meaningOf(name: string): Meaning {
  if (name.startsWith(START_FAILED)) return ABSENT;
  return ERRORS[name as FprintError] ?? BUS_ERRORS[name] ?? { code: 'WINBIO_E_DEVICE_FAILURE' };
}

/** The connection with the bus ended. */
export function connectionLost(): BiometricError {
  return new BiometricError('WINBIO_E_SENSOR_UNAVAILABLE', 'the connection with the message bus ended');
}

/** Why there is no connection with the bus: what is not installed stays what it is, and without a bus there is no reader. */
export function noBus(thrown: unknown): BiometricError {
  if (isBiometricError(thrown) && thrown.code === 'WHORL_E_CONFIGURATION') return thrown;
  const text = thrown instanceof Error ? thrown.message : undefined;
  return new BiometricError('WINBIO_E_SENSOR_UNAVAILABLE', text, { cause: thrown });
}

/** polkit does not allow an action. */
export function notPermitted(action: string): BiometricError {
  return new BiometricError('E_ACCESSDENIED', `${NOT_PERMITTED} (${action})`);
}

/** libfprint has ended a wait, or refuses one, to let the reader cool. */
export function restNeeded(cause: unknown): BiometricError {
  const text = 'libfprint lets the reader rest, as it has waited for a finger for minutes: try again in some minutes';
  return new BiometricError('WINBIO_E_DEVICE_BUSY', text, { cause });
}

/** fprintd has left the bus. */
export function fprintdLeft(): BiometricError {
  return new BiometricError('WINBIO_E_SENSOR_UNAVAILABLE', 'fprintd left the message bus');
}

/** The reader is not among those that fprintd has. */
export function readerGone(): BiometricError {
  return new BiometricError(GONE.code, GONE.words);
}

const disconnected = { kind: 'fault', meaning: GONE } as const;
const unknown = {
  kind: 'fault',
  meaning: { code: 'WINBIO_E_DEVICE_FAILURE', words: "libfprint's driver failed" },
} as const;
const rejected = (detail: RejectDetail) => ({ kind: 'rejected', detail }) as const;

/** A result that is an error. */
interface FaultyResult {
  readonly kind: 'fault';
  readonly meaning: Meaning;
}

/** What a verification found. A touch that was of no use ends it: who waits begins another one. */
export const VERIFICATIONS: Readonly<Record<VerifyResult, DeviceVerification | FaultyResult>> = {
  'verify-match': { kind: 'match' },
  'verify-no-match': { kind: 'no-match' },
  'verify-retry-scan': rejected(WINBIO_FP_POOR_QUALITY),
  'verify-swipe-too-short': rejected(WINBIO_FP_TOO_SHORT),
  'verify-finger-not-centered': rejected(WINBIO_FP_POOR_QUALITY),
  'verify-remove-and-retry': rejected(WINBIO_FP_POOR_QUALITY),
  'verify-disconnected': disconnected,
  'verify-unknown-error': unknown,
};

/** One step of an enrollment: a touch that was used or not, or its end. */
export type EnrollStep =
  | { readonly kind: 'passed' | 'completed' | 'duplicate' }
  | { readonly kind: 'touched' | 'failed'; readonly detail: RejectDetail }
  | FaultyResult;

const touched = (detail: RejectDetail) => ({ kind: 'touched', detail }) as const;

/** What became of a touch of an enrollment, or of all of it. */
export const ENROLL_STEPS: Readonly<Record<EnrollResult, EnrollStep>> = {
  'enroll-stage-passed': { kind: 'passed' },
  'enroll-completed': { kind: 'completed' },
  'enroll-duplicate': { kind: 'duplicate' },
  'enroll-failed': { kind: 'failed', detail: WINBIO_FP_MERGE_FAILURE },
  'enroll-retry-scan': touched(WINBIO_FP_POOR_QUALITY),
  'enroll-swipe-too-short': touched(WINBIO_FP_TOO_SHORT),
  'enroll-finger-not-centered': touched(WINBIO_FP_POOR_QUALITY),
  'enroll-remove-and-retry': touched(WINBIO_FP_POOR_QUALITY),
  'enroll-data-full': {
    kind: 'fault',
    meaning: {
      code: 'WINBIO_E_DATABASE_FULL',
      words: 'the reader has no room for another print; delete a finger first',
    },
  },
  'enroll-disconnected': disconnected,
  'enroll-unknown-error': unknown,
};

/** The error that a result stands for. */
export function resultFault({ meaning }: FaultyResult): BiometricError {
  return new BiometricError(meaning.code, meaning.words);
}
