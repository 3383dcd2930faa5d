/** Sub-factors: which finger, palm, face, utterance or eye. WBF: constants 6. */

/** No sub-factor given. */
export const WINBIO_SUBTYPE_NO_INFORMATION = 0;
/** Any sub-factor of the identity. */
export const WINBIO_SUBTYPE_ANY = 0xff;

// Fingers and palms: ANSI INCITS 381
/** Finger not known. */
export const WINBIO_ANSI_381_POS_UNKNOWN = 0;
/** Right thumb. */
export const WINBIO_ANSI_381_POS_RH_THUMB = 1;
/** Right index finger. */
export const WINBIO_ANSI_381_POS_RH_INDEX_FINGER = 2;
/** Right middle finger. */
export const WINBIO_ANSI_381_POS_RH_MIDDLE_FINGER = 3;
/** Right ring finger. */
export const WINBIO_ANSI_381_POS_RH_RING_FINGER = 4;
/** Right little finger. */
export const WINBIO_ANSI_381_POS_RH_LITTLE_FINGER = 5;
/** Left thumb. */
export const WINBIO_ANSI_381_POS_LH_THUMB = 6;
/** Left index finger. */
export const WINBIO_ANSI_381_POS_LH_INDEX_FINGER = 7;
/** Left middle finger. */
export const WINBIO_ANSI_381_POS_LH_MIDDLE_FINGER = 8;
/** Left ring finger. */
export const WINBIO_ANSI_381_POS_LH_RING_FINGER = 9;
/** Left little finger. */
export const WINBIO_ANSI_381_POS_LH_LITTLE_FINGER = 10;
/** The four fingers of the right hand together. */
export const WINBIO_ANSI_381_POS_RH_FOUR_FINGERS = 13;
/** The four fingers of the left hand together. */
export const WINBIO_ANSI_381_POS_LH_FOUR_FINGERS = 14;
/** Both thumbs together. */
export const WINBIO_ANSI_381_POS_TWO_THUMBS = 15;
/** Finger 1 of ten enrolled without a position. */
export const WINBIO_FINGER_UNSPECIFIED_POS_01 = 0xf5;
/** Finger 2 of ten enrolled without a position. */
export const WINBIO_FINGER_UNSPECIFIED_POS_02 = 0xf6;
/** Finger 3 of ten enrolled without a position. */
export const WINBIO_FINGER_UNSPECIFIED_POS_03 = 0xf7;
/** Finger 4 of ten enrolled without a position. */
export const WINBIO_FINGER_UNSPECIFIED_POS_04 = 0xf8;
/** Finger 5 of ten enrolled without a position. */
export const WINBIO_FINGER_UNSPECIFIED_POS_05 = 0xf9;
/** Finger 6 of ten enrolled without a position. */
export const WINBIO_FINGER_UNSPECIFIED_POS_06 = 0xfa;
/** Finger 7 of ten enrolled without a position. */
export const WINBIO_FINGER_UNSPECIFIED_POS_07 = 0xfb;
/** Finger 8 of ten enrolled without a position. */
export const WINBIO_FINGER_UNSPECIFIED_POS_08 = 0xfc;
/** Finger 9 of ten enrolled without a position. */
export const WINBIO_FINGER_UNSPECIFIED_POS_09 = 0xfd;
/** Finger 10 of ten enrolled without a position. */
export const WINBIO_FINGER_UNSPECIFIED_POS_10 = 0xfe;
/** Palm not known. */
export const WINBIO_ANSI_381_POS_UNKNOWN_PALM = 20;
/** Full right palm. */
export const WINBIO_ANSI_381_POS_RH_FULL_PALM = 21;
/** Writer's palm of the right hand. */
export const WINBIO_ANSI_381_POS_RH_WRITERS_PALM = 22;
/** Full left palm. */
export const WINBIO_ANSI_381_POS_LH_FULL_PALM = 23;
/** Writer's palm of the left hand. */
export const WINBIO_ANSI_381_POS_LH_WRITERS_PALM = 24;
/** Lower right palm. */
export const WINBIO_ANSI_381_POS_RH_LOWER_PALM = 25;
/** Upper right palm. */
export const WINBIO_ANSI_381_POS_RH_UPPER_PALM = 26;
/** Lower left palm. */
export const WINBIO_ANSI_381_POS_LH_LOWER_PALM = 27;
/** Upper left palm. */
export const WINBIO_ANSI_381_POS_LH_UPPER_PALM = 28;
/** Another part of the right hand. */
export const WINBIO_ANSI_381_POS_RH_OTHER = 29;
/** Another part of the left hand. */
export const WINBIO_ANSI_381_POS_LH_OTHER = 30;
/** Interdigital area of the right hand. */
export const WINBIO_ANSI_381_POS_RH_INTERDIGITAL = 31;
/** Thenar area of the right hand. */
export const WINBIO_ANSI_381_POS_RH_THENAR = 32;
/** Hypothenar area of the right hand. */
export const WINBIO_ANSI_381_POS_RH_HYPOTHENAR = 33;
/** Interdigital area of the left hand. */
export const WINBIO_ANSI_381_POS_LH_INTERDIGITAL = 34;
/** Thenar area of the left hand. */
export const WINBIO_ANSI_381_POS_LH_THENAR = 35;
/** Hypothenar area of the left hand. */
export const WINBIO_ANSI_381_POS_LH_HYPOTHENAR = 36;

// Faces (ANSI INCITS 385), voices, irises
/** Kind of face image not known. */
export const WINBIO_ANSI_385_FACE_TYPE_UNKNOWN = 0;
/** Full frontal face. */
export const WINBIO_ANSI_385_FACE_FRONTAL_FULL = 1;
/** Token frontal face. */
export const WINBIO_ANSI_385_FACE_FRONTAL_TOKEN = 2;
/** Utterance not known. */
export const WINBIO_VOICE_TYPE_UNKNOWN = 0;
/** First number of an utterance. */
export const WINBIO_VOICE_MIN_UTTERANCE = 1;
/** Last number of an utterance. */
export const WINBIO_VOICE_MAX_UTTERANCE = 32;
/** Eye not known. */
export const WINBIO_IRIS_TYPE_UNKNOWN = 0;
/** Left eye. */
export const WINBIO_IRIS_LEFT_EYE = 0xf5;
/** Right eye. */
export const WINBIO_IRIS_RIGHT_EYE = 0xf6;
/** First eye, side not given. */
export const WINBIO_IRIS_UNSPECIFIED_POS_01 = 0xf7;
/** Second eye, side not given. */
export const WINBIO_IRIS_UNSPECIFIED_POS_02 = 0xf8;
/** Both eyes. */
export const WINBIO_IRIS_BOTH_EYES = 0xf9;
/** Either eye. */
export const WINBIO_IRIS_EITHER_EYE = 0xfa;
