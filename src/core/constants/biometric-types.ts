/** Biometric factors, as bits of a mask. WBF: constants 5. */

/** No factor given. */
export const WINBIO_NO_TYPE_AVAILABLE = 0x00000000;
/** Several factors in one sample. */
export const WINBIO_TYPE_MULTIPLE = 0x00000001;
/** Face. */
export const WINBIO_TYPE_FACIAL_FEATURES = 0x00000002;
/** Voice. */
export const WINBIO_TYPE_VOICE = 0x00000004;
/** Fingerprint. */
export const WINBIO_TYPE_FINGERPRINT = 0x00000008;
/** Iris. */
export const WINBIO_TYPE_IRIS = 0x00000010;
/** Retina. */
export const WINBIO_TYPE_RETINA = 0x00000020;
/** Hand geometry. */
export const WINBIO_TYPE_HAND_GEOMETRY = 0x00000040;
/** Signature dynamics. */
export const WINBIO_TYPE_SIGNATURE_DYNAMICS = 0x00000080;
/** Keystroke dynamics. */
export const WINBIO_TYPE_KEYSTROKE_DYNAMICS = 0x00000100;
/** Lip movement. */
export const WINBIO_TYPE_LIP_MOVEMENT = 0x00000200;
/** Thermal image of a face. */
export const WINBIO_TYPE_THERMAL_FACE_IMAGE = 0x00000400;
/** Thermal image of a hand. */
export const WINBIO_TYPE_THERMAL_HAND_IMAGE = 0x00000800;
/** Gait. */
export const WINBIO_TYPE_GAIT = 0x00001000;
/** Scent. */
export const WINBIO_TYPE_SCENT = 0x00002000;
/** DNA. */
export const WINBIO_TYPE_DNA = 0x00004000;
/** Shape of an ear. */
export const WINBIO_TYPE_EAR_SHAPE = 0x00008000;
/** Finger geometry. */
export const WINBIO_TYPE_FINGER_GEOMETRY = 0x00010000;
/** Palm print. */
export const WINBIO_TYPE_PALM_PRINT = 0x00020000;
/** Vein pattern. */
export const WINBIO_TYPE_VEIN_PATTERN = 0x00040000;
/** Footprint. */
export const WINBIO_TYPE_FOOT_PRINT = 0x00080000;
/** A factor the table does not list. */
export const WINBIO_TYPE_OTHER = 0x40000000;
/** A password, where one is handled like a factor. */
export const WINBIO_TYPE_PASSWORD = 0x80000000;
/** Bits of all factors that are listed. */
export const WINBIO_STANDARD_TYPE_MASK = 0x00ffffff;
/** Every factor; bits outside it are invalid (D-05). */
export const WINBIO_TYPE_ANY = 0xc0ffffff;
