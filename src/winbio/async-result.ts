/** WINBIO_ASYNC_RESULT: one record per notice, a union over Operation. WBF: structures 6. */

import type * as c from '../core/constants.ts';
import type { HRESULT } from '../core/hresult.ts';
import type { WINBIO_IDENTITY } from './identity.ts';
import type {
  WINBIO_BSP_SCHEMA,
  WINBIO_EVENT,
  WINBIO_PRESENCE,
  WINBIO_STORAGE_SCHEMA,
  WINBIO_UNIT_SCHEMA,
} from './structures.ts';

/** Union member of each operation that has one; the others carry no data. */
export interface AsyncParameters {
  [c.WINBIO_OPERATION_VERIFY]: { Verify: { Match: boolean; RejectDetail: number } };
  [c.WINBIO_OPERATION_IDENTIFY]: {
    Identify: { Identity: WINBIO_IDENTITY; SubFactor: number; RejectDetail: number };
  };
  [c.WINBIO_OPERATION_ENROLL_BEGIN]: { EnrollBegin: { SubFactor: number } };
  [c.WINBIO_OPERATION_ENROLL_CAPTURE]: { EnrollCapture: { RejectDetail: number } };
  [c.WINBIO_OPERATION_ENROLL_COMMIT]: { EnrollCommit: { Identity: WINBIO_IDENTITY; IsNewTemplate: boolean } };
  [c.WINBIO_OPERATION_ENROLL_SELECT]: { EnrollSelect: { SelectorValue: bigint } };
  [c.WINBIO_OPERATION_ENUM_ENROLLMENTS]: {
    EnumEnrollments: { Identity: WINBIO_IDENTITY; SubFactorCount: number; SubFactorArray: Uint8Array | null };
  };
  [c.WINBIO_OPERATION_CAPTURE_SAMPLE]: {
    CaptureSample: { Sample: Uint8Array | null; SampleSize: number; RejectDetail: number };
  };
  [c.WINBIO_OPERATION_DELETE_TEMPLATE]: { DeleteTemplate: { Identity: WINBIO_IDENTITY; SubFactor: number } };
  [c.WINBIO_OPERATION_GET_PROPERTY]: { GetProperty: PropertyParameters };
  [c.WINBIO_OPERATION_SET_PROPERTY]: { SetProperty: PropertyParameters };
  [c.WINBIO_OPERATION_MONITOR_PRESENCE]: {
    MonitorPresence: { ChangeType: number; PresenceCount: number; PresenceArray: WINBIO_PRESENCE[] | null };
  };
  [c.WINBIO_OPERATION_GET_EVENT]: { GetEvent: { Event: WINBIO_EVENT } };
  [c.WINBIO_OPERATION_CONTROL_UNIT]: { ControlUnit: ControlUnitParameters };
  [c.WINBIO_OPERATION_CONTROL_UNIT_PRIVILEGED]: { ControlUnit: ControlUnitParameters };
  [c.WINBIO_OPERATION_ENUM_SERVICE_PROVIDERS]: {
    EnumServiceProviders: { BspCount: number; BspSchemaArray: WINBIO_BSP_SCHEMA[] | null };
  };
  [c.WINBIO_OPERATION_ENUM_BIOMETRIC_UNITS]: {
    EnumBiometricUnits: { UnitCount: number; UnitSchemaArray: WINBIO_UNIT_SCHEMA[] | null };
  };
  [c.WINBIO_OPERATION_ENUM_DATABASES]: {
    EnumDatabases: { StorageCount: number; StorageSchemaArray: WINBIO_STORAGE_SCHEMA[] | null };
  };
}

/** Both control functions; the buffers are copies in the result (D-38). */
export interface ControlUnitParameters {
  Component: number;
  ControlCode: number;
  OperationStatus: number;
  SendBuffer: Uint8Array;
  SendBufferSize: number;
  ReceiveBuffer: Uint8Array;
  ReceiveBufferSize: number;
  ReceiveDataSize: number;
}

/** Both property functions; the buffer is a copy in the result. */
export interface PropertyParameters {
  PropertyType: number;
  PropertyId: number;
  Identity: WINBIO_IDENTITY;
  SubFactor: number;
  PropertyBufferSize: number;
  PropertyBuffer: Uint8Array | null;
}

/** Operations whose result has no union member. */
export type PlainOperation =
  | typeof c.WINBIO_OPERATION_NONE
  | typeof c.WINBIO_OPERATION_OPEN
  | typeof c.WINBIO_OPERATION_CLOSE
  | typeof c.WINBIO_OPERATION_LOCATE_SENSOR
  | typeof c.WINBIO_OPERATION_ENROLL_DISCARD
  | typeof c.WINBIO_OPERATION_LOCK_UNIT
  | typeof c.WINBIO_OPERATION_UNLOCK_UNIT
  | typeof c.WINBIO_OPERATION_OPEN_FRAMEWORK
  | typeof c.WINBIO_OPERATION_CLOSE_FRAMEWORK
  | typeof c.WINBIO_OPERATION_UNIT_ARRIVAL
  | typeof c.WINBIO_OPERATION_UNIT_REMOVAL;

/** Fields every result has. */
export interface AsyncResultCommon<UserData = unknown> {
  readonly SessionHandle: number;
  /** Number within the session, from 1. */
  readonly SequenceNumber: number;
  /** When the operation began: 100-nanosecond ticks since 1601-01-01 UTC. */
  readonly TimeStamp: bigint;
  readonly ApiStatus: HRESULT;
  readonly UnitId: number;
  /** The value given at open, the same reference. */
  readonly UserData: UserData;
}

/** A completion notice; `switch (result.Operation)` narrows `Parameters`. */
export type WINBIO_ASYNC_RESULT<UserData = unknown> = AsyncResultCommon<UserData> &
  (
    | { readonly Operation: PlainOperation; readonly Parameters: Record<string, never> }
    | {
        [Op in keyof AsyncParameters]: { readonly Operation: Op; readonly Parameters: AsyncParameters[Op] };
      }[keyof AsyncParameters]
  );

/** Milliseconds between 1601-01-01 and 1970-01-01. */
const EPOCH_DIFFERENCE_MS = 11_644_473_600_000n;

/** A time as the 100-nanosecond ticks of a FILETIME. */
export function fileTime(ms: number): bigint {
  return (BigInt(Math.trunc(ms)) + EPOCH_DIFFERENCE_MS) * 10_000n;
}
