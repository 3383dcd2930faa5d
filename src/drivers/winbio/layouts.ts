/**
 * The structures of winbio.h as they lie in memory: 64 bits, little endian, each aligned as its widest field. Source: the
 * reference of the Windows Biometric Framework API; a test compares each row with what a C compiler makes of a header
 * written from it. Where Windows grew a structure, the size is that of Windows 10. WBF: structures 1 to 6.
 */

/** What a field holds. `pointer` and `size` have 8 bytes; `text` is a WINBIO_STRING, 256 units of UTF-16. */
export type FieldType = 'u8' | 'u16' | 'u32' | 'i8' | 'i32' | 'u64' | 'i64' | 'pointer' | 'size' | 'guid' | 'text';

/** Bytes of each. */
export const FIELD_BYTES = {
  u8: 1,
  i8: 1,
  u16: 2,
  u32: 4,
  i32: 4,
  u64: 8,
  i64: 8,
  pointer: 8,
  size: 8,
  guid: 16,
  text: 512,
} as const satisfies Record<FieldType, number>;

/** A structure: its size, and per field, named as C names it, where it is and what it holds; a number is a length in bytes. */
export interface Layout {
  readonly bytes: number;
  readonly fields: Readonly<Record<string, readonly [at: number, holds: FieldType | number]>>;
}

export const LAYOUTS = {
  WINBIO_VERSION: { bytes: 8, fields: { MajorVersion: [0, 'u32'], MinorVersion: [4, 'u32'] } },
  WINBIO_IDENTITY: {
    bytes: 76,
    fields: {
      Type: [0, 'u32'],
      'Value.Null': [4, 'u32'],
      'Value.Wildcard': [4, 'u32'],
      'Value.TemplateGuid': [4, 'guid'],
      'Value.AccountSid.Size': [4, 'u32'],
      'Value.AccountSid.Data': [8, 68],
    },
  },
  WINBIO_UNIT_SCHEMA: {
    bytes: 2588,
    fields: {
      UnitId: [0, 'u32'],
      PoolType: [4, 'u32'],
      BiometricFactor: [8, 'u32'],
      SensorSubType: [12, 'u32'],
      Capabilities: [16, 'u32'],
      DeviceInstanceId: [20, 'text'],
      Description: [532, 'text'],
      Manufacturer: [1044, 'text'],
      Model: [1556, 'text'],
      SerialNumber: [2068, 'text'],
      'FirmwareVersion.MajorVersion': [2580, 'u32'],
      'FirmwareVersion.MinorVersion': [2584, 'u32'],
    },
  },
  WINBIO_BIR: {
    bytes: 32,
    fields: {
      'HeaderBlock.Size': [0, 'u32'],
      'HeaderBlock.Offset': [4, 'u32'],
      'StandardDataBlock.Size': [8, 'u32'],
      'StandardDataBlock.Offset': [12, 'u32'],
      'VendorDataBlock.Size': [16, 'u32'],
      'VendorDataBlock.Offset': [20, 'u32'],
      'SignatureBlock.Size': [24, 'u32'],
      'SignatureBlock.Offset': [28, 'u32'],
    },
  },
  WINBIO_BIR_HEADER: {
    bytes: 48,
    fields: {
      ValidFields: [0, 'u16'],
      HeaderVersion: [2, 'u8'],
      PatronHeaderVersion: [3, 'u8'],
      DataFlags: [4, 'u8'],
      Type: [8, 'u32'],
      Subtype: [12, 'u8'],
      Purpose: [13, 'u8'],
      DataQuality: [14, 'i8'],
      CreationDate: [16, 'i64'],
      'ValidityPeriod.BeginDate': [24, 'i64'],
      'ValidityPeriod.EndDate': [32, 'i64'],
      'BiometricDataFormat.Owner': [40, 'u16'],
      'BiometricDataFormat.Type': [42, 'u16'],
      'ProductId.Owner': [44, 'u16'],
      'ProductId.Type': [46, 'u16'],
    },
  },
  WINBIO_EVENT: {
    bytes: 92,
    fields: {
      Type: [0, 'u32'],
      'Parameters.Unclaimed.UnitId': [4, 'u32'],
      'Parameters.Unclaimed.RejectDetail': [8, 'u32'],
      'Parameters.UnclaimedIdentify.UnitId': [4, 'u32'],
      'Parameters.UnclaimedIdentify.Identity': [8, 76],
      'Parameters.UnclaimedIdentify.SubFactor': [84, 'u8'],
      'Parameters.UnclaimedIdentify.RejectDetail': [88, 'u32'],
      'Parameters.Error.ErrorCode': [4, 'i32'],
    },
  },
  WINBIO_ASYNC_RESULT: {
    bytes: 360,
    fields: {
      SessionHandle: [0, 'u32'],
      Operation: [4, 'u32'],
      SequenceNumber: [8, 'u64'],
      TimeStamp: [16, 'i64'],
      ApiStatus: [24, 'i32'],
      UnitId: [28, 'u32'],
      UserData: [32, 'pointer'],
      'Parameters.Verify.Match': [40, 'u8'],
      'Parameters.Verify.RejectDetail': [44, 'u32'],
      'Parameters.Identify.Identity': [40, 76],
      'Parameters.Identify.SubFactor': [116, 'u8'],
      'Parameters.Identify.RejectDetail': [120, 'u32'],
      'Parameters.EnrollBegin.SubFactor': [40, 'u8'],
      'Parameters.EnrollCapture.RejectDetail': [40, 'u32'],
      'Parameters.EnrollCommit.Identity': [40, 76],
      'Parameters.EnrollCommit.IsNewTemplate': [116, 'u8'],
      'Parameters.EnumEnrollments.Identity': [40, 76],
      'Parameters.EnumEnrollments.SubFactorCount': [120, 'size'],
      'Parameters.EnumEnrollments.SubFactorArray': [128, 'pointer'],
      'Parameters.CaptureSample.Sample': [40, 'pointer'],
      'Parameters.CaptureSample.SampleSize': [48, 'size'],
      'Parameters.CaptureSample.RejectDetail': [56, 'u32'],
      'Parameters.DeleteTemplate.Identity': [40, 76],
      'Parameters.DeleteTemplate.SubFactor': [116, 'u8'],
      'Parameters.GetProperty.PropertyType': [40, 'u32'],
      'Parameters.GetProperty.PropertyId': [44, 'u32'],
      'Parameters.GetProperty.Identity': [48, 76],
      'Parameters.GetProperty.SubFactor': [124, 'u8'],
      'Parameters.GetProperty.PropertyBufferSize': [128, 'size'],
      'Parameters.GetProperty.PropertyBuffer': [136, 'pointer'],
      'Parameters.GetEvent.Event': [40, 92],
      'Parameters.EnumBiometricUnits.UnitCount': [40, 'size'],
      'Parameters.EnumBiometricUnits.UnitSchemaArray': [48, 'pointer'],
    },
  },
} as const satisfies Record<string, Layout>;

/** Name of a structure. */
export type StructureName = keyof typeof LAYOUTS;

/** Name of a field of a structure. */
export type FieldName<S extends StructureName> = keyof (typeof LAYOUTS)[S]['fields'] & string;
