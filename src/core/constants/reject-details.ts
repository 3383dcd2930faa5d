/** Why a sample could not be used. Those of faces and irises are a reason plus position bits. WBF: constants 13. */

/** The finger was too high. */
export const WINBIO_FP_TOO_HIGH = 1;
/** The finger was too low. */
export const WINBIO_FP_TOO_LOW = 2;
/** The finger was too far left. */
export const WINBIO_FP_TOO_LEFT = 3;
/** The finger was too far right. */
export const WINBIO_FP_TOO_RIGHT = 4;
/** The finger moved too fast. */
export const WINBIO_FP_TOO_FAST = 5;
/** The finger moved too slowly. */
export const WINBIO_FP_TOO_SLOW = 6;
/** The quality of the print was poor. */
export const WINBIO_FP_POOR_QUALITY = 7;
/** The finger was not straight. */
export const WINBIO_FP_TOO_SKEWED = 8;
/** Too little of the finger was seen. */
export const WINBIO_FP_TOO_SHORT = 9;
/** The samples could not be combined. */
export const WINBIO_FP_MERGE_FAILURE = 10;

// Masks
/** Bits of the reason. */
export const WINBIO_REJECT_DETAIL_REASON_MASK = 0x0000ffff;
/** Bits of the position. */
export const WINBIO_REJECT_DETAIL_POSITION_MASK = 0x00ff0000;
/** Bits of what the person should do to prove to be live. */
export const WINBIO_REJECT_DETAIL_ANTI_SPOOF_MASK = 0xff000000;

// Faces
/** The quality of the face image was poor. */
export const WINBIO_FACE_POOR_QUALITY = 1;
/** The face was too bright. */
export const WINBIO_FACE_TOO_BRIGHT = 2;
/** The face was too dark. */
export const WINBIO_FACE_TOO_DARK = 3;
/** The face is a presentation attack. */
export const WINBIO_FACE_SPOOF_DETECTED = 4;
/** There was more than one face. */
export const WINBIO_FACE_AMBIGUOUS_TARGET = 5;
/** The eyes were covered. */
export const WINBIO_FACE_EYES_OCCLUDED = 6;
/** The device was held the wrong way. */
export const WINBIO_FACE_WRONG_ORIENTATION = 7;
/** Other name of {@link WINBIO_FACE_EYES_OCCLUDED}. */
export const WINBIO_FACE_OCCLUDED = 6;

// Irises
/** The quality of the iris image was poor. */
export const WINBIO_IRIS_POOR_QUALITY = 1;
/** The iris was too bright. */
export const WINBIO_IRIS_TOO_BRIGHT = 2;
/** The iris was too dark. */
export const WINBIO_IRIS_TOO_DARK = 3;
/** The iris is a presentation attack. */
export const WINBIO_IRIS_SPOOF_DETECTED = 4;
/** The eye was not straight. */
export const WINBIO_IRIS_TOO_SKEWED = 5;
/** The eye was not open enough. */
export const WINBIO_IRIS_TOO_CLOSED = 6;
/** There was glare on the eye. */
export const WINBIO_IRIS_GLARE = 7;
/** The lens is dirty. */
export const WINBIO_IRIS_DIRTY_LENS = 8;
/** The image was out of focus. */
export const WINBIO_IRIS_POOR_FOCUS = 9;
/** The device was held the wrong way. */
export const WINBIO_IRIS_WRONG_ORIENTATION = 10;

// Positions, as bits
/** The face was too high. */
export const WINBIO_FACE_TOO_HIGH = 0x00010000;
/** The face was too low. */
export const WINBIO_FACE_TOO_LOW = 0x00020000;
/** The face was too far left. */
export const WINBIO_FACE_TOO_LEFT = 0x00040000;
/** The face was too far right. */
export const WINBIO_FACE_TOO_RIGHT = 0x00080000;
/** The face was too near. */
export const WINBIO_FACE_TOO_NEAR = 0x00100000;
/** The face was too far away. */
export const WINBIO_FACE_TOO_FAR = 0x00200000;
/** The eye was too high. */
export const WINBIO_IRIS_TOO_HIGH = 0x00010000;
/** The eye was too low. */
export const WINBIO_IRIS_TOO_LOW = 0x00020000;
/** The eye was too far left. */
export const WINBIO_IRIS_TOO_LEFT = 0x00040000;
/** The eye was too far right. */
export const WINBIO_IRIS_TOO_RIGHT = 0x00080000;
/** The eye was too near. */
export const WINBIO_IRIS_TOO_NEAR = 0x00100000;
/** The eye was too far away. */
export const WINBIO_IRIS_TOO_FAR = 0x00200000;
/** The person should turn the head from side to side. */
export const WINBIO_ANTI_SPOOF_TURN_SIDE_TO_SIDE = 0x01000000;

// Voices
/** The recording is poor. */
export const WINBIO_VOICE_POOR_QUALITY = 1;
/** Speak faster. */
export const WINBIO_VOICE_TOO_SLOW = 2;
/** Speak slower. */
export const WINBIO_VOICE_TOO_FAST = 3;
/** The keyword was not heard. */
export const WINBIO_VOICE_NO_KEYWORD = 4;
/** The recording could not be processed. */
export const WINBIO_VOICE_PROCESSING_ERROR = 5;
