/** Finger minutiae as every record format carries them: one shape for all, so that records can be converted. */

import type { RegisteredFormat } from '../bir/bir.ts';

/** The record formats: ISO/IEC 19794-2:2005 and :2011, ANSI INCITS 378-2004, -2009 and -2009 with amendment 1. */
export type MinutiaeFormat =
  | 'iso-19794-2-2005'
  | 'iso-19794-2-2011'
  | 'ansi-378-2004'
  | 'ansi-378-2009'
  | 'ansi-378-2009-am1';

/** How the formats differ, apart from the order of their header fields. */
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
  /** Each core and delta states whether it has angles; otherwise one flag holds for all. */
  readonly hasFlaggedPoints: boolean;
}

/** The layout of each format. */
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

/** A minutia. The origin is the upper left corner of the image. */
export interface Minutia {
  /** Kind of minutia. */
  readonly type: (typeof MINUTIA_TYPES)[number];
  /** From the left edge. */
  readonly xPx: number;
  /** From the upper edge. */
  readonly yPx: number;
  /** Counter-clockwise from the right, in steps of the format: 256 a turn (ISO) or 180 (ANSI). */
  readonly angle: number;
  /** 0 to 100. Not computed: 0 in ISO 2005 and ANSI 2004, 254 in later formats, where 255 is failed. */
  readonly quality: number;
}

/** Quality of a view, and the algorithm that computed it. */
export interface SampleQuality {
  /** 0 to 100; 254 not computed, 255 failed. */
  readonly quality: number;
  /** IBIA number of the algorithm's vendor; 0 when not stated. */
  readonly vendorId: number;
  /** Number the vendor gives the algorithm; 0 when not stated. */
  readonly algorithmId: number;
}

/** Ridges between two minutiae. */
export interface RidgeCount {
  /** Number of the first minutia, from 0. */
  readonly from: number;
  /** Number of the second minutia, from 0. */
  readonly to: number;
  /** Ridges in between. */
  readonly count: number;
}

/** A core or a delta. */
export interface SingularPoint {
  /** From the left edge. */
  readonly xPx: number;
  /** From the upper edge. */
  readonly yPx: number;
  /** In steps of the format: at most one for a core, none or three for a delta. */
  readonly angles: readonly number[];
}

/** Quality by cells of the image, row by row. */
export interface ZonalQuality {
  /** IBIA number of the algorithm's vendor; 0 when not stated. */
  readonly vendorId: number;
  /** Number the vendor gives the algorithm; 0 when not stated. */
  readonly algorithmId: number;
  /** Width of a cell. */
  readonly cellWidthPx: number;
  /** Height of a cell. */
  readonly cellHeightPx: number;
  /** Bits of one value, 1 to 8. */
  readonly bits: number;
  /** One byte a cell. */
  readonly values: Uint8Array;
}

/** Extended data that is not interpreted. */
export interface ExtendedData {
  /** Type code of the block. */
  readonly type: number;
  /** Its bytes, without type and length. */
  readonly data: Uint8Array;
}

/** What ISO 2011 says about the capture of a view. */
export interface CaptureDetails {
  /** Year, month, day, hour, minute, second, millisecond, UTC; 0xFFFF (year, millisecond) or 0xFF where unknown. */
  readonly dateTime: readonly number[];
  /** Code of the sensor's principle; 0 unknown. ISO/IEC 19794-2:2011 8. */
  readonly deviceTechnology: number;
  /** IBIA number of the device's vendor; 0 unknown. */
  readonly deviceVendorId: number;
  /** Number the vendor gives the device; 0 unknown. */
  readonly deviceId: number;
  /** Certifications of the device. */
  readonly certificates: readonly {
    /** IBIA number of the certifier. */
    readonly authorityId: number;
    /** Code of the scheme it was certified under. */
    readonly scheme: number;
  }[];
  /** Where an ending is placed: 0 at the fork of the valley, 1 at the end of the ridge. */
  readonly ridgeEndingType: number;
  /** Whether minutiae carry a quality byte. */
  readonly hasMinutiaQuality: boolean;
}

/** An impression of a finger. */
export interface MinutiaeView {
  /** Finger position: 1 to 10, 0 unknown. */
  readonly position: number;
  /** Number of the view of this finger, from 0. */
  readonly view: number;
  /** How it was taken: code of the standard, 0 live scan, plain. */
  readonly impressionType: number;
  /** One; any number in ISO 2011. */
  readonly qualities: readonly SampleQuality[];
  /** Pixels in a line. */
  readonly widthPx: number;
  /** Lines. */
  readonly heightPx: number;
  /** Resolution across. */
  readonly xPixelsPerCm: number;
  /** Resolution down. */
  readonly yPixelsPerCm: number;
  /** In the order of the record. */
  readonly minutiae: readonly Minutia[];
  /** Ridge counts; absent when the record has none. */
  readonly ridgeCounts?: {
    /** How the minutiae were chosen: 0 any, 1 by quadrants, 2 by octants. */
    readonly method: number;
    /** The counts. */
    readonly counts: readonly RidgeCount[];
  };
  /** Cores and deltas; absent when the record has no such block. */
  readonly singularPoints?: {
    /** Where the ridges curve most. */
    readonly cores: readonly SingularPoint[];
    /** Where three ridge systems meet. */
    readonly deltas: readonly SingularPoint[];
  };
  /** Quality by cells; absent when the record has no such block. */
  readonly zonalQuality?: ZonalQuality;
  /** Blocks of other types, uninterpreted. */
  readonly extendedData: readonly ExtendedData[];
  /** ISO 2011 only. */
  readonly capture?: CaptureDetails;
}

/** A record of one or more views. */
export interface MinutiaeRecord {
  /** Record format. */
  readonly format: MinutiaeFormat;
  /** ANSI formats: the owner of the algorithm, and the type it registered. */
  readonly productId?: RegisteredFormat;
  /** The capture device; not in ISO 2011, which states it per view. */
  readonly device?: {
    /** Whether the device is certified for its resolution (Appendix F). */
    readonly isCertified: boolean;
    /** Number the vendor gives the device; 0 unknown. */
    readonly id: number;
  };
  /** ISO 2011: whether views have certificate blocks. */
  readonly hasCertificates?: boolean;
  /** Impressions, at least one. */
  readonly views: readonly MinutiaeView[];
}
