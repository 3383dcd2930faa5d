/** Sizes and numbers of Windows that the interface names. WBF: constants 2. */

/** Most bytes of a SID: 15 sub-authorities. */
export const SECURITY_MAX_SID_SIZE = 68;
/** UTF-16 units of a string field, its final NUL included. */
export const WINBIO_MAX_STRING_LEN = 256;
/** Most bytes of a captured sample. */
export const WINBIO_MAX_SAMPLE_BUFFER_SIZE = 0x7fffffff;
/** Most bytes `WinBioSetProperty` accepts. */
export const WINBIO_MAX_SET_PROPERTY_BUFFER_SIZE = 0x1000;
/** Most bytes of a private sensor-type description. */
export const WINBIO_MAX_PRIVATE_SENSOR_TYPE_INFO_BUFFER_SIZE = 0x1000;
/** Number stored in a wildcard identity; readers look at the type alone (D-32). */
export const WINBIO_IDENTITY_WILDCARD = 0x25066282;
/** Bytes of a secure identity. */
export const WINBIO_IDENTITY_SECURE_ID_SIZE = 32;
/** 32-bit words of opaque engine data. */
export const WINBIO_OPAQUE_ENGINE_DATA_ITEM_COUNT = 78;
/** Each block of a BIR starts at a multiple of this many bytes. */
export const WINBIO_BIR_ALIGN_SIZE = 8;
/** Device interface class of biometric readers. */
export const GUID_DEVINTERFACE_BIOMETRIC_READER = 'E2B5183A-99EA-4CC3-AD6B-80CA8D715B80';
/** First message code a program may choose; the last is 0xBFFF. */
export const WM_APP = 0x8000;
/** All top-level windows; never accepted as the target of notices. */
export const HWND_BROADCAST = 0xffff;
/** `WINBIO_BIR_ALIGN_SIZE`, as the header also spells it. */
export const WINBIO_BIR_ALGIN_SIZE = 8;
/** Facility of the codes `WINBIO_E_*` and `WINBIO_I_*`: bits 16 to 26. */
export const FACILITY_WINBIO = 9;
/** No facility. */
export const FACILITY_NONE = 0;
