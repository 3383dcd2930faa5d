/**
 * The finger image record inside a BIR, laid out as WBF programs hold it in memory: a header of 40 bytes, then each
 * image behind 16 bytes of its own. Uncompressed 8-bit grey only. WBF: structures 3.3, 3.4.
 */

import { BiometricError } from '../../core/biometric-error.ts';
import * as c from '../../core/constants.ts';
import type { GreyImage } from '../../core/grey-image.ts';
import { ByteReader } from '../bytes/byte-reader.ts';
import { ByteWriter } from '../bytes/byte-writer.ts';
import { fits } from '../bytes/fits.ts';
import { checkDeclaredSize, checkGreyImage, type DecodeImageOptions, pixelsPerInch } from '../image/image-limits.ts';
import type { RegisteredFormat } from './bir.ts';

/** An image of a record. */
export interface Ansi381Image {
  /** Pixels and resolution. */
  readonly image: GreyImage;
  /** `WINBIO_ANSI_381_POS_*`. */
  readonly position: number;
  /** `WINBIO_ANSI_381_IMP_TYPE_*`. */
  readonly impressionType: number;
}

/** A record. All its images have one resolution. */
export interface Ansi381Record {
  /** Who registered the capture software; zeros when unknown. */
  readonly productId: RegisteredFormat;
  /** Number the vendor gives its device, 16 bits; 0 when unknown. */
  readonly captureDeviceId: number;
  /** `WINBIO_ANSI_381_IMG_ACQ_LEVEL_*`. */
  readonly acquisitionLevel: number;
  /** 1 to 255 images. */
  readonly images: readonly Ansi381Image[];
}

const FORMAT = 'ANSI 381';
const FORMAT_IDENTIFIER = 0x4649_5200;
const VERSION = 0x3031_3000;
const HEADER_BYTES = 40;
const RECORD_BYTES = 16;
const QUALITY_UNDEFINED = 254;
const CM_PER_INCH = 2.54;
const LEVELS: readonly number[] = [10, 20, 30, 31, 40, 41];

/**
 * The bytes of a record; resolutions are rounded to whole pixels per inch. Throws E_INVALIDARG for images and values
 * that its fields cannot hold, and for unequal resolutions.
 *
 * @example
 * const bytes = encodeAnsi381({
 *   productId: { owner: 0, type: 0 }, captureDeviceId: 0, acquisitionLevel: acquisitionLevel(500),
 *   images: [{ image, position: 2, impressionType: 0 }],
 * });
 */
export function encodeAnsi381(record: Ansi381Record): Uint8Array {
  const [first] = record.images;
  if (first === undefined || record.images.length > 255) {
    throw new BiometricError('E_INVALIDARG', 'an ANSI 381 record holds 1 to 255 images');
  }
  const resolution = perInch(first.image.resolutionPpi);
  const sizes = record.images.map(({ image }) => RECORD_BYTES + image.pixels.length);
  const capacity = sizes.reduce((sum, size) => sum + size, HEADER_BYTES);
  const writer = new ByteWriter({ littleEndian: true, capacity });
  writer.u64(BigInt(capacity));
  writer.u32(FORMAT_IDENTIFIER);
  writer.u32(VERSION);
  writer.u16(fits(record.productId.owner, 0xffff, 'ProductId'));
  writer.u16(fits(record.productId.type, 0xffff, 'ProductId'));
  writer.u16(fits(record.captureDeviceId, 0xffff, 'CaptureDeviceId'));
  writer.u16(fits(record.acquisitionLevel, 0xffff, 'ImageAcquisitionLevel'));
  for (let i = 0; i < 4; i++) writer.u16(resolution);
  writer.u8(record.images.length);
  writer.u8(c.WINBIO_ANSI_381_PIXELS_PER_INCH);
  writer.u8(8);
  writer.u8(c.WINBIO_ANSI_381_IMG_UNCOMPRESSED);
  writer.zeros(HEADER_BYTES - writer.length);
  for (const [i, entry] of record.images.entries()) {
    checkGreyImage(entry.image, 0xffff);
    if (entry.image.resolutionPpi !== first.image.resolutionPpi) {
      throw new BiometricError('E_INVALIDARG', 'images of one ANSI 381 record have one resolution');
    }
    writer.u32(sizes[i]!);
    writer.u16(entry.image.widthPx);
    writer.u16(entry.image.heightPx);
    writer.u8(fits(entry.position, 0xff, 'Position'));
    writer.u8(1);
    writer.u8(1);
    writer.u8(QUALITY_UNDEFINED);
    writer.u8(fits(entry.impressionType, 0xff, 'ImpressionType'));
    writer.zeros(3);
    writer.bytes(entry.image.pixels);
  }
  return writer.finish();
}

/**
 * The record in these bytes; bytes beyond its own length are ignored. Throws WHORL_E_MALFORMED for broken records,
 * WHORL_E_UNSUPPORTED_FORMAT for compressed images and depths other than 8 bits, WHORL_E_LIMIT_EXCEEDED above
 * `maxPixels`.
 *
 * @example
 * const { images } = decodeAnsi381(bytes, { maxPixels: 1_000_000 });
 */
