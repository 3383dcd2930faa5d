/** Biometric information records (BIR) and ANSI INCITS 381 images. WBF: constants 12. */

// ValidFields, as bits
/** Number of sub-headers; never valid. */
export const WINBIO_BIR_FIELD_SUBHEAD_COUNT = 0x0001;
/** The product id is valid. */
export const WINBIO_BIR_FIELD_PRODUCT_ID = 0x0002;
/** Patron id; never valid. */
export const WINBIO_BIR_FIELD_PATRON_ID = 0x0004;
/** Index; never valid. */
export const WINBIO_BIR_FIELD_INDEX = 0x0008;
/** The creation date is valid. */
export const WINBIO_BIR_FIELD_CREATION_DATE = 0x0010;
/** The validity period is valid. */
export const WINBIO_BIR_FIELD_VALIDITY_PERIOD = 0x0020;
/** The factor is valid. */
export const WINBIO_BIR_FIELD_BIOMETRIC_TYPE = 0x0040;
/** The sub-factor is valid. */
export const WINBIO_BIR_FIELD_BIOMETRIC_SUBTYPE = 0x0080;
/** The header version is valid. */
export const WINBIO_BIR_FIELD_CBEFF_HEADER_VERSION = 0x0100;
/** The patron header version is valid. */
export const WINBIO_BIR_FIELD_PATRON_HEADER_VERSION = 0x0200;
/** The purpose is valid. */
export const WINBIO_BIR_FIELD_BIOMETRIC_PURPOSE = 0x0400;
/** Condition; not used. */
export const WINBIO_BIR_FIELD_BIOMETRIC_CONDITION = 0x0800;
/** The quality is valid. */
export const WINBIO_BIR_FIELD_QUALITY = 0x1000;
/** Creator; not used. */
export const WINBIO_BIR_FIELD_CREATOR = 0x2000;
/** Challenge; never valid. */
export const WINBIO_BIR_FIELD_CHALLENGE = 0x4000;
/** Payload; never valid. */
export const WINBIO_BIR_FIELD_PAYLOAD = 0x8000;
/** Bits that must be clear: a header with one of them is malformed. */
export const WINBIO_BIR_FIELD_NEVER_VALID = 0xc00d;

// Data flags, as bits: RAW, INTERMEDIATE and PROCESSED exclude each other
/** The sample is signed, or carries a message authentication code. */
export const WINBIO_DATA_FLAG_INTEGRITY = 0x01;
/** The sample is encrypted. */
export const WINBIO_DATA_FLAG_PRIVACY = 0x02;
/** With INTEGRITY: signed. INTEGRITY alone: a message authentication code. */
export const WINBIO_DATA_FLAG_SIGNED = 0x04;
/** Always set in a header. */
export const WINBIO_DATA_FLAG_OPTION_MASK_PRESENT = 0x08;
/** The sample is as it was captured. */
export const WINBIO_DATA_FLAG_RAW = 0x20;
/** The sample is cleaned and filtered. */
export const WINBIO_DATA_FLAG_INTERMEDIATE = 0x40;
/** The sample is ready for its purpose. */
export const WINBIO_DATA_FLAG_PROCESSED = 0x80;

// Purposes, as bits
/** No purpose given. */
export const WINBIO_NO_PURPOSE_AVAILABLE = 0x00;
/** For verification. */
export const WINBIO_PURPOSE_VERIFY = 0x01;
/** For identification. */
export const WINBIO_PURPOSE_IDENTIFY = 0x02;
/** For enrollment. */
export const WINBIO_PURPOSE_ENROLL = 0x04;
/** For enrollment, to be verified later. */
export const WINBIO_PURPOSE_ENROLL_FOR_VERIFICATION = 0x08;
/** For enrollment, to be identified later. */
export const WINBIO_PURPOSE_ENROLL_FOR_IDENTIFICATION = 0x10;
/** For audit; ignored on input. */
export const WINBIO_PURPOSE_AUDIT = 0x80;

