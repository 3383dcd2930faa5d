/** The structures of winbio_types.h, made from what the service reports. */

import { WINBIO_EVENT_ERROR, WINBIO_EVENT_FP_UNCLAIMED_IDENTIFY } from '../core/constants.ts';
import type {
  DatabaseDescription,
  Presence,
  ProviderDescription,
  UnclaimedEvent,
  UnitDescription,
} from '../core/operation-result.ts';
import { toWinbioIdentity } from './identity.ts';
import type {
  WINBIO_BSP_SCHEMA,
  WINBIO_EVENT,
  WINBIO_PRESENCE,
  WINBIO_STORAGE_SCHEMA,
  WINBIO_UNIT_SCHEMA,
} from './structures.ts';

/** The structure of a person in view. */
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

/** The structure of a unit. */
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

/** The structure of a service provider. */
export function bspSchema(provider: ProviderDescription): WINBIO_BSP_SCHEMA {
  return {
    BiometricFactor: provider.factor,
    BspId: provider.providerId,
    Description: provider.description,
    Vendor: provider.vendor,
    Version: { MajorVersion: provider.version.major, MinorVersion: provider.version.minor },
  };
}

/** The structure of a database. */
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

/** The structure of an unclaimed event; a zeroed one when the monitor ended. */
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
