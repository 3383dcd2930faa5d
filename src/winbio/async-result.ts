/** WINBIO_ASYNC_RESULT: one record per notice, a union over Operation. WBF: structures 6. */

import type * as c from '../core/constants.ts';
import type { HRESULT } from '../core/hresult.ts';
import type { WINBIO_IDENTITY } from './identity.ts';
import type { WINBIO_EXTENDED_UNIT_STATUS } from './property-structures.ts';
import type { WINBIO_BIOMETRIC_SUBTYPE, WINBIO_PROTECTION_TICKET, WINBIO_REJECT_DETAIL } from './scalar-types.ts';
import type {
  WINBIO_BSP_SCHEMA,
  WINBIO_EVENT,
  WINBIO_PRESENCE,
  WINBIO_PROTECTION_POLICY,
  WINBIO_STORAGE_SCHEMA,
  WINBIO_UNIT_SCHEMA,
} from './structures.ts';

/** Union member of each operation that has one; the others carry no data. */
export interface AsyncParameters {
  /** What `WinBioVerify` reports. */
  [c.WINBIO_OPERATION_VERIFY]: {
    /** The members. */
    Verify: {
      /** Whether the sample matches. */
      Match: boolean;
      /** Why the sample was rejected; 0 when it was not. */
      RejectDetail: number;
    };
  };
  /** What `WinBioIdentify` reports. */
  [c.WINBIO_OPERATION_IDENTIFY]: {
    /** The members. */
    Identify: {
      /** Owner that was found; the null identity when none was. */
      Identity: WINBIO_IDENTITY;
      /** Finger that was found; 0 when none was. */
      SubFactor: number;
      /** Why the sample was rejected; 0 when it was not. */
      RejectDetail: number;
    };
  };
  /** What `WinBioEnrollBegin` reports. */
  [c.WINBIO_OPERATION_ENROLL_BEGIN]: {
    /** The members. */
    EnrollBegin: {
      /** Finger as requested. */
      SubFactor: number;
    };
  };
  /** What `WinBioEnrollCapture` reports. */
  [c.WINBIO_OPERATION_ENROLL_CAPTURE]: {
    /** The members. */
    EnrollCapture: {
      /** Why the sample was rejected; 0 when it was not. */
      RejectDetail: number;
    };
  };
  /** What `WinBioEnrollCommit` reports. */
  [c.WINBIO_OPERATION_ENROLL_COMMIT]: {
    /** The members. */
    EnrollCommit: {
      /** Owner of the template, or of the one it duplicates. */
      Identity: WINBIO_IDENTITY;
      /** Whether the template was stored; false when it was there already. */
      IsNewTemplate: boolean;
    };
  };
  /** What `WinBioEnrollSelect` reports. */
  [c.WINBIO_OPERATION_ENROLL_SELECT]: {
    /** The members. */
    EnrollSelect: {
      /** Tracking id as requested. */
      SelectorValue: bigint;
    };
  };
  /** What `WinBioEnumEnrollments` reports. */
  [c.WINBIO_OPERATION_ENUM_ENROLLMENTS]: {
    /** The members. */
    EnumEnrollments: {
      /** Identity as requested. */
      Identity: WINBIO_IDENTITY;
      /** Number of enrolled fingers. */
      SubFactorCount: number;
      /** Enrolled fingers, one byte each; null when there are none. */
      SubFactorArray: Uint8Array | null;
    };
  };
  /** What `WinBioCaptureSample` reports. */
  [c.WINBIO_OPERATION_CAPTURE_SAMPLE]: {
    /** The members. */
    CaptureSample: {
      /** The bytes of a BIR; null on failure. */
      Sample: Uint8Array | null;
      /** Their number. */
      SampleSize: number;
      /** Why the sample was rejected; 0 when it was not. */
      RejectDetail: number;
    };
  };
  /** What `WinBioDeleteTemplate` reports. */
  [c.WINBIO_OPERATION_DELETE_TEMPLATE]: {
    /** The members. */
    DeleteTemplate: {
      /** Identity as requested. */
      Identity: WINBIO_IDENTITY;
      /** Finger as requested. */
      SubFactor: number;
    };
  };
  /** What `WinBioGetProperty` reports. */
  [c.WINBIO_OPERATION_GET_PROPERTY]: {
    /** The members. */
    GetProperty: PropertyParameters;
  };
  /** What `WinBioSetProperty` reports. */
  [c.WINBIO_OPERATION_SET_PROPERTY]: {
    /** The members. */
    SetProperty: PropertyParameters;
  };
  /** What `WinBioMonitorPresence` reports. */
  [c.WINBIO_OPERATION_MONITOR_PRESENCE]: {
    /** The members. */
    MonitorPresence: {
      /** `WINBIO_PRESENCE_CHANGE_TYPE_*`. */
      ChangeType: number;
      /** Number of people. */
      PresenceCount: number;
      /** The people; null when there are none. */
      PresenceArray: WINBIO_PRESENCE[] | null;
    };
  };
  /** What `WinBioRegisterEventMonitor` reports. */
  [c.WINBIO_OPERATION_GET_EVENT]: {
    /** The members. */
    GetEvent: {
      /** The event. */
      Event: WINBIO_EVENT;
    };
  };
  /** What `WinBioControlUnit` reports. */
  [c.WINBIO_OPERATION_CONTROL_UNIT]: {
    /** The members. */
    ControlUnit: ControlUnitParameters;
  };
  /** What `WinBioControlUnitPrivileged` reports. */
  [c.WINBIO_OPERATION_CONTROL_UNIT_PRIVILEGED]: {
    /** The members. */
    ControlUnit: ControlUnitParameters;
  };
  /** What `WinBioAsyncMonitorFrameworkChanges` reports of a status. */
  [c.WINBIO_OPERATION_NOTIFY_UNIT_STATUS_CHANGE]: {
    /** The members. */
    NotifyUnitStatusChange: {
      /** The new status; the unit is the `UnitId` of the result. */
      ExtendedStatus: WINBIO_EXTENDED_UNIT_STATUS;
    };
  };
  /** Reserved: no function reports it. */
  [c.WINBIO_OPERATION_VERIFY_AND_RELEASE_TICKET]: {
    /** The members. */
    VerifyAndReleaseTicket: {
      /** Whether the sample matches. */
      Match: boolean;
      /** Why the sample was rejected; 0 when it was not. */
      RejectDetail: WINBIO_REJECT_DETAIL;
      /** Reserved. */
      Ticket: WINBIO_PROTECTION_TICKET;
    };
  };
  /** Reserved: no function reports it. */
  [c.WINBIO_OPERATION_IDENTIFY_AND_RELEASE_TICKET]: {
    /** The members. */
    IdentifyAndReleaseTicket: {
      /** Owner that was found. */
      Identity: WINBIO_IDENTITY;
      /** Finger that was found. */
      SubFactor: WINBIO_BIOMETRIC_SUBTYPE;
      /** Why the sample was rejected; 0 when it was not. */
      RejectDetail: WINBIO_REJECT_DETAIL;
      /** Reserved. */
      Ticket: WINBIO_PROTECTION_TICKET;
    };
  };
  /** Reserved: no function reports it. */
  [c.WINBIO_OPERATION_GET_PROTECTION_POLICY]: {
    /** The members. */
    GetProtectionPolicy: {
      /** Account it is for. */
      Identity: WINBIO_IDENTITY;
      /** The policy. */
      Policy: WINBIO_PROTECTION_POLICY;
    };
  };
  /** What `WinBioAsyncEnumServiceProviders` reports. */
  [c.WINBIO_OPERATION_ENUM_SERVICE_PROVIDERS]: {
    /** The members. */
    EnumServiceProviders: {
      /** Number of providers. */
      BspCount: number;
      /** The providers; null when there are none. */
      BspSchemaArray: WINBIO_BSP_SCHEMA[] | null;
    };
  };
  /** What `WinBioAsyncEnumBiometricUnits` reports. */
  [c.WINBIO_OPERATION_ENUM_BIOMETRIC_UNITS]: {
    /** The members. */
    EnumBiometricUnits: {
      /** Number of units. */
      UnitCount: number;
      /** The units; null when there are none. */
      UnitSchemaArray: WINBIO_UNIT_SCHEMA[] | null;
    };
  };
  /** What `WinBioAsyncEnumDatabases` reports. */
  [c.WINBIO_OPERATION_ENUM_DATABASES]: {
    /** The members. */
    EnumDatabases: {
      /** Number of databases. */
      StorageCount: number;
      /** The databases; null when there are none. */
      StorageSchemaArray: WINBIO_STORAGE_SCHEMA[] | null;
    };
  };
}

