/** Structures of winbio.h in memory as the objects of `whorl/winbio`, by the table of layouts. */

import * as c from '../core/constants.ts';
import { FIELD_BYTES, LAYOUTS, type Layout, type StructureName } from '../drivers/winbio/layouts.ts';
import { bytesOf, Structure } from '../drivers/winbio/structure.ts';

/** Copies memory of the library. */
export type ReadMemory = (address: bigint, length: number) => Uint8Array;

/** Structures whose one member of a union is chosen by a field. */
const UNIONS: Readonly<
  Partial<Record<StructureName, { readonly by: string; readonly union: string; readonly members: Members }>>
> = {
  WINBIO_IDENTITY: {
    by: 'Type',
    union: 'Value',
    members: {
      [c.WINBIO_ID_TYPE_NULL]: 'Null',
      [c.WINBIO_ID_TYPE_WILDCARD]: 'Wildcard',
      [c.WINBIO_ID_TYPE_GUID]: 'TemplateGuid',
      [c.WINBIO_ID_TYPE_SID]: 'AccountSid',
      [c.WINBIO_ID_TYPE_SECURE_ID]: 'SecureId',
    },
  },
  WINBIO_EVENT: {
    by: 'Type',
    union: 'Parameters',
    members: {
      [c.WINBIO_EVENT_FP_UNCLAIMED]: 'Unclaimed',
      [c.WINBIO_EVENT_FP_UNCLAIMED_IDENTIFY]: 'UnclaimedIdentify',
      [c.WINBIO_EVENT_ERROR]: 'Error',
    },
  },
  WINBIO_ASYNC_RESULT: {
    by: 'Operation',
    union: 'Parameters',
    members: {
      [c.WINBIO_OPERATION_VERIFY]: 'Verify',
      [c.WINBIO_OPERATION_IDENTIFY]: 'Identify',
      [c.WINBIO_OPERATION_ENROLL_BEGIN]: 'EnrollBegin',
      [c.WINBIO_OPERATION_ENROLL_CAPTURE]: 'EnrollCapture',
      [c.WINBIO_OPERATION_ENROLL_COMMIT]: 'EnrollCommit',
      [c.WINBIO_OPERATION_ENROLL_SELECT]: 'EnrollSelect',
      [c.WINBIO_OPERATION_ENUM_ENROLLMENTS]: 'EnumEnrollments',
      [c.WINBIO_OPERATION_CAPTURE_SAMPLE]: 'CaptureSample',
      [c.WINBIO_OPERATION_DELETE_TEMPLATE]: 'DeleteTemplate',
      [c.WINBIO_OPERATION_GET_PROPERTY]: 'GetProperty',
      [c.WINBIO_OPERATION_SET_PROPERTY]: 'SetProperty',
      [c.WINBIO_OPERATION_GET_EVENT]: 'GetEvent',
      [c.WINBIO_OPERATION_CONTROL_UNIT]: 'ControlUnit',
      [c.WINBIO_OPERATION_CONTROL_UNIT_PRIVILEGED]: 'ControlUnit',
      [c.WINBIO_OPERATION_ENUM_SERVICE_PROVIDERS]: 'EnumServiceProviders',
      [c.WINBIO_OPERATION_ENUM_BIOMETRIC_UNITS]: 'EnumBiometricUnits',
      [c.WINBIO_OPERATION_ENUM_DATABASES]: 'EnumDatabases',
      [c.WINBIO_OPERATION_VERIFY_AND_RELEASE_TICKET]: 'VerifyAndReleaseTicket',
      [c.WINBIO_OPERATION_IDENTIFY_AND_RELEASE_TICKET]: 'IdentifyAndReleaseTicket',
      [c.WINBIO_OPERATION_MONITOR_PRESENCE]: 'MonitorPresence',
      [c.WINBIO_OPERATION_GET_PROTECTION_POLICY]: 'GetProtectionPolicy',
      [c.WINBIO_OPERATION_NOTIFY_UNIT_STATUS_CHANGE]: 'NotifyUnitStatusChange',
    },
  },
};

type Members = Readonly<Record<number, string>>;

/** What a pointer of a result points to, and the field that counts it. `bytes` without an address are none, not null. */
const POINTED: Readonly<Record<string, { readonly of: 'u8' | 'bytes' | StructureName; readonly count: string }>> = {
  'Parameters.EnumEnrollments.SubFactorArray': { of: 'u8', count: 'Parameters.EnumEnrollments.SubFactorCount' },
  'Parameters.CaptureSample.Sample': { of: 'u8', count: 'Parameters.CaptureSample.SampleSize' },
  'Parameters.GetProperty.PropertyBuffer': { of: 'u8', count: 'Parameters.GetProperty.PropertyBufferSize' },
  'Parameters.SetProperty.PropertyBuffer': { of: 'u8', count: 'Parameters.SetProperty.PropertyBufferSize' },
  'Parameters.ControlUnit.SendBuffer': { of: 'bytes', count: 'Parameters.ControlUnit.SendBufferSize' },
  'Parameters.ControlUnit.ReceiveBuffer': { of: 'bytes', count: 'Parameters.ControlUnit.ReceiveBufferSize' },
  'Parameters.EnumServiceProviders.BspSchemaArray': {
    of: 'WINBIO_BSP_SCHEMA',
    count: 'Parameters.EnumServiceProviders.BspCount',
  },
  'Parameters.EnumBiometricUnits.UnitSchemaArray': {
    of: 'WINBIO_UNIT_SCHEMA',
    count: 'Parameters.EnumBiometricUnits.UnitCount',
  },
  'Parameters.EnumDatabases.StorageSchemaArray': {
    of: 'WINBIO_STORAGE_SCHEMA',
    count: 'Parameters.EnumDatabases.StorageCount',
  },
  'Parameters.MonitorPresence.PresenceArray': {
    of: 'WINBIO_PRESENCE',
    count: 'Parameters.MonitorPresence.PresenceCount',
  },
};