// Quality and versions
/** The quality was not set; otherwise it is 0 to 100. */
export const WINBIO_DATA_QUALITY_NOT_SET = -1;
/** The unit does not measure quality. */
export const WINBIO_DATA_QUALITY_NOT_SUPPORTED = -2;
/** Version of the header: 1.1. */
export const WINBIO_CBEFF_HEADER_VERSION = 0x11;
/** Version of the patron header: 1.1. */
export const WINBIO_PATRON_HEADER_VERSION = 0x11;

// Formats of the standard data block
/** Registered owner of the ANSI INCITS 381 format. */
export const WINBIO_ANSI_381_FORMAT_OWNER = 0x001b;
/** Registered type of the ANSI INCITS 381 format. */
export const WINBIO_ANSI_381_FORMAT_TYPE = 0x0401;
/** No standard data block, so no owner. */
export const WINBIO_NO_FORMAT_OWNER_AVAILABLE = 0;
/** No standard data block, so no type. */
export const WINBIO_NO_FORMAT_TYPE_AVAILABLE = 0;

// ANSI INCITS 381
/** Resolutions count pixels per inch. */
export const WINBIO_ANSI_381_PIXELS_PER_INCH = 1;
/** Resolutions count pixels per centimetre. */
export const WINBIO_ANSI_381_PIXELS_PER_CM = 2;
/** Image acquisition level 10. */
export const WINBIO_ANSI_381_IMG_ACQ_LEVEL_10 = 10;
/** Image acquisition level 20. */
export const WINBIO_ANSI_381_IMG_ACQ_LEVEL_20 = 20;
/** Image acquisition level 30. */
export const WINBIO_ANSI_381_IMG_ACQ_LEVEL_30 = 30;
/** Image acquisition level 31. */
export const WINBIO_ANSI_381_IMG_ACQ_LEVEL_31 = 31;
/** Image acquisition level 40. */
export const WINBIO_ANSI_381_IMG_ACQ_LEVEL_40 = 40;
/** Image acquisition level 41. */
export const WINBIO_ANSI_381_IMG_ACQ_LEVEL_41 = 41;
/** Pixels, uncompressed. */
export const WINBIO_ANSI_381_IMG_UNCOMPRESSED = 0;
/** Pixels packed to their depth in bits. */
export const WINBIO_ANSI_381_IMG_BIT_PACKED = 1;
/** Compressed with WSQ. */
export const WINBIO_ANSI_381_IMG_COMPRESSED_WSQ = 2;
/** Compressed with JPEG. */
export const WINBIO_ANSI_381_IMG_COMPRESSED_JPEG = 3;
/** Compressed with JPEG 2000. */
export const WINBIO_ANSI_381_IMG_COMPRESSED_JPEG2000 = 4;
/** Compressed with PNG. */
export const WINBIO_ANSI_381_IMG_COMPRESSED_PNG = 5;
/** Live-scan plain impression. */
export const WINBIO_ANSI_381_IMP_TYPE_LIVE_SCAN_PLAIN = 0;
/** Live-scan rolled impression. */
export const WINBIO_ANSI_381_IMP_TYPE_LIVE_SCAN_ROLLED = 1;
/** Plain impression scanned from paper. */
export const WINBIO_ANSI_381_IMP_TYPE_NONLIVE_SCAN_PLAIN = 2;
/** Rolled impression scanned from paper. */
export const WINBIO_ANSI_381_IMP_TYPE_NONLIVE_SCAN_ROLLED = 3;
/** Latent impression. */
export const WINBIO_ANSI_381_IMP_TYPE_LATENT = 7;
/** Impression of a swipe sensor. */
export const WINBIO_ANSI_381_IMP_TYPE_SWIPE = 8;
/** Live-scan contactless impression. */
export const WINBIO_ANSI_381_IMP_TYPE_LIVE_SCAN_CONTACTLESS = 9;
