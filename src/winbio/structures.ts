/** The structures a WinBio program receives, with the field names of winbio_types.h. */

import type { HRESULT } from '../core/hresult.ts';
import type { WINBIO_IDENTITY } from './identity.ts';
import type { WINBIO_BIOMETRIC_SUBTYPE, WINBIO_UUID } from './scalar-types.ts';

/** A version. WBF: structures 1. */
export interface WINBIO_VERSION {
  /** Major number. */
  MajorVersion: number;
  /** Minor number. */
  MinorVersion: number;
}

/** A unit. WBF: structures 4.1. */
export interface WINBIO_UNIT_SCHEMA {
  /** Number of the unit, not 0. */
  UnitId: number;
  /** Pool it is in now: `WINBIO_POOL_*`. */
  PoolType: number;
  /** What it captures: one `WINBIO_TYPE_*`. */
  BiometricFactor: number;
  /** Kind of sensor: `WINBIO_FP_SENSOR_SUBTYPE_*`. */
  SensorSubType: number;
  /** Mask of `WINBIO_CAPABILITY_*`. */
  Capabilities: number;
  /** Names the device, the same each time it is attached. */
  DeviceInstanceId: string;
  /** Name to show to a person. */
  Description: string;
  /** Manufacturer of the device. */
  Manufacturer: string;
  /** Model of the device. */
  Model: string;
  /** Serial number; empty when the device does not tell. */
  SerialNumber: string;
  /** Version of its firmware. */
  FirmwareVersion: WINBIO_VERSION;
}

/** A service provider. WBF: structures 4.2. */
export interface WINBIO_BSP_SCHEMA {
  /** What it serves: one `WINBIO_TYPE_*`. */
  BiometricFactor: number;
  /** GUID that names the provider. */
  BspId: string;
  /** Name to show to a person. */
  Description: string;
  /** Its vendor. */
  Vendor: string;
  /** Its version. */
  Version: WINBIO_VERSION;
}

/** A database. WBF: structures 4.3. */
export interface WINBIO_STORAGE_SCHEMA {
  /** What its templates are of: one `WINBIO_TYPE_*`. */
  BiometricFactor: number;
  /** GUID that names the database. */
  DatabaseId: string;
  /** GUID of the format of its templates. */
  DataFormat: string;
  /** A `WINBIO_DATABASE_TYPE_*`, with `WINBIO_DATABASE_FLAG_*`. */
  Attributes: number;
  /** Path of its file; empty when it is not kept in one. */
  FilePath: string;
  /** Connection string of a database that is not a file; empty otherwise. */
  ConnectionString: string;
}

/** A person in front of a unit. WBF: structures 8. */
export interface WINBIO_PRESENCE {
  /** What was recognized: `WINBIO_TYPE_*`. */
  Factor: number;
  /** Which eye, or which kind of face image. */
  SubFactor: number;
  /** Outcome of the last identification of this person. */
  Status: HRESULT;
  /** Why the last sample was rejected, with WINBIO_E_BAD_CAPTURE. */
  RejectDetail: number;
  /** Account of the person; the null identity while unknown. */
  Identity: WINBIO_IDENTITY;
  /** Number of the person while in view; what `WinBioEnrollSelect` takes. */
  TrackingId: bigint;
  /** Reserved, 0. */
  Ticket: bigint;
  /** Member chosen by `Factor`. */
  Properties: WINBIO_PRESENCE_PROPERTIES;
}

/** A rectangle, in pixels. */
export interface RECT {
  /** Left edge. */
  left: number;
  /** Upper edge. */
  top: number;
  /** Right edge. */
  right: number;
  /** Lower edge. */
  bottom: number;
}

/** A point, in pixels. */
export interface POINT {
  /** Distance from the left edge. */
  x: number;
  /** Distance from the upper edge. */
  y: number;
}

/** Where a person is in the frame. WBF: structures 8. */
export interface WINBIO_PRESENCE_PROPERTIES {
  /** Of a face. */
  FacialFeatures: {
    /** Where the face is in the frame. */
    BoundingBox: RECT;
    /** -100 too near to 100 too far; 0 is ideal. */
    Distance: number;
  };
}

/** A protection policy. Reserved: no function reports it. WBF: structures 8. */
export interface WINBIO_PROTECTION_POLICY {
  /** Version of the structure. */
  Version: number;
  /** Account it is for. */
  Identity: WINBIO_IDENTITY;
  /** GUID of a database. */
  DatabaseId: WINBIO_UUID;
  /** State of the account. */
  UserState: bigint;
  /** Length of the policy, bytes. */
  PolicySize: number;
  /** 128 bytes, the policy at their start. */
  Policy: Uint8Array;
}

/** What an engine is told of an account before it works for it. Here: `EngineAdapter.setAccountPolicy`. */
export interface WINBIO_ACCOUNT_POLICY {
  /** The account. */
  Identity: WINBIO_IDENTITY;
  /** `WINBIO_ANTI_SPOOF_*`. */
  AntiSpoofBehavior: number;
}

/** What an engine is told before an enrollment. Here: arguments of `EngineAdapter`. */
export interface WINBIO_EXTENDED_ENROLLMENT_PARAMETERS {
  /** Size of the structure, bytes. */
  Size: number;
  /** Finger to enroll. */
  SubFactor: WINBIO_BIOMETRIC_SUBTYPE;
}

/** An event of a monitor; `Type` tells which member of `Parameters` is present. WBF: structures 5. */
export interface WINBIO_EVENT {
  /** `WINBIO_EVENT_*`. */
  Type: number;
  /** The event itself. */
  Parameters: {
    /** With `WINBIO_EVENT_FP_UNCLAIMED`: a sample arrived. */
    Unclaimed?: {
      /** Unit that captured. */
      UnitId: number;
      /** Why the sample was rejected; 0 when it was not. */
      RejectDetail: number;
    };
    /** With `WINBIO_EVENT_FP_UNCLAIMED_IDENTIFY`: a sample arrived and was searched. */
    UnclaimedIdentify?: {
      /** Unit that captured. */
      UnitId: number;
      /** Owner that was found; the null identity when none was. */
      Identity: WINBIO_IDENTITY;
      /** Finger that was found; 0 when none was. */
      SubFactor: number;
      /** Why the sample was rejected; 0 when it was not. */
      RejectDetail: number;
    };
    /** With `WINBIO_EVENT_ERROR`: the monitor failed. */
    Error?: {
      /** Why. */
      ErrorCode: HRESULT;
    };
  };
}
