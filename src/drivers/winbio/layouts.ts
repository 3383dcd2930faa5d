/**
 * The structures of winbio.h as they lie in memory: 64 bits, little endian, each aligned as its widest field. Source: the
 * reference of the Windows Biometric Framework API; a test compares each row with what a C compiler makes of a header
 * written from it. Where Windows grew a structure, the size is that of Windows 10. WBF: structures 1 to 6.
 */

/** What a field holds; `size` is a number however wide, and `text` is a WINBIO_STRING, 256 units of UTF-16. */
export type FieldType = keyof typeof FIELD_BYTES;

/** Bytes of each. */
export const FIELD_BYTES = {
  u8: 1,
  i8: 1,
  /** A BOOLEAN. */
  boolean: 1,
  u16: 2,
  u32: 4,
  i32: 4,
  u64: 8,
  i64: 8,
  pointer: 8,
  size: 8,
  guid: 16,
  text: 512,
} as const;

/**
 * A structure: its size, and per field, named as C names it, where it is and what it holds; a number is a length in bytes, a
 * name a structure within.
 */
export interface Layout {
  readonly bytes: number;
  readonly fields: Readonly<Record<string, readonly [at: number, holds: FieldType | number | `WINBIO_${string}`]>>;
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
      'Value.SecureId': [4, 32],
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
  WINBIO_BSP_SCHEMA: {
    bytes: 1052,
    fields: {
      BiometricFactor: [0, 'u32'],
      BspId: [4, 'guid'],
      Description: [20, 'text'],
      Vendor: [532, 'text'],
      'Version.MajorVersion': [1044, 'u32'],
      'Version.MinorVersion': [1048, 'u32'],
    },
  },
  WINBIO_STORAGE_SCHEMA: {
    bytes: 1064,
    fields: {
      BiometricFactor: [0, 'u32'],
      DatabaseId: [4, 'guid'],
      DataFormat: [20, 'guid'],
      Attributes: [36, 'u32'],
      FilePath: [40, 'text'],
      ConnectionString: [552, 'text'],
    },
  },
  WINBIO_PRESENCE: {
    bytes: 496,
    fields: {
      Factor: [0, 'u32'],
      SubFactor: [4, 'u8'],
      Status: [8, 'u32'],
      RejectDetail: [12, 'u32'],
      Identity: [16, 'WINBIO_IDENTITY'],
      TrackingId: [96, 'u64'],
      Ticket: [104, 'u64'],
      'Properties.FacialFeatures.BoundingBox.left': [112, 'i32'],
      'Properties.FacialFeatures.BoundingBox.top': [116, 'i32'],
      'Properties.FacialFeatures.BoundingBox.right': [120, 'i32'],
      'Properties.FacialFeatures.BoundingBox.bottom': [124, 'i32'],
      'Properties.FacialFeatures.Distance': [128, 'i32'],
    },
  },
  WINBIO_PROTECTION_POLICY: {
    bytes: 240,
    fields: {
      Version: [0, 'u32'],
      Identity: [4, 'WINBIO_IDENTITY'],
      DatabaseId: [80, 'guid'],
      UserState: [96, 'u64'],
      PolicySize: [104, 'size'],
      Policy: [112, 128],
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
      'Parameters.UnclaimedIdentify.Identity': [8, 'WINBIO_IDENTITY'],
      'Parameters.UnclaimedIdentify.SubFactor': [84, 'u8'],
      'Parameters.UnclaimedIdentify.RejectDetail': [88, 'u32'],
      'Parameters.Error.ErrorCode': [4, 'u32'],
    },
  },
  WINBIO_ASYNC_RESULT: {
    bytes: 360,
    fields: {
      SessionHandle: [0, 'u32'],
      Operation: [4, 'u32'],
      SequenceNumber: [8, 'size'],
      TimeStamp: [16, 'i64'],
      ApiStatus: [24, 'u32'],
      UnitId: [28, 'u32'],
      UserData: [32, 'pointer'],
      'Parameters.Verify.Match': [40, 'boolean'],
      'Parameters.Verify.RejectDetail': [44, 'u32'],
      'Parameters.Identify.Identity': [40, 'WINBIO_IDENTITY'],
      'Parameters.Identify.SubFactor': [116, 'u8'],
      'Parameters.Identify.RejectDetail': [120, 'u32'],
      'Parameters.EnrollBegin.SubFactor': [40, 'u8'],
      'Parameters.EnrollCapture.RejectDetail': [40, 'u32'],
      'Parameters.EnrollCommit.Identity': [40, 'WINBIO_IDENTITY'],
      'Parameters.EnrollCommit.IsNewTemplate': [116, 'boolean'],
      'Parameters.EnumEnrollments.Identity': [40, 'WINBIO_IDENTITY'],
      'Parameters.EnumEnrollments.SubFactorCount': [120, 'size'],
      'Parameters.EnumEnrollments.SubFactorArray': [128, 'pointer'],
      'Parameters.CaptureSample.Sample': [40, 'pointer'],
      'Parameters.CaptureSample.SampleSize': [48, 'size'],
      'Parameters.CaptureSample.RejectDetail': [56, 'u32'],
      'Parameters.DeleteTemplate.Identity': [40, 'WINBIO_IDENTITY'],
      'Parameters.DeleteTemplate.SubFactor': [116, 'u8'],
      'Parameters.GetProperty.PropertyType': [40, 'u32'],
      'Parameters.GetProperty.PropertyId': [44, 'u32'],
      'Parameters.GetProperty.Identity': [48, 'WINBIO_IDENTITY'],
      'Parameters.GetProperty.SubFactor': [124, 'u8'],
      'Parameters.GetProperty.PropertyBufferSize': [128, 'size'],
      'Parameters.GetProperty.PropertyBuffer': [136, 'pointer'],
      'Parameters.SetProperty.PropertyType': [40, 'u32'],
      'Parameters.SetProperty.PropertyId': [44, 'u32'],
      'Parameters.SetProperty.Identity': [48, 'WINBIO_IDENTITY'],
      'Parameters.SetProperty.SubFactor': [124, 'u8'],
      'Parameters.SetProperty.PropertyBufferSize': [128, 'size'],
      'Parameters.SetProperty.PropertyBuffer': [136, 'pointer'],
      'Parameters.GetEvent.Event': [40, 'WINBIO_EVENT'],
      'Parameters.EnumBiometricUnits.UnitCount': [40, 'size'],
      'Parameters.EnumBiometricUnits.UnitSchemaArray': [48, 'pointer'],
      'Parameters.ControlUnit.Component': [40, 'u32'],
      'Parameters.ControlUnit.ControlCode': [44, 'u32'],
      'Parameters.ControlUnit.OperationStatus': [48, 'u32'],
      'Parameters.ControlUnit.SendBuffer': [56, 'pointer'],
      'Parameters.ControlUnit.SendBufferSize': [64, 'size'],
      'Parameters.ControlUnit.ReceiveBuffer': [72, 'pointer'],
      'Parameters.ControlUnit.ReceiveBufferSize': [80, 'size'],
      'Parameters.ControlUnit.ReceiveDataSize': [88, 'size'],
      'Parameters.EnumServiceProviders.BspCount': [40, 'size'],
      'Parameters.EnumServiceProviders.BspSchemaArray': [48, 'pointer'],
      'Parameters.EnumDatabases.StorageCount': [40, 'size'],
      'Parameters.EnumDatabases.StorageSchemaArray': [48, 'pointer'],
      'Parameters.VerifyAndReleaseTicket.Match': [40, 'boolean'],
      'Parameters.VerifyAndReleaseTicket.RejectDetail': [44, 'u32'],
      'Parameters.VerifyAndReleaseTicket.Ticket': [48, 'u64'],
      'Parameters.IdentifyAndReleaseTicket.Identity': [40, 'WINBIO_IDENTITY'],
      'Parameters.IdentifyAndReleaseTicket.SubFactor': [116, 'u8'],
      'Parameters.IdentifyAndReleaseTicket.RejectDetail': [120, 'u32'],
      'Parameters.IdentifyAndReleaseTicket.Ticket': [128, 'u64'],
      'Parameters.EnrollSelect.SelectorValue': [40, 'u64'],
      'Parameters.MonitorPresence.ChangeType': [40, 'u32'],
      'Parameters.MonitorPresence.PresenceCount': [48, 'size'],
      'Parameters.MonitorPresence.PresenceArray': [56, 'pointer'],
      'Parameters.GetProtectionPolicy.Identity': [40, 'WINBIO_IDENTITY'],
      'Parameters.GetProtectionPolicy.Policy': [120, 'WINBIO_PROTECTION_POLICY'],
      'Parameters.NotifyUnitStatusChange.ExtendedStatus.Availability': [40, 'u32'],
      'Parameters.NotifyUnitStatusChange.ExtendedStatus.ReasonCode': [44, 'u32'],
    },
  },
} as const satisfies Record<string, Layout>;

/** Name of a structure. */
export type StructureName = keyof typeof LAYOUTS;

/** Name of a field of a structure. */
export type FieldName<S extends StructureName> = keyof (typeof LAYOUTS)[S]['fields'] & string;
