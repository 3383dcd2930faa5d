/**
 * The functions of winbio.h and the types of its callbacks: what each parameter is, in order. The driver and the binding in
 * `native` both go by these tables. Source: the reference of the Windows Biometric Framework API. WBF: operations, sessions.
 */

/** Kinds of parameters, with the type that koffi passes. */
export const PARAMETERS = {
  handle: 'uint32_t',
  u8: 'uint8_t',
  u32: 'uint32_t',
  u64: 'uint64_t',
  /** A BOOL. */
  flag: 'int32_t',
  /** A WINBIO_IDENTITY that is read. */
  identity: 'void *',
  /** One that is passed by value: on Windows, x64 as arm64, the address of a copy. */
  identityValue: 'void *',
  /** Bytes that are read, or filled. `length` is of the parameter before it: bytes, or units. */
  bytes: 'void *',
  units: 'void *',
  length: 'size_t',
  /** A GUID, or a selector in its place. */
  database: 'void *',
  /** How an asynchronous handle notifies: these four, and `completion`, which is last. */
  method: 'uint32_t',
  window: 'void *',
  message: 'uint32_t',
  completion: 'void *',
  userData: 'uintptr_t',
  /** A callback of a function, and what it is handed back. */
  onCapture: 'void *',
  onIdentify: 'void *',
  onVerify: 'void *',
  onLocate: 'void *',
  onEnroll: 'void *',
  onEvent: 'void *',
  context: 'uintptr_t',
  /** What is filled. */
  outHandle: 'void *',
  outU8: 'void *',
  outU32: 'void *',
  outBoolean: 'void *',
  outIdentity: 'void *',
  /** Blocks for WinBioFree. `outSize` is of the parameter before it: bytes, or elements. */
  outBytes: 'void *',
  outUnits: 'void *',
  outDatabases: 'void *',
  outProviders: 'void *',
  outSize: 'void *',
} as const;

/** What a parameter is. */
export type ParameterKind = keyof typeof PARAMETERS;

