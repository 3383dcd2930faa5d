/** Operation types: which call a notice answers (`WINBIO_ASYNC_RESULT.Operation`). WBF: constants 9. */

/** Notice of a cancel, of a logon, or of the end of a monitor (D-02, D-03). */
export const WINBIO_OPERATION_NONE = 0;
/** Notice of `WinBioAsyncOpenSession`, when it opens in the background. */
export const WINBIO_OPERATION_OPEN = 1;
/** Notice of `WinBioCloseSession`. */
export const WINBIO_OPERATION_CLOSE = 2;
/** Notice of `WinBioVerify`. */
export const WINBIO_OPERATION_VERIFY = 3;
/** Notice of `WinBioIdentify`. */
export const WINBIO_OPERATION_IDENTIFY = 4;
/** Notice of `WinBioLocateSensor`. */
export const WINBIO_OPERATION_LOCATE_SENSOR = 5;
/** Notice of `WinBioEnrollBegin`. */
export const WINBIO_OPERATION_ENROLL_BEGIN = 6;
/** Notice of `WinBioEnrollCapture`. */
export const WINBIO_OPERATION_ENROLL_CAPTURE = 7;
/** Notice of `WinBioEnrollCommit`. */
export const WINBIO_OPERATION_ENROLL_COMMIT = 8;
/** Notice of `WinBioEnrollDiscard`. */
export const WINBIO_OPERATION_ENROLL_DISCARD = 9;
/** Notice of `WinBioEnumEnrollments`. */
export const WINBIO_OPERATION_ENUM_ENROLLMENTS = 10;
/** Notice of `WinBioDeleteTemplate`. */
export const WINBIO_OPERATION_DELETE_TEMPLATE = 11;
/** Notice of `WinBioCaptureSample`. */
export const WINBIO_OPERATION_CAPTURE_SAMPLE = 12;
/** Notice of `WinBioGetProperty`. */
export const WINBIO_OPERATION_GET_PROPERTY = 13;
/** Notice of `WinBioSetProperty`. */
export const WINBIO_OPERATION_SET_PROPERTY = 14;
/** Event of `WinBioRegisterEventMonitor` on an asynchronous session (D-04). */
export const WINBIO_OPERATION_GET_EVENT = 15;
/** Notice of `WinBioLockUnit`. */
export const WINBIO_OPERATION_LOCK_UNIT = 16;
/** Notice of `WinBioUnlockUnit`. */
export const WINBIO_OPERATION_UNLOCK_UNIT = 17;
/** Notice of `WinBioControlUnit`. */
export const WINBIO_OPERATION_CONTROL_UNIT = 18;
/** Notice of `WinBioControlUnitPrivileged`. */
export const WINBIO_OPERATION_CONTROL_UNIT_PRIVILEGED = 19;
/** Notice of `WinBioAsyncOpenFramework`, when it opens in the background. */
export const WINBIO_OPERATION_OPEN_FRAMEWORK = 20;
/** Notice of `WinBioCloseFramework`. */
export const WINBIO_OPERATION_CLOSE_FRAMEWORK = 21;
/** Notice of `WinBioAsyncEnumServiceProviders`. */
export const WINBIO_OPERATION_ENUM_SERVICE_PROVIDERS = 22;
/** Notice of `WinBioAsyncEnumBiometricUnits`. */
export const WINBIO_OPERATION_ENUM_BIOMETRIC_UNITS = 23;
/** Notice of `WinBioAsyncEnumDatabases`. */
export const WINBIO_OPERATION_ENUM_DATABASES = 24;
/** A unit was attached: `WinBioAsyncMonitorFrameworkChanges`. */
export const WINBIO_OPERATION_UNIT_ARRIVAL = 25;
/** A unit was detached: `WinBioAsyncMonitorFrameworkChanges`. */
export const WINBIO_OPERATION_UNIT_REMOVAL = 26;
/** Reserved. */
export const WINBIO_OPERATION_IDENTIFY_AND_RELEASE_TICKET = 27;
/** Reserved. */
export const WINBIO_OPERATION_VERIFY_AND_RELEASE_TICKET = 28;
/** Change reported by `WinBioMonitorPresence`. */
export const WINBIO_OPERATION_MONITOR_PRESENCE = 29;
/** Notice of `WinBioEnrollSelect`. */
export const WINBIO_OPERATION_ENROLL_SELECT = 30;
/** Reserved. */
export const WINBIO_OPERATION_ENROLL_AUTHORIZE = 31;
/** Reserved. */
export const WINBIO_OPERATION_ENROLL_REVOKE = 32;
/** Reserved. */
export const WINBIO_OPERATION_GET_PROTECTION_POLICY = 33;
/** The status of a unit changed: `WinBioAsyncMonitorFrameworkChanges`. */
export const WINBIO_OPERATION_NOTIFY_UNIT_STATUS_CHANGE = 34;
/** Reserved. */
export const WINBIO_OPERATION_IMPROVE_BEGIN = 35;
/** Reserved. */
export const WINBIO_OPERATION_IMPROVE_END = 36;
