/** Properties of units and accounts, their ids and values. WBF: constants 10. */

/** Of a session; none is defined. */
export const WINBIO_PROPERTY_TYPE_SESSION = 1;
/** Of a unit. */
export const WINBIO_PROPERTY_TYPE_UNIT = 2;
/** Of a template; none is defined. */
export const WINBIO_PROPERTY_TYPE_TEMPLATE = 3;
/** Of an account. */
export const WINBIO_PROPERTY_TYPE_ACCOUNT = 4;

// Ids: of a unit 1 to 9, of an account 1
/** Of a unit: estimate of the most good samples a template needs, 32 bits. */
export const WINBIO_PROPERTY_SAMPLE_HINT = 1;
/** Of a unit: what its sensor can do, 36 bytes. */
export const WINBIO_PROPERTY_EXTENDED_SENSOR_INFO = 2;
/** Of a unit: what its engine can do and needs to enroll, 36 bytes. */
export const WINBIO_PROPERTY_EXTENDED_ENGINE_INFO = 3;
/** Of a unit: what its storage can do, 12 bytes. */
export const WINBIO_PROPERTY_EXTENDED_STORAGE_INFO = 4;
/** Of a unit: how far its enrollment is, 72 bytes. */
export const WINBIO_PROPERTY_EXTENDED_ENROLLMENT_STATUS = 5;
/** Of a unit: status of its sensor and the reason, 8 bytes. */
export const WINBIO_PROPERTY_EXTENDED_UNIT_STATUS = 6;
/** Of a unit: 0 ordinary, 1 isolated; 32 bits. */
export const WINBIO_PROPERTY_UNIT_SECURITY_LEVEL = 7;
/** Of the machine (unit 0): whether a reader is attached and how its unit was made, 8 bytes. */
export const WINBIO_PROPERTY_FP_BU_STATE = 8;
/** Of a unit: whether it is improving a template, 32 bits. */
export const WINBIO_PROPERTY_FP_IS_IMPROVING = 9;
/** Of an account: whether presentation attacks are looked for, 8 bytes. */
export const WINBIO_PROPERTY_ANTI_SPOOF_POLICY = 1;

// Anti-spoof policy: action and source
/** Presentation attacks are not looked for. */
export const WINBIO_ANTI_SPOOF_DISABLE = 0;
/** Presentation attacks are looked for. */
export const WINBIO_ANTI_SPOOF_ENABLE = 1;
/** Drops the setting of the account, so that the default applies again. */
export const WINBIO_ANTI_SPOOF_REMOVE = 2;
/** Source of the policy not known. */
export const WINBIO_POLICY_UNKNOWN = 0;
/** The policy is the default of the system. */
export const WINBIO_POLICY_DEFAULT = 1;
/** The account has set the policy; it overrides the default. */
export const WINBIO_POLICY_LOCAL = 2;
/** An administrator has set the policy; the account cannot override it. */
export const WINBIO_POLICY_ADMIN = 3;

// Security level of a unit
/** Samples pass through an ordinary process. */
export const WINBIO_UNIT_SECURITY_LEVEL_NORMAL = 0;
/** Samples stay in an isolated process; no unit here is. */
export const WINBIO_UNIT_SECURITY_LEVEL_VBS = 1;
