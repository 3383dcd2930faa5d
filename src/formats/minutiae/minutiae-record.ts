/** Finger minutiae as every record format carries them: one shape for all, so that records can be converted. */

import type { RegisteredFormat } from '../bir/bir.ts';

/** Record formats. */
export type MinutiaeFormat =
  | 'iso-19794-2-2005'
  | 'iso-19794-2-2011'
  | 'ansi-378-2004'
  | 'ansi-378-2009'
  | 'ansi-378-2009-am1';

/** What differs between the formats beside the order of their header fields. */
export interface MinutiaeLayout {
  /** Characters 5 to 7 of a record. */
  readonly version: string;
  /** Steps of an angle in a full turn: ISO counts 1.40625 degrees, ANSI 2. */
  readonly angleSteps: 256 | 180;
  /** Size and resolution are in the record header, one for all views. */
  readonly hasSharedFrame: boolean;
  /** Special qualities 254 (not computed) and 255 (failed) are allowed. */
  readonly hasSpecialQualities: boolean;
  /** The length of an extended data block counts its own four bytes of header. */
  readonly countsBlockHeader: boolean;
  /** Cores and deltas each say whether they have angles; else one flag says it for all. */
  readonly hasFlaggedPoints: boolean;
}

// biome-ignore format: one row a format reads as the table it is
export const MINUTIAE_LAYOUTS: Readonly<Record<MinutiaeFormat, MinutiaeLayout>> = {
  'iso-19794-2-2005': { version: ' 20', angleSteps: 256, hasSharedFrame: true, hasSpecialQualities: false, countsBlockHeader: false, hasFlaggedPoints: true },
  'iso-19794-2-2011': { version: '030', angleSteps: 256, hasSharedFrame: false, hasSpecialQualities: true, countsBlockHeader: true, hasFlaggedPoints: true },
  'ansi-378-2004': { version: ' 20', angleSteps: 180, hasSharedFrame: true, hasSpecialQualities: false, countsBlockHeader: true, hasFlaggedPoints: false },
  'ansi-378-2009': { version: '030', angleSteps: 180, hasSharedFrame: false, hasSpecialQualities: true, countsBlockHeader: true, hasFlaggedPoints: false },
  'ansi-378-2009-am1': { version: '035', angleSteps: 180, hasSharedFrame: false, hasSpecialQualities: true, countsBlockHeader: true, hasFlaggedPoints: false },
};

/** Minutia types in the order of their codes. */
export const MINUTIA_TYPES = ['other', 'ending', 'bifurcation'] as const;

/** Quality of a minutia that was not computed. */
export const QUALITY_NOT_COMPUTED = 254;

/** One minutia; the origin is the upper left corner of the image. */
export interface Minutia {
  readonly type: (typeof MINUTIA_TYPES)[number];
  readonly xPx: number;
  readonly yPx: number;
  /** Counter-clockwise from the x axis, in steps of the format. */
  readonly angle: number;
  /** 0..100; ISO 2005 and ANSI 2004: 0 is not computed; later formats: 254, 255. */
  readonly quality: number;
}

/** Quality of a view, and which algorithm found it (zero where the format does not say). */
export interface SampleQuality {
  readonly quality: number;
  readonly vendorId: number;
  readonly algorithmId: number;
}

/** Ridges between two minutiae, given by their numbers from zero. */
export interface RidgeCount {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** A core (at most one angle) or a delta (none or three). */
export interface SingularPoint {
  readonly xPx: number;
  readonly yPx: number;
  readonly angles: readonly number[];
}

/** Quality by cells of the image, row by row. */
export interface ZonalQuality {
  readonly vendorId: number;
  readonly algorithmId: number;
  readonly cellWidthPx: number;
  readonly cellHeightPx: number;
  /** Bits of one value, 1..8. */
  readonly bits: number;
  readonly values: Uint8Array;
}

/** Extended data that is not interpreted. */
export interface ExtendedData {
  readonly type: number;
  readonly data: Uint8Array;
}

/** What ISO 2011 says about the capture of a view. */
export interface CaptureDetails {
  /** Absent parts are 0xFFFF or 0xFF: year, month, day, hour, minute, second, millisecond; UTC. */
  readonly dateTime: readonly number[];
  readonly deviceTechnology: number;
  readonly deviceVendorId: number;
  readonly deviceId: number;
  /** Authority and scheme. */
  readonly certificates: readonly { readonly authorityId: number; readonly scheme: number }[];
  /** 0: endings sit where the valley forks, 1: at the end of the ridge. */
  readonly ridgeEndingType: number;
  /** Minutiae carry a quality byte. */
  readonly hasMinutiaQuality: boolean;
}

/** One impression of one finger. */
export interface MinutiaeView {
  /** Finger position, 0 unknown, 1..10. */
  readonly position: number;
  /** Number of the view of this finger, from zero. */
  readonly view: number;
  readonly impressionType: number;
  /** One; any number in ISO 2011. */
  readonly qualities: readonly SampleQuality[];
  readonly widthPx: number;
  readonly heightPx: number;
  readonly xPixelsPerCm: number;
  readonly yPixelsPerCm: number;
  readonly minutiae: readonly Minutia[];
  /** How the minutiae of {@link ridgeCounts} were chosen (0 any, 1 quadrants, 2 octants), and the counts. */
  readonly ridgeCounts?: { readonly method: number; readonly counts: readonly RidgeCount[] };
  readonly singularPoints?: { readonly cores: readonly SingularPoint[]; readonly deltas: readonly SingularPoint[] };
  readonly zonalQuality?: ZonalQuality;
  readonly extendedData: readonly ExtendedData[];
  /** ISO 2011 only. */
  readonly capture?: CaptureDetails;
}

/** A record of one or more views. */
export interface MinutiaeRecord {
  readonly format: MinutiaeFormat;
  /** ANSI formats: the owner of the algorithm, and the type it registered. */
  readonly productId?: RegisteredFormat;
  /** All formats but ISO 2011, which says it by view. */
  readonly device?: { readonly isCertified: boolean; readonly id: number };
  /** ISO 2011: views have certificate blocks. */
  readonly hasCertificates?: boolean;
  /** At least one. */
  readonly views: readonly MinutiaeView[];
}