/** Members of both control operations; the buffers are copies inside the result (D-38). */
export interface ControlUnitParameters {
  /** `WINBIO_COMPONENT_*`, as requested. */
  Component: number;
  /** Code as requested. */
  ControlCode: number;
  /** Status of the vendor. */
  OperationStatus: number;
  /** The command, as requested. */
  SendBuffer: Uint8Array;
  /** Its length, bytes. */
  SendBufferSize: number;
  /** The answer, at the start of a buffer of the requested size. */
  ReceiveBuffer: Uint8Array;
  /** Size of that buffer, bytes. */
  ReceiveBufferSize: number;
  /** Length of the answer, bytes. */
  ReceiveDataSize: number;
}

/** Members of both property operations; the buffer is a copy inside the result. */
export interface PropertyParameters {
  /** `WINBIO_PROPERTY_TYPE_*`, as requested. */
  PropertyType: number;
  /** `WINBIO_PROPERTY_*`, as requested. */
  PropertyId: number;
  /** Account as requested; the null identity for a unit property. */
  Identity: WINBIO_IDENTITY;
  /** 0. */
  SubFactor: number;
  /** Length of the value, bytes. */
  PropertyBufferSize: number;
  /** The value, in its documented layout; null on failure. */
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

/** The fields that every result has. */
export interface AsyncResultCommon<UserData = unknown> {
  /** Session or framework connection it belongs to; of a successful open the new handle, of a failed one 0. */
  readonly SessionHandle: number;
  /** Number of the call within its handle, from 1. */
  readonly SequenceNumber: number;
  /** When the operation began: 100-nanosecond ticks since 1601-01-01 UTC. */
  readonly TimeStamp: bigint;
  /** How the operation ended. */
  readonly ApiStatus: HRESULT;
  /** Unit that did the work; 0 when none did. */
  readonly UnitId: number;
  /** The value given at the open, unchanged. */
  readonly UserData: UserData;
}

/** A notice; `switch (result.Operation)` narrows `Parameters`. The program frees it. WBF: structures 6. */
export type WINBIO_ASYNC_RESULT<UserData = unknown> = AsyncResultCommon<UserData> &
  (
    | {
        /** `WINBIO_OPERATION_*` without data of its own. */
        readonly Operation: PlainOperation;
        /** Empty. */
        readonly Parameters: Record<string, never>;
      }
    | {
        [Op in keyof AsyncParameters]: {
          /** `WINBIO_OPERATION_*`: which call it answers. */
          readonly Operation: Op;
          /** What that call reports. */
          readonly Parameters: AsyncParameters[Op];
        };
      }[keyof AsyncParameters]
  );