/** A decoded structure. */
export type Decoded = Record<string, unknown>;

/** The structure at an address. No more of it is read than its union's member has: older libraries allocate no more. */
export function structureAt(name: StructureName, address: bigint, read: ReadMemory): Decoded {
  const { bytes, fields }: Layout = LAYOUTS[name];
  const union = UNIONS[name];
  if (union === undefined) return decodeStructure(name, read(address, bytes), read);
  const prefix = `${union.union}.`;
  const ends = (of: (field: string) => boolean) =>
    Object.entries(fields).flatMap(([field, [at, holds]]) => (of(field) ? [at + bytesOf(holds)] : []));
  const head = read(address, Math.max(...ends((field) => !field.startsWith(prefix))));
  const member = memberOf(name, head);
  const extent = Math.max(head.length, ...ends((field) => isOfMember(field, prefix, member)));
  return decodeStructure(name, read(address, extent), read);
}

/** An array at an address; null where there is none. */
export function arrayAt(name: StructureName, address: bigint, count: number, read: ReadMemory): Decoded[] | null {
  if (address === 0n || count === 0) return null;
  const { bytes } = LAYOUTS[name];
  const all = read(address, count * bytes);
  return Array.from({ length: count }, (_, i) => decodeStructure(name, all.subarray(i * bytes, (i + 1) * bytes), read));
}

/** The structure at the start of bytes. */
export function decodeStructure(name: StructureName, bytes: Uint8Array, read: ReadMemory): Decoded {
  const structure = new Structure(name, bytes) as unknown as AnyStructure;
  const { fields }: Layout = LAYOUTS[name];
  const union = UNIONS[name];
  const prefix = `${union?.union}.`;
  const member = memberOf(name, bytes);
  const decoded: Decoded = union === undefined ? {} : { [union.union]: {} };
  for (const [field, [at, holds]] of Object.entries(fields)) {
    if (union !== undefined && field.startsWith(prefix) && !isOfMember(field, prefix, member)) continue;
    put(decoded, field.split('.'), fieldOf(structure, field, { at, holds, bytes, read }));
  }
  return decoded;
}

/** Reads fields by names that are not known here. */
interface AnyStructure {
  number(field: string): number;
  wide(field: string): bigint;
  text(field: string): string;
  guid(field: string): string;
  bytes(field: string): Uint8Array;
}

function fieldOf(
  structure: AnyStructure,
  field: string,
  {
    at,
    holds,
    bytes,
    read,
  }: {
    readonly at: number;
    readonly holds: Layout['fields'][string][1];
    readonly bytes: Uint8Array;
    readonly read: ReadMemory;
  },
): unknown {
  if (typeof holds === 'number') return structure.bytes(field);
  if (!(holds in FIELD_BYTES)) return decodeStructure(holds as StructureName, bytes.subarray(at), read);
  switch (holds) {
    case 'boolean':
      return structure.number(field) !== 0;
    case 'u64':
    case 'i64':
      return structure.wide(field);
    case 'guid':
      return structure.guid(field);
    case 'text':
      return structure.text(field);
    case 'pointer':
      return pointed(structure, field, read);
    default:
      return structure.number(field);
  }
}

function pointed(structure: AnyStructure, field: string, read: ReadMemory): unknown {
  const target = POINTED[field];
  const address = structure.wide(field);
  if (target === undefined) return address;
  const count = structure.number(target.count);
  if (target.of === 'bytes') return read(address, count);
  if (target.of === 'u8') return address === 0n ? null : read(address, count);
  return arrayAt(target.of, address, count, read);
}

/** Name of the member that is present; undefined for none. */
function memberOf(name: StructureName, head: Uint8Array): string | undefined {
  const union = UNIONS[name];
  if (union === undefined) return undefined;
  return union.members[(new Structure(name, head) as unknown as AnyStructure).number(union.by)];
}

function isOfMember(field: string, prefix: string, member: string | undefined): boolean {
  return member !== undefined && (field === prefix + member || field.startsWith(`${prefix}${member}.`));
}

function put(target: Decoded, [first = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) target[first] = value;
  else {
    target[first] ??= {};
    put(target[first] as Decoded, rest, value);
  }
}
