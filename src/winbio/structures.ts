/** The structures a WinBio program receives, with the field names of winbio_types.h. */

import { WINBIO_EVENT_ERROR, WINBIO_EVENT_FP_UNCLAIMED_IDENTIFY } from '../core/constants.ts';
import type { HRESULT } from '../core/hresult.ts';
import type {
  DatabaseDescription,
  Presence,
  ProviderDescription,
  UnclaimedEvent,
  UnitDescription,
} from '../core/operation-result.ts';
import { toWinbioIdentity, type WINBIO_IDENTITY } from './identity.ts';

/** WBF: structures 1. */
export interface WINBIO_VERSION {
  MajorVersion: number;
  MinorVersion: number;
}

/** WBF: structures 4.1. */
export interface WINBIO_UNIT_SCHEMA {
  UnitId: number;
  PoolType: number;
  BiometricFactor: number;
  SensorSubType: number;
  Capabilities: number;
  DeviceInstanceId: string;
  Description: string;
  Manufacturer: string;
  Model: string;
  SerialNumber: string;
  FirmwareVersion: WINBIO_VERSION;
}

/** WBF: structures 4.2. */
export interface WINBIO_BSP_SCHEMA {
  BiometricFactor: number;
  BspId: string;
  Description: string;
  Vendor: string;
  Version: WINBIO_VERSION;
}

/** WBF: structures 4.3. */
export interface WINBIO_STORAGE_SCHEMA {
  BiometricFactor: number;
  DatabaseId: string;
  DataFormat: string;
  Attributes: number;
  FilePath: string;
  ConnectionString: string;
}

/** WBF: structures 8. */
export interface WINBIO_PRESENCE {
  Factor: number;
  SubFactor: number;
  Status: HRESULT;
  RejectDetail: number;
  Identity: WINBIO_IDENTITY;
  TrackingId: bigint;
  Ticket: bigint;
  Properties: {
    FacialFeatures: { BoundingBox: { left: number; top: number; right: number; bottom: number }; Distance: number };
  };
}

/** WBF: structures 5; the member of `Parameters` is chosen by `Type`. */
export interface WINBIO_EVENT {
  Type: number;
  Parameters: {
    Unclaimed?: { UnitId: number; RejectDetail: number };
    UnclaimedIdentify?: { UnitId: number; Identity: WINBIO_IDENTITY; SubFactor: number; RejectDetail: number };
    Error?: { ErrorCode: HRESULT };
  };
}

export function winbioPresence(person: Presence): WINBIO_PRESENCE {
  return {
    Factor: person.factor,
    SubFactor: person.subFactor,
    Status: person.status,
    RejectDetail: person.rejectDetail,
    Identity: toWinbioIdentity(person.identity),
    TrackingId: BigInt(person.trackingId),
    Ticket: 0n,
    Properties: { FacialFeatures: { BoundingBox: { ...person.boundingBox }, Distance: 0 } },
  };
}

export function unitSchema(unit: UnitDescription): WINBIO_UNIT_SCHEMA {
  return {
    UnitId: unit.unitId,
    PoolType: unit.poolType,
    BiometricFactor: unit.factor,
    SensorSubType: unit.subType,
    Capabilities: unit.capabilities,
    DeviceInstanceId: unit.deviceInstanceId,
    Description: unit.description,
    Manufacturer: unit.manufacturer,
    Model: unit.model,
    SerialNumber: unit.serialNumber,
    FirmwareVersion: { MajorVersion: unit.firmwareVersion.major, MinorVersion: unit.firmwareVersion.minor },
  };
}

export function bspSchema(provider: ProviderDescription): WINBIO_BSP_SCHEMA {
  return {
    BiometricFactor: provider.factor,
    BspId: provider.providerId,
    Description: provider.description,
    Vendor: provider.vendor,
    Version: { MajorVersion: provider.version.major, MinorVersion: provider.version.minor },
  };
}

export function storageSchema(database: DatabaseDescription): WINBIO_STORAGE_SCHEMA {
  return {
    BiometricFactor: database.factor,
    DatabaseId: database.databaseId,
    DataFormat: database.dataFormat,
    Attributes: database.attributes,
    FilePath: database.filePath,
    ConnectionString: database.connectionString,
  };
}

/** The structure of an unclaimed event; a zeroed one where a monitor ended. */
export function winbioEvent(event: UnclaimedEvent | undefined): WINBIO_EVENT {
  if (event === undefined) return { Type: 0, Parameters: {} };
  const { unitId: UnitId, rejectDetail: RejectDetail } = event;
  if (event.type === WINBIO_EVENT_ERROR)
    return { Type: event.type, Parameters: { Error: { ErrorCode: event.errorCode } } };
  if (event.type !== WINBIO_EVENT_FP_UNCLAIMED_IDENTIFY) {
    return { Type: event.type, Parameters: { Unclaimed: { UnitId, RejectDetail } } };
  }
  const Identity = toWinbioIdentity(event.identity);
  const UnclaimedIdentify = { UnitId, Identity, SubFactor: event.subFactor, RejectDetail };
  return { Type: event.type, Parameters: { UnclaimedIdentify } };
}
