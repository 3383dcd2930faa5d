/** Sources of settings, and credentials kept for logon. WBF: constants 11. */

/** The setting could not be determined. */
export const WINBIO_SETTING_SOURCE_INVALID = 0;
/** The setting is built in. */
export const WINBIO_SETTING_SOURCE_DEFAULT = 1;
/** The setting comes from Group Policy. */
export const WINBIO_SETTING_SOURCE_POLICY = 2;
/** The setting comes from local configuration. */
export const WINBIO_SETTING_SOURCE_LOCAL = 3;

/** A password. */
export const WINBIO_CREDENTIAL_PASSWORD = 0x00000001;
/** Every credential; accepted by removal only. */
export const WINBIO_CREDENTIAL_ALL = 0xffffffff;
/** Format: plain UTF-16 text with its NUL. */
export const WINBIO_PASSWORD_GENERIC = 1;
/** Format: protected, then packed as an authentication buffer. */
export const WINBIO_PASSWORD_PACKED = 2;
/** Format: protected text. */
export const WINBIO_PASSWORD_PROTECTED = 3;
/** The account has no credential record. */
export const WINBIO_CREDENTIAL_NOT_SET = 1;
/** The account has a credential record. */
export const WINBIO_CREDENTIAL_SET = 2;
