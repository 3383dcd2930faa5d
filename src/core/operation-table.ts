/**
 * The table of operations: the kinds of handle that take each, the number its notice carries, and how it is queued.
 * The client, the service and the generated reference page read the same rows. WBF: sessions 10, constants 9.
 */

import * as c from './constants.ts';
import type { HandleKind, OperationKind } from './operation-request.ts';

/** How an operation passes through the queue of its handle. WBF: state machines 2, D-17. */
export type QueueRule =
  /** Waits its turn and holds it until done. */
  | 'queued'
  /** Runs at once, beside the active operation. */
  | 'bypass'
  /** Waits its turn to start, then leaves the queue and goes on as a subscription. */
  | 'monitor';

/** One operation. */
export interface OperationEntry {
  /** Function of WinBio; null when WinBio does not have the operation. */
  readonly page: string | null;
  /** `WINBIO_OPERATION_*` of its notice. */
  readonly operation: number;
  /** Kinds of handle that take it. */
  readonly handles: readonly HandleKind[];
  /** How it is queued. */
  readonly queue: QueueRule;
  /** Waits for someone to touch a sensor. */
  readonly takesSample?: true;
}

const SESSION = ['synchronous', 'asynchronous'] as const;
const FRAMEWORK = ['framework'] as const;

/** Every operation. */
// biome-ignore format: a row for each operation keeps it a table
export const OPERATIONS = {
  'capture-sample': { page: 'WinBioCaptureSample', operation: c.WINBIO_OPERATION_CAPTURE_SAMPLE, handles: SESSION, queue: 'queued', takesSample: true },
  identify: { page: 'WinBioIdentify', operation: c.WINBIO_OPERATION_IDENTIFY, handles: SESSION, queue: 'queued', takesSample: true },
  verify: { page: 'WinBioVerify', operation: c.WINBIO_OPERATION_VERIFY, handles: SESSION, queue: 'queued', takesSample: true },
  'locate-sensor': { page: 'WinBioLocateSensor', operation: c.WINBIO_OPERATION_LOCATE_SENSOR, handles: SESSION, queue: 'queued', takesSample: true },
  'enroll-begin': { page: 'WinBioEnrollBegin', operation: c.WINBIO_OPERATION_ENROLL_BEGIN, handles: SESSION, queue: 'queued', takesSample: true },
  'enroll-select': { page: 'WinBioEnrollSelect', operation: c.WINBIO_OPERATION_ENROLL_SELECT, handles: SESSION, queue: 'queued' },
  'enroll-capture': { page: 'WinBioEnrollCapture', operation: c.WINBIO_OPERATION_ENROLL_CAPTURE, handles: SESSION, queue: 'queued', takesSample: true },
  'enroll-commit': { page: 'WinBioEnrollCommit', operation: c.WINBIO_OPERATION_ENROLL_COMMIT, handles: SESSION, queue: 'queued' },
  'enroll-discard': { page: 'WinBioEnrollDiscard', operation: c.WINBIO_OPERATION_ENROLL_DISCARD, handles: SESSION, queue: 'queued' },
  'enum-enrollments': { page: 'WinBioEnumEnrollments', operation: c.WINBIO_OPERATION_ENUM_ENROLLMENTS, handles: SESSION, queue: 'queued' },
  'delete-template': { page: 'WinBioDeleteTemplate', operation: c.WINBIO_OPERATION_DELETE_TEMPLATE, handles: SESSION, queue: 'queued' },
  'get-property': { page: 'WinBioGetProperty', operation: c.WINBIO_OPERATION_GET_PROPERTY, handles: SESSION, queue: 'queued' },
  'set-property': { page: 'WinBioSetProperty', operation: c.WINBIO_OPERATION_SET_PROPERTY, handles: SESSION, queue: 'queued' },
  'lock-unit': { page: 'WinBioLockUnit', operation: c.WINBIO_OPERATION_LOCK_UNIT, handles: SESSION, queue: 'queued' },
  'unlock-unit': { page: 'WinBioUnlockUnit', operation: c.WINBIO_OPERATION_UNLOCK_UNIT, handles: SESSION, queue: 'bypass' },
  'control-unit': { page: 'WinBioControlUnit', operation: c.WINBIO_OPERATION_CONTROL_UNIT, handles: SESSION, queue: 'queued' },
  'logon-identified-user': { page: 'WinBioLogonIdentifiedUser', operation: c.WINBIO_OPERATION_NONE, handles: SESSION, queue: 'queued' },
  'register-event-monitor': { page: 'WinBioRegisterEventMonitor', operation: c.WINBIO_OPERATION_GET_EVENT, handles: SESSION, queue: 'monitor' },
  'unregister-event-monitor': { page: 'WinBioUnregisterEventMonitor', operation: c.WINBIO_OPERATION_GET_EVENT, handles: SESSION, queue: 'bypass' },
  'monitor-presence': { page: 'WinBioMonitorPresence', operation: c.WINBIO_OPERATION_MONITOR_PRESENCE, handles: ['asynchronous'], queue: 'monitor' },
  'watch-samples': { page: null, operation: c.WINBIO_OPERATION_NONE, handles: SESSION, queue: 'monitor' },
  'enum-biometric-units': { page: 'WinBioAsyncEnumBiometricUnits', operation: c.WINBIO_OPERATION_ENUM_BIOMETRIC_UNITS, handles: FRAMEWORK, queue: 'queued' },
  'enum-databases': { page: 'WinBioAsyncEnumDatabases', operation: c.WINBIO_OPERATION_ENUM_DATABASES, handles: FRAMEWORK, queue: 'queued' },
  'enum-service-providers': { page: 'WinBioAsyncEnumServiceProviders', operation: c.WINBIO_OPERATION_ENUM_SERVICE_PROVIDERS, handles: FRAMEWORK, queue: 'queued' },
  'monitor-framework-changes': { page: 'WinBioAsyncMonitorFrameworkChanges', operation: c.WINBIO_OPERATION_NONE, handles: FRAMEWORK, queue: 'monitor' },
  cancel: { page: 'WinBioCancel', operation: c.WINBIO_OPERATION_NONE, handles: ['synchronous', 'asynchronous', 'framework'], queue: 'bypass' },
  close: { page: 'WinBioCloseSession', operation: c.WINBIO_OPERATION_CLOSE, handles: ['synchronous', 'asynchronous', 'framework'], queue: 'bypass' },
} as const satisfies Record<OperationKind, OperationEntry>;

/** Operations that a kind of handle takes. */
export type OperationOn<H extends HandleKind> = {
  [K in OperationKind]: H extends (typeof OPERATIONS)[K]['handles'][number] ? K : never;
}[OperationKind];

/** Operations that are functions of WinBio. */
export type WinBioOperation = {
  [K in OperationKind]: (typeof OPERATIONS)[K]['page'] extends null ? never : K;
}[OperationKind];

/** The row of an operation. */
export function operationEntry(kind: OperationKind): OperationEntry {
  return OPERATIONS[kind];
}
