/** Finger image records as other systems exchange them, with their image data as they are stored. */

import type { RegisteredFormat } from '../bir/bir.ts';

/** Record formats. */
export type FingerImageFormat = 'ansi-381-2004' | 'iso-19794-4-2005' | 'iso-19794-4-2011';

/** Codes of image compression, alike in all formats; 4 is lossy and 6 lossless JPEG 2000 in ISO 2011. */
export const FINGER_IMAGE_COMPRESSION = {
  none: 0,
  bitPacked: 1,
  wsq: 2,
  jpeg: 3,
  jpeg2000: 4,
  png: 5,
  jpeg2000Lossless: 6,
} as const;

/** Sampling rates as a record counts them. */
export interface SamplingRate {
  /** 1: per inch, 2: per centimetre. */
  readonly scaleUnits: number;
  readonly captureX: number;
  readonly captureY: number;
  readonly imageX: number;
  readonly imageY: number;
}

/** What ISO 2011 says about the capture of an image. */
export interface FingerImageCapture {
  /** Absent parts are 0xFFFF or 0xFF: year, month, day, hour, minute, second, millisecond; UTC. */
  readonly dateTime: readonly number[];
  readonly deviceTechnology: number;
  readonly deviceVendorId: number;
  readonly deviceTypeId: number;
  readonly certificates: readonly { readonly authorityId: number; readonly scheme: number }[];
  /** Segmentation, annotation and comment blocks behind the image, uninterpreted. */
  readonly extendedData: Uint8Array;
}

/** One image of one finger, several fingers, or a palm. */
export interface FingerImageView {
  readonly position: number;
  /** Views of this position in the record (not in ISO 2011, where it is 1). */
  readonly viewCount: number;
  readonly viewNumber: number;
  /** One, without vendor and algorithm (zero); any number in ISO 2011. */
  readonly qualities: readonly { readonly quality: number; readonly vendorId: number; readonly algorithmId: number }[];
  readonly impressionType: number;
  readonly sampling: SamplingRate;
  readonly bitsPerPixel: number;
  /** {@link FINGER_IMAGE_COMPRESSION}. */
  readonly compression: number;
  readonly widthPx: number;
  readonly heightPx: number;
  /** As stored: pixels, or a file of the compression. */
  readonly data: Uint8Array;
  /** ISO 2011 only. */
  readonly capture?: FingerImageCapture;
}

/** A record; in the older formats all its images have one sampling rate, depth and compression. */
export interface FingerImageRecord {
  readonly format: FingerImageFormat;
  /** ANSI only. */
  readonly productId?: RegisteredFormat;
  /** Not in ISO 2011, which says it by image. */
  readonly device?: { readonly id: number; readonly acquisitionLevel: number };
  /** ISO 2011: images have certificate blocks. */
  readonly hasCertificates?: boolean;
  /** ISO 2011: number of different positions. */
  readonly positionCount?: number;
  /** At least one. */
  readonly views: readonly FingerImageView[];
}
