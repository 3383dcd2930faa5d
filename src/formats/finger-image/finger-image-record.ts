/** Finger image records as other systems exchange them, with their image data as stored. */

import type { RegisteredFormat } from '../bir/bir.ts';

/** The record formats: ANSI INCITS 381-2004, ISO/IEC 19794-4:2005 and :2011. */
export type FingerImageFormat = 'ansi-381-2004' | 'iso-19794-4-2005' | 'iso-19794-4-2011';

/** Codes of image compression in ANSI INCITS 381-2004 and ISO/IEC 19794-4:2005; those of :2011 are others. */
export const FINGER_IMAGE_COMPRESSION = {
  none: 0,
  bitPacked: 1,
  wsq: 2,
  jpeg: 3,
  jpeg2000: 4,
  png: 5,
} as const;

/** Codes of image compression in ISO/IEC 19794-4:2011. */
export const FINGER_IMAGE_COMPRESSION_2011 = {
  none: 0,
  bitPacked: 1,
  wsq: 2,
  jpeg: 3,
  jpeg2000: 4,
  jpeg2000Lossless: 5,
  png: 6,
} as const;

/** Sampling rates as a record counts them. */
export interface SamplingRate {
  /** 1: per inch, 2: per centimetre. */
  readonly scaleUnits: number;
  /** Across, at capture. */
  readonly captureX: number;
  /** Down, at capture. */
  readonly captureY: number;
  /** Across, of the image. */
  readonly imageX: number;
  /** Down, of the image. */
  readonly imageY: number;
}

/** What ISO 2011 says about the capture of an image. */
export interface FingerImageCapture {
  /** Year, month, day, hour, minute, second, millisecond, UTC; 0xFFFF (year, millisecond) or 0xFF where unknown. */
  readonly dateTime: readonly number[];
  /** Code of the sensor's principle; 0 unknown. ISO/IEC 19794-4:2011 8. */
  readonly deviceTechnology: number;
  /** IBIA number of the device's vendor; 0 unknown. */
  readonly deviceVendorId: number;
  /** Number the vendor gives the device; 0 unknown. */
  readonly deviceTypeId: number;
  /** Certifications of the device. */
  readonly certificates: readonly {
    /** IBIA number of the certifier. */
    readonly authorityId: number;
    /** Code of the scheme it was certified under. */
    readonly scheme: number;
  }[];
  /** Segmentation, annotation and comment blocks behind the image, uninterpreted. */
  readonly extendedData: Uint8Array;
}

/** An image of one finger, several fingers, or a palm. */
export interface FingerImageView {
  /** Finger or palm position, `WINBIO_ANSI_381_POS_*`. */
  readonly position: number;
  /** Views of this position in the record; 1 in ISO 2011, which does not count them. */
  readonly viewCount: number;
  /** Number of this view, from 1. */
  readonly viewNumber: number;
  /** One, with vendor and algorithm 0; any number in ISO 2011. */
  readonly qualities: readonly {
    /** 0 to 100; 254 undefined, 255 failed. */
    readonly quality: number;
    /** IBIA number of the algorithm's vendor; 0 when not stated. */
    readonly vendorId: number;
    /** Number the vendor gives the algorithm; 0 when not stated. */
    readonly algorithmId: number;
  }[];
  /** How it was taken, `WINBIO_ANSI_381_IMP_TYPE_*`. */
  readonly impressionType: number;
  /** Resolutions. */
  readonly sampling: SamplingRate;
  /** Depth, 1 to 16. */
  readonly bitsPerPixel: number;
  /** One of {@link FINGER_IMAGE_COMPRESSION}; with `capture` one of {@link FINGER_IMAGE_COMPRESSION_2011}. */
  readonly compression: number;
  /** Pixels in a line. */
  readonly widthPx: number;
  /** Lines. */
  readonly heightPx: number;
  /** As stored: pixels, or a file of the compression. */
  readonly data: Uint8Array;
  /** ISO 2011 only, and always there. */
  readonly capture?: FingerImageCapture;
}

/** A record. In the older formats all images have one sampling rate, depth and compression. */
export interface FingerImageRecord {
  /** Record format. */
  readonly format: FingerImageFormat;
  /** ANSI only. */
  readonly productId?: RegisteredFormat;
  /** The capture device; not in ISO 2011, which states it per image. */
  readonly device?: {
    /** Number the vendor gives the device; 0 unknown. */
    readonly id: number;
    /** `WINBIO_ANSI_381_IMG_ACQ_LEVEL_*`. */
    readonly acquisitionLevel: number;
  };
  /** ISO 2011: whether images have certificate blocks. */
  readonly hasCertificates?: boolean;
  /** ISO 2011: number of different positions. */
  readonly positionCount?: number;
  /** Images, at least one. */
  readonly views: readonly FingerImageView[];
}