export function decodeAnsi381(bytes: Uint8Array, options: Pick<DecodeImageOptions, 'maxPixels'> = {}): Ansi381Record {
  const reader = new ByteReader(FORMAT, bytes, { littleEndian: true });
  // Only the low six bytes of the length are meaningful.
  const length = Number(reader.u64('RecordLength') & 0xffff_ffff_ffffn);
  if (length > bytes.length) throw reader.malformed('RecordLength', 'is more than there is', 0);
  if (reader.u32('FormatIdentifier') !== FORMAT_IDENTIFIER) throw reader.malformed('FormatIdentifier', 'is wrong', 8);
  if (reader.u32('VersionNumber') !== VERSION) throw reader.unsupported('VersionNumber', 'is not 010', 12);
  const productId = { owner: reader.u16('ProductId'), type: reader.u16('ProductId') };
  const captureDeviceId = reader.u16('CaptureDeviceId');
  const acquisitionLevel = reader.u16('ImageAcquisitionLevel');
  if (!LEVELS.includes(acquisitionLevel)) throw reader.malformed('ImageAcquisitionLevel', 'is not a level', 22);
  const resolutionPpi = readResolution(reader);
  const images: Ansi381Image[] = [];
  for (let count = readShape(reader); count > 0; count--) images.push(readImage(reader, resolutionPpi, options));
  if (reader.offset !== length) throw reader.malformed('RecordLength', 'is not header plus images', 0);
  return { productId, captureDeviceId, acquisitionLevel, images };
}

/**
 * The acquisition level (`WINBIO_ANSI_381_IMG_ACQ_LEVEL_*`) that a resolution in ppi belongs to. Never fails.
 *
 * @example
 * acquisitionLevel(500); // 30
 */
export function acquisitionLevel(resolutionPpi: number): number {
  if (resolutionPpi >= 990) return c.WINBIO_ANSI_381_IMG_ACQ_LEVEL_40;
  if (resolutionPpi >= 495) return c.WINBIO_ANSI_381_IMG_ACQ_LEVEL_30;
  return resolutionPpi >= 247 ? c.WINBIO_ANSI_381_IMG_ACQ_LEVEL_20 : c.WINBIO_ANSI_381_IMG_ACQ_LEVEL_10;
}

/** Whole pixels per inch, as far as a record can say. */
function perInch(resolutionPpi: number): number {
  const count = Math.round(resolutionPpi);
  if (!(count > 0 && count <= 0xffff)) throw new BiometricError('E_INVALIDARG', 'resolutionPpi must be 1..65535');
  return count;
}

function readResolution(reader: ByteReader): number {
  const at = reader.offset;
  const scan = [reader.u16('HorizontalScanResolution'), reader.u16('VerticalScanResolution')] as const;
  const image = [reader.u16('HorizontalImageResolution'), reader.u16('VerticalImageResolution')] as const;
  if (image[0] === 0) throw reader.malformed('HorizontalImageResolution', 'is zero', at + 4);
  if (image[0] !== image[1]) throw reader.unsupported('VerticalImageResolution', 'differs from horizontal', at + 6);
  if (image[0] > scan[0] || image[1] > scan[1]) {
    throw reader.malformed('HorizontalImageResolution', 'is above the scan resolution', at + 4);
  }
  reader.seek(at + 9, 'ScaleUnits');
  const units = reader.u8('ScaleUnits');
  reader.seek(at + 8, 'ElementCount');
  if (units === c.WINBIO_ANSI_381_PIXELS_PER_INCH) return image[0];
  if (units === c.WINBIO_ANSI_381_PIXELS_PER_CM) return pixelsPerInch(image[0], CM_PER_INCH);
  throw reader.malformed('ScaleUnits', 'is neither inch nor centimetre', at + 9);
}

function readShape(reader: ByteReader): number {
  const at = reader.offset;
  const count = reader.u8('ElementCount');
  reader.skip(1, 'ScaleUnits');
  if (count === 0) throw reader.malformed('ElementCount', 'is zero', at);
  if (reader.u8('PixelDepth') !== 8) throw reader.unsupported('PixelDepth', 'is not 8 bits', at + 2);
  if (reader.u8('ImageCompressionAlg') !== c.WINBIO_ANSI_381_IMG_UNCOMPRESSED) {
    throw reader.unsupported('ImageCompressionAlg', 'is not uncompressed', at + 3);
  }
  reader.skip(HEADER_BYTES - reader.offset, 'Reserved');
  return count;
}

function readImage(
  reader: ByteReader,
  resolutionPpi: number,
  options: Pick<DecodeImageOptions, 'maxPixels'>,
): Ansi381Image {
  const at = reader.offset;
  const blockLength = reader.u32('BlockLength');
  const widthPx = reader.u16('HorizontalLineLength');
  const heightPx = reader.u16('VerticalLineLength');
  const place = { format: FORMAT, field: 'HorizontalLineLength', offset: at + 4 };
  checkDeclaredSize(place, widthPx, heightPx, options.maxPixels);
  if (blockLength !== RECORD_BYTES + widthPx * heightPx) {
    throw reader.malformed('BlockLength', 'is not 16 plus the pixels', at);
  }
  const position = reader.u8('Position');
  if (reader.u8('CountOfViews') !== 1) throw reader.unsupported('CountOfViews', 'is not 1', at + 9);
  if (reader.u8('ViewNumber') !== 1) throw reader.malformed('ViewNumber', 'is not 1', at + 10);
  reader.skip(1, 'ImageQuality');
  const impressionType = reader.u8('ImpressionType');
  reader.skip(RECORD_BYTES - 13, 'Reserved');
  const pixels = reader.bytes(widthPx * heightPx, 'image').slice();
  return { image: { widthPx, heightPx, resolutionPpi, pixels }, position, impressionType };
}
