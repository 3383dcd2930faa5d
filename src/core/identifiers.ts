/** Branded identifiers, so that two numbers or two texts cannot be swapped. */

/** Number of a biometric unit; non-zero, never reused while the service runs. */
export type UnitId = number & { readonly __brand?: 'UnitId' };

/** Number of an open session; non-zero, not reused. Sessions and framework connections share one number space. */
export type SessionHandle = number & { readonly __brand?: 'SessionHandle' };

/** Number of an open framework connection. */
export type FrameworkHandle = number & { readonly __brand?: 'FrameworkHandle' };

/** GUID of a template database, upper case without braces. */
export type DatabaseId = string & { readonly __brand?: 'DatabaseId' };

/** Which finger, or other part of the body: a `WINBIO_SUBTYPE_*` or `WINBIO_ANSI_381_POS_*` value, 0..255. */
export type SubFactor = number & { readonly __brand?: 'SubFactor' };

/** A `WINBIO_TYPE_*` mask. */
export type BiometricFactor = number & { readonly __brand?: 'BiometricFactor' };

/** Why a sample was rejected: `WINBIO_FP_*` for fingerprints; 0 when it was not. */
export type RejectDetail = number & { readonly __brand?: 'RejectDetail' };

/** Number of a stored record within one database. */
export type RecordId = number & { readonly __brand?: 'RecordId' };
