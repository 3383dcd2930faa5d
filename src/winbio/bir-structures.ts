/** The structures of a captured sample, which `readBir` and `readAnsi381` read. WBF: structures 3. */

import type {
  WINBIO_BIOMETRIC_SUBTYPE,
  WINBIO_BIOMETRIC_TYPE,
  WINBIO_BIR_DATA_FLAGS,
  WINBIO_BIR_PURPOSE,
  WINBIO_BIR_QUALITY,
  WINBIO_BIR_VERSION,
} from './scalar-types.ts';

/** Where a block of a record is. */
export interface WINBIO_BIR_DATA {
  /** Its length, bytes; 0 when there is none. */
  Size: number;
  /** From the first byte of the record, bytes. */
  Offset: number;
}

/** A record: a table of up to four blocks. WBF: structures 3.1. */
export interface WINBIO_BIR {
  /** The header. */
  HeaderBlock: WINBIO_BIR_DATA;
  /** ANSI 381 data. */
  StandardDataBlock: WINBIO_BIR_DATA;
  /** Data in a format of the vendor. */
  VendorDataBlock: WINBIO_BIR_DATA;
  /** Signature over the other blocks. */
  SignatureBlock: WINBIO_BIR_DATA;
}

/** A format, by its IBIA registration. */
export interface WINBIO_REGISTERED_FORMAT {
  /** Number of the owner, 16 bits. */
  Owner: number;
  /** Number within that owner, 16 bits. */
  Type: number;
}

/** The header of a record; a field whose bit in `ValidFields` is clear says nothing. WBF: structures 3.2. */
export interface WINBIO_BIR_HEADER {
  /** Mask of `WINBIO_BIR_FIELD_*`. */
  ValidFields: number;
  /** `WINBIO_CBEFF_HEADER_VERSION`. */
  HeaderVersion: WINBIO_BIR_VERSION;
  /** `WINBIO_PATRON_HEADER_VERSION`. */
  PatronHeaderVersion: WINBIO_BIR_VERSION;
  /** Mask of `WINBIO_DATA_FLAG_*`. */
  DataFlags: WINBIO_BIR_DATA_FLAGS;
  /** What was captured: one `WINBIO_TYPE_*`. */
  Type: WINBIO_BIOMETRIC_TYPE;
  /** Which finger. */
  Subtype: WINBIO_BIOMETRIC_SUBTYPE;
  /** What the sample is for. */
  Purpose: WINBIO_BIR_PURPOSE;
  /** 0 to 100, or `WINBIO_DATA_QUALITY_*`. */
  DataQuality: WINBIO_BIR_QUALITY;
  /** When it was made: 100-nanosecond ticks since 1601-01-01 UTC. */
  CreationDate: bigint;
  /** When it is valid. */
  ValidityPeriod: {
    /** First moment, as `CreationDate`. */
    BeginDate: bigint;
    /** Last moment, as `CreationDate`. */
    EndDate: bigint;
  };
  /** Format of the standard block. */
  BiometricDataFormat: WINBIO_REGISTERED_FORMAT;
  /** The software that made the record. */
  ProductId: WINBIO_REGISTERED_FORMAT;
}

/** The header of the standard block. WBF: structures 3.3. */
export interface WINBIO_BDB_ANSI_381_HEADER {
  /** Length of the block, bytes. */
  RecordLength: bigint;
  /** 0x46495200. */
  FormatIdentifier: number;
  /** 0x30313000. */
  VersionNumber: number;
  /** The capture software. */
  ProductId: WINBIO_REGISTERED_FORMAT;
  /** Number the vendor gives its device. */
  CaptureDeviceId: number;
  /** `WINBIO_ANSI_381_IMG_ACQ_LEVEL_*`. */
  ImageAcquisitionLevel: number;
  /** Resolution of the scan, in `ScaleUnits`. */
  HorizontalScanResolution: number;
  /** Resolution of the scan, in `ScaleUnits`. */
  VerticalScanResolution: number;
  /** Resolution of the images, in `ScaleUnits`. */
  HorizontalImageResolution: number;
  /** Resolution of the images, in `ScaleUnits`. */
  VerticalImageResolution: number;
  /** Number of images. */
  ElementCount: number;
  /** `WINBIO_ANSI_381_PIXELS_PER_INCH` or `_PER_CM`. */
  ScaleUnits: number;
  /** Bits a pixel. */
  PixelDepth: number;
  /** `WINBIO_ANSI_381_IMG_*`: how images are compressed. */
  ImageCompressionAlg: number;
  /** 0. */
  Reserved: number;
}

/** The header of one image. WBF: structures 3.4. */
export interface WINBIO_BDB_ANSI_381_RECORD {
  /** Length of this header and the image, bytes. */
  BlockLength: number;
  /** Width, pixels. */
  HorizontalLineLength: number;
  /** Height, pixels. */
  VerticalLineLength: number;
  /** `WINBIO_ANSI_381_POS_*`. */
  Position: WINBIO_BIOMETRIC_SUBTYPE;
  /** 1. */
  CountOfViews: number;
  /** 1. */
  ViewNumber: number;
  /** 254: undefined. */
  ImageQuality: number;
  /** `WINBIO_ANSI_381_IMP_TYPE_*`. */
  ImpressionType: number;
  /** 0. */
  Reserved: number;
}

/** A record with its blocks. */
export interface BirBlocks {
  /** The table of blocks. */
  Bir: WINBIO_BIR;
  /** The header. */
  Header: WINBIO_BIR_HEADER;
  /** The standard block; null when there is none. */
  StandardData: Uint8Array | null;
  /** The block of the vendor; null when there is none. */
  VendorData: Uint8Array | null;
  /** The signature; null when there is none. */
  Signature: Uint8Array | null;
}

/** The standard block with its images. */
export interface Ansi381Images {
  /** The header of the block. */
  Header: WINBIO_BDB_ANSI_381_HEADER;
  /** Its images, `ElementCount` of them. */
  Records: {
    /** The header of the image. */
    Record: WINBIO_BDB_ANSI_381_RECORD;
    /** Its bytes, compressed as the header of the block says; row by row from the upper left when they are not. */
    Image: Uint8Array;
  }[];
}