/** Parameters of each function but WinBioFree, which takes an address. */
export const PROTOTYPES = {
  WinBioOpenSession: ['u32', 'u32', 'u32', 'units', 'length', 'database', 'outHandle'],
  WinBioAsyncOpenSession: [
    'u32',
    'u32',
    'u32',
    'units',
    'length',
    'database',
    'method',
    'window',
    'message',
    'completion',
    'userData',
    'flag',
    'outHandle',
  ],
  WinBioAsyncOpenFramework: ['method', 'window', 'message', 'completion', 'userData', 'flag', 'outHandle'],
  WinBioCloseSession: ['handle'],
  WinBioCloseFramework: ['handle'],
  WinBioCancel: ['handle'],
  WinBioWait: ['handle'],
  WinBioCaptureSample: ['handle', 'u8', 'u8', 'outU32', 'outBytes', 'outSize', 'outU32'],
  WinBioCaptureSampleWithCallback: ['handle', 'u8', 'u8', 'onCapture', 'context'],
  WinBioIdentify: ['handle', 'outU32', 'outIdentity', 'outU8', 'outU32'],
  WinBioIdentifyWithCallback: ['handle', 'onIdentify', 'context'],
  WinBioVerify: ['handle', 'identity', 'u8', 'outU32', 'outBoolean', 'outU32'],
  WinBioVerifyWithCallback: ['handle', 'identity', 'u8', 'onVerify', 'context'],
  WinBioLocateSensor: ['handle', 'outU32'],
  WinBioLocateSensorWithCallback: ['handle', 'onLocate', 'context'],
  WinBioEnrollBegin: ['handle', 'u8', 'u32'],
  WinBioEnrollSelect: ['handle', 'u64'],
  WinBioEnrollCapture: ['handle', 'outU32'],
  WinBioEnrollCaptureWithCallback: ['handle', 'onEnroll', 'context'],
  WinBioEnrollCommit: ['handle', 'outIdentity', 'outBoolean'],
  WinBioEnrollDiscard: ['handle'],
  WinBioEnumEnrollments: ['handle', 'u32', 'identity', 'outBytes', 'outSize'],
  WinBioDeleteTemplate: ['handle', 'u32', 'identity', 'u8'],
  WinBioGetProperty: ['handle', 'u32', 'u32', 'u32', 'identity', 'u8', 'outBytes', 'outSize'],
  WinBioSetProperty: ['handle', 'u32', 'u32', 'u32', 'identity', 'u8', 'bytes', 'length'],
  WinBioLockUnit: ['handle', 'u32'],
  WinBioUnlockUnit: ['handle', 'u32'],
  WinBioControlUnit: ['handle', 'u32', 'u32', 'u32', 'bytes', 'length', 'bytes', 'length', 'outSize', 'outU32'],
  WinBioControlUnitPrivileged: [
    'handle',
    'u32',
    'u32',
    'u32',
    'bytes',
    'length',
    'bytes',
    'length',
    'outSize',
    'outU32',
  ],
  WinBioLogonIdentifiedUser: ['handle'],
  WinBioRegisterEventMonitor: ['handle', 'u32', 'onEvent', 'context'],
  WinBioUnregisterEventMonitor: ['handle'],
  WinBioMonitorPresence: ['handle', 'u32'],
  WinBioAsyncEnumBiometricUnits: ['handle', 'u32'],
  WinBioAsyncEnumDatabases: ['handle', 'u32'],
  WinBioAsyncEnumServiceProviders: ['handle', 'u32'],
  WinBioAsyncMonitorFrameworkChanges: ['handle', 'u32'],
  WinBioEnumBiometricUnits: ['u32', 'outUnits', 'outSize'],
  WinBioEnumDatabases: ['u32', 'outDatabases', 'outSize'],
  WinBioEnumServiceProviders: ['u32', 'outProviders', 'outSize'],
  WinBioAcquireFocus: [],
  WinBioReleaseFocus: [],
  WinBioGetEnabledSetting: ['outBoolean', 'outU32'],
  WinBioGetLogonSetting: ['outBoolean', 'outU32'],
  WinBioGetDomainLogonSetting: ['outBoolean', 'outU32'],
  WinBioGetEnrolledFactors: ['identity', 'outU32'],
  WinBioGetCredentialState: ['identityValue', 'u32', 'outU32'],
  WinBioSetCredential: ['u32', 'bytes', 'length', 'u32'],
  WinBioRemoveCredential: ['identityValue', 'u32'],
  WinBioRemoveAllCredentials: [],
  WinBioRemoveAllDomainCredentials: [],
  WinBioImproveBegin: ['handle', 'u32'],
  WinBioImproveEnd: ['handle'],
  WinBioIsESSCapable: ['outBoolean'],
} as const satisfies Readonly<Record<string, readonly ParameterKind[]>>;

/** Name of a function. */
export type PrototypeName = keyof typeof PROTOTYPES;

/** Functions that the header declares without a return value; they fill both parameters. D-40. */
export const RETURNS_NOTHING: ReadonlySet<PrototypeName> = new Set([
  'WinBioGetEnabledSetting',
  'WinBioGetLogonSetting',
  'WinBioGetDomainLogonSetting',
]);

/** Kinds of arguments of callbacks. `block` is for WinBioFree, and the `size` after it is its own; `event` is a block, too. */
export const ARGUMENTS = {
  context: 'uintptr_t',
  result: 'void *',
  hresult: 'int32_t',
  u8: 'uint8_t',
  u32: 'uint32_t',
  boolean: 'uint8_t',
  /** A WINBIO_IDENTITY that is the library's. */
  identity: 'void *',
  block: 'void *',
  size: 'size_t',
  event: 'void *',
} as const;

/** What an argument of a callback is. */
export type ArgumentKind = keyof typeof ARGUMENTS;

/** Arguments of each callback. WBF: structures 9. */
export const CALLBACKS = {
  completion: ['result'],
  onCapture: ['context', 'hresult', 'u32', 'block', 'size', 'u32'],
  onIdentify: ['context', 'hresult', 'u32', 'identity', 'u8', 'u32'],
  onVerify: ['context', 'hresult', 'u32', 'boolean', 'u32'],
  onLocate: ['context', 'hresult', 'u32'],
  onEnroll: ['context', 'hresult', 'u32'],
  onEvent: ['context', 'hresult', 'event'],
} as const satisfies Partial<Record<ParameterKind, readonly ArgumentKind[]>>;

/** Name of a callback: the kind of the parameter that takes it. */
export type CallbackName = keyof typeof CALLBACKS;
