/** The scalar types of winbio_types.h. All but two are numbers: 32 bits, unsigned, unless said otherwise. WBF: constants 1. */

/** A session; 0 is none. */
export type WINBIO_SESSION_HANDLE = number;

/** A framework connection; 0 is none. `WinBioCancel` takes either handle. */
export type WINBIO_FRAMEWORK_HANDLE = WINBIO_SESSION_HANDLE;

/** A unit; 0 is none. */
export type WINBIO_UNIT_ID = number;

/** A GUID as text, such as `E2B5183A-99EA-4CC3-AD6B-80CA8D715B80`. */
export type WINBIO_UUID = string;

/** Text of at most 255 UTF-16 units. */
export type WINBIO_STRING = string;

/** `WINBIO_ID_TYPE_*`. */
export type WINBIO_IDENTITY_TYPE = number;

/** `WINBIO_TYPE_*`, as bits of a mask. */
export type WINBIO_BIOMETRIC_TYPE = number;

/** Which finger or eye: `WINBIO_SUBTYPE_*`, `WINBIO_ANSI_381_POS_*` and their like, 8 bits. */
export type WINBIO_BIOMETRIC_SUBTYPE = number;

/** `WINBIO_FP_SENSOR_SUBTYPE_*`. */
export type WINBIO_BIOMETRIC_SENSOR_SUBTYPE = number;

/** Mask of `WINBIO_CAPABILITY_*`, or of `WINBIO_ENG_CAP_*`. */
export type WINBIO_CAPABILITIES = number;

/** `WINBIO_WAKE_REASON_*`. */
export type WINBIO_WAKE_REASON = number;

/** `WINBIO_SENSOR_ACCEPT` to `WINBIO_SENSOR_UNAVAILABLE`. */
export type WINBIO_SENSOR_STATUS = number;

/** `WINBIO_SENSOR_*_MODE`. */
export type WINBIO_SENSOR_MODE = number;

/** `WINBIO_INDICATOR_*`. */
export type WINBIO_INDICATOR_STATUS = number;

/** `WINBIO_UNIT_SECURITY_LEVEL_*`. */
export type WINBIO_UNIT_SECURITY_LEVEL = number;

/** Why a sample was rejected: `WINBIO_FP_*` and their like; 0 when it was not. */
export type WINBIO_REJECT_DETAIL = number;

/** Version of a header, 8 bits: major in the high half, minor in the low. */
export type WINBIO_BIR_VERSION = number;

/** Mask of `WINBIO_DATA_FLAG_*`, 8 bits. */
export type WINBIO_BIR_DATA_FLAGS = number;

/** Mask of `WINBIO_PURPOSE_*`, 8 bits. */
export type WINBIO_BIR_PURPOSE = number;

/** 0 to 100, or `WINBIO_DATA_QUALITY_*`. */
export type WINBIO_BIR_QUALITY = number;

/** `WINBIO_POOL_*`. */
export type WINBIO_POOL_TYPE = number;

/** Mask of `WINBIO_FLAG_*`. */
export type WINBIO_SESSION_FLAGS = number;

/** `WINBIO_COMPONENT_*`. */
export type WINBIO_COMPONENT = number;

/** `WINBIO_EVENT_*`: a mask where it is asked for, a value where it is reported. */
export type WINBIO_EVENT_TYPE = number;

/** Reserved, 64 bits. */
export type WINBIO_PROTECTION_TICKET = bigint;

/** `WINBIO_PRESENCE_CHANGE_TYPE_*`. */
export type WINBIO_PRESENCE_CHANGE = number;

/** Mask of `WINBIO_FRAMEWORK_CHANGE_*`. */
export type WINBIO_FRAMEWORK_CHANGE_TYPE = number;

/** `WINBIO_OPERATION_*`. */
export type WINBIO_OPERATION_TYPE = number;

/** `WINBIO_PROPERTY_TYPE_*`. */
export type WINBIO_PROPERTY_TYPE = number;

/** `WINBIO_PROPERTY_*`, within its type. */
export type WINBIO_PROPERTY_ID = number;

/** `WINBIO_ORIENTATION_*`. */
export type WINBIO_ORIENTATION = number;

/** `WINBIO_ANTI_SPOOF_DISABLE`, `_ENABLE` or `_REMOVE`. */
export type WINBIO_ANTI_SPOOF_POLICY_ACTION = number;

/** `WINBIO_POLICY_*`. */
export type WINBIO_POLICY_SOURCE = number;

/** `WINBIO_CREDENTIAL_PASSWORD` or `WINBIO_CREDENTIAL_ALL`. */
export type WINBIO_CREDENTIAL_TYPE = number;

/** `WINBIO_PASSWORD_*`. */
export type WINBIO_CREDENTIAL_FORMAT = number;

/** `WINBIO_CREDENTIAL_SET` or `WINBIO_CREDENTIAL_NOT_SET`. */
export type WINBIO_CREDENTIAL_STATE = number;

/** `WINBIO_SETTING_SOURCE_*`. */
export type WINBIO_SETTING_SOURCE_TYPE = number;

/** `WINBIO_ASYNC_NOTIFY_*`. */
export type WINBIO_ASYNC_NOTIFICATION_METHOD = number;

/** `WINBIO_MATCH_*`. */
export type WINBIO_MATCH_TYPE = number;
