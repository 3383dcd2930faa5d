/**
 * Reads finger image records: ANSI INCITS 381-2004, ISO/IEC 19794-4:2005 and :2011; strictly, or all that is there with
 * a list of deviations.
 */

import { isBiometricError } from '../../core/biometric-error.ts';
import { ByteReader } from '../bytes/byte-reader.ts';
import { type Deviation, DeviationList } from '../minutiae/deviations.ts';
import type { FingerImageFormat, FingerImageRecord, FingerImageView, SamplingRate } from './finger-image-record.ts';

const ANSI_2004_HEADER_BYTES = 36;
const ISO_2005_HEADER_BYTES = 32;
const IMAGE_HEADER_BYTES = 14;
const ISO_2011_HEADER_BYTES = 16;
/** Code of pixels that are not compressed, in all editions. */
const UNCOMPRESSED = 0;

/**
 * The record format of the bytes; undefined when they are not a finger image record. Never fails.
 *
 * @example
 * detectFingerImageFormat(bytes); // 'iso-19794-4-2011'
 */
export function detectFingerImageFormat(bytes: Uint8Array): FingerImageFormat | undefined {
  if (bytes.length < ISO_2011_HEADER_BYTES) return undefined;
  const text = String.fromCharCode(...bytes.subarray(0, 8));
  if (text === 'FIR\x00020\0') return 'iso-19794-4-2011';
  if (text !== 'FIR\x00010\0') return undefined;
  // Both have the same version; the places of the images tell them apart.
  return fitsHeader(bytes, ANSI_2004_HEADER_BYTES) && !fitsHeader(bytes, ISO_2005_HEADER_BYTES)
    ? 'ansi-381-2004'
    : 'iso-19794-4-2005';
}

/**
 * The record in these bytes. Throws WHORL_E_MALFORMED for everything that breaks its standard. ISO/IEC 19794-4:2005 8,
 * :2011 8; ANSI INCITS 381.
 *
 * @example
 * const { format, views } = decodeFingerImageRecord(bytes);
 * const image = fingerImagePixels(views[0]);
 */
export function decodeFingerImageRecord(bytes: Uint8Array): FingerImageRecord {
  return new Reading(bytes, new DeviationList(false)).run();
}

/** Result of {@link decodeFingerImageRecordLeniently}. */
export interface LenientFingerImageRecord {
  /**
   * The images that are there; lines that are missing at the end of uncompressed pixels are left out of their height.
   */
  readonly record: FingerImageRecord;
  /** What is wrong with the record, in the order of its bytes; empty for a sound one. */
  readonly deviations: readonly Deviation[];
}

/**
 * All that is there of a record that breaks its standard, and how it does. Throws WHORL_E_MALFORMED when no image can
 * be read.
 *
 * @example
 * const { record, deviations } = decodeFingerImageRecordLeniently(bytes);
 * for (const { field, offset, text } of deviations) console.log(`${field} at byte ${offset} ${text}`);
 */
export function decodeFingerImageRecordLeniently(bytes: Uint8Array): LenientFingerImageRecord {
  const list = new DeviationList(true);
  const record = new Reading(bytes, list).run();
  return { record, deviations: list.found };
}

/** True when the image blocks behind a header of this size add up to the length of the record. */
function fitsHeader(bytes: Uint8Array, headerBytes: number): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const total = view.getUint16(8) * 2 ** 32 + view.getUint32(10);
  const count = bytes[headerBytes === ISO_2005_HEADER_BYTES ? 18 : 22] ?? 0;
  let at = headerBytes;
  for (let i = 0; i < count; i++) {
    if (at + IMAGE_HEADER_BYTES > bytes.length) return false;
    at += Math.max(IMAGE_HEADER_BYTES, view.getUint32(at));
  }
  // Where the stated length is wrong, the bytes tell.
  return count > 0 && (at === total || at === bytes.length);
}

class Reading {
  readonly #reader: ByteReader;
  readonly #list: DeviationList;
  readonly #format: FingerImageFormat;

  constructor(bytes: Uint8Array, list: DeviationList) {
    const format = detectFingerImageFormat(bytes);
    this.#reader = new ByteReader(format ?? 'finger image record', bytes);
    this.#list = list;
    if (format === undefined) {
      throw this.#reader.malformed('format identifier', 'is that of no finger image record', 0);
    }
    this.#format = format;
  }

  run(): FingerImageRecord {
    const reader = this.#reader;
    reader.skip(8, 'format identifier');
    const record = this.#format === 'iso-19794-4-2011' ? this.#iso2011() : this.#older();
    this.#expect(reader.remaining === 0, 'record length', 'is followed by more bytes');
    return record;
  }

  #older(): FingerImageRecord {
    const reader = this.#reader;
    const format = this.#format;
    const length = reader.u16('record length') * 2 ** 32 + reader.u32('record length');
    this.#expect(length === reader.length, 'record length', 'is not the number of bytes', 8);
    const isAnsi = format === 'ansi-381-2004';
    const productId = isAnsi ? { owner: reader.u16('product owner'), type: reader.u16('product type') } : undefined;
    const device = { id: reader.u16('capture device'), acquisitionLevel: reader.u16('acquisition level') };
    const count = reader.u8('image count');
    const sampling = this.#sampling();
    const bitsPerPixel = this.#depth();
    const compression = reader.u8('image compression');
    reader.skip(2, 'reserved');
    const views = this.#views(count, () => {
      const at = reader.offset;
      const blockLength = reader.u32('image block length');
      const [position, viewCount, viewNumber] = [
        reader.u8('position'),
        reader.u8('view count'),
        reader.u8('view number'),
      ];
      const qualities = [{ quality: reader.u8('image quality'), vendorId: 0, algorithmId: 0 }];
      const impressionType = reader.u8('impression type');
      const [widthPx, heightPx] = this.#size();
      reader.skip(1, 'reserved');
      const isSound = blockLength >= IMAGE_HEADER_BYTES;
      this.#expect(isSound, 'image block length', 'is less than its header', at);
      const pixelBytes =
        compression === UNCOMPRESSED ? Math.ceil((widthPx * heightPx * bitsPerPixel) / 8) : reader.remaining;
      const data = this.#data(isSound ? blockLength - IMAGE_HEADER_BYTES : pixelBytes);
      const head = { position, viewCount, viewNumber, qualities, impressionType };
      return this.#whole({ ...head, sampling, bitsPerPixel, compression, widthPx, heightPx, data }, at);
    });
    return { format, ...(productId && { productId }), device, views };
  }

  #iso2011(): FingerImageRecord {
    const reader = this.#reader;
    this.#expect(reader.u32('record length') === reader.length, 'record length', 'is not the number of bytes', 8);
    const count = reader.u16('representation count');
    const certification = reader.u8('certification flag');
    this.#expect(certification <= 1, 'certification flag', 'is neither 0 nor 1', 14);
    const positionCount = reader.u8('position count');
    const views = this.#views(count, () => this.#iso2011View(certification === 1));
    return { format: 'iso-19794-4-2011', hasCertificates: certification === 1, positionCount, views };
  }

  #iso2011View(hasCertificates: boolean): FingerImageView {
    const reader = this.#reader;
    const start = reader.offset;
    const length = reader.u32('representation length');
    const dateTime = [
      reader.u16('year'),
      ...['month', 'day', 'hour', 'minute', 'second'].map((field) => reader.u8(field)),
      reader.u16('millisecond'),
    ];
    const deviceTechnology = reader.u8('device technology');
    const deviceVendorId = reader.u16('device vendor');
    const deviceTypeId = reader.u16('device type');
    const qualities = Array.from({ length: reader.u8('quality count') }, () => ({
      quality: reader.u8('image quality'),
      vendorId: reader.u16('quality vendor'),
      algorithmId: reader.u16('quality algorithm'),
    }));
    const certificates = Array.from({ length: hasCertificates ? reader.u8('certificate count') : 0 }, () => ({
      authorityId: reader.u16('certification authority'),
      scheme: reader.u8('certification scheme'),
    }));
    const [position, viewNumber] = [reader.u8('position'), reader.u8('representation number')];
    const sampling = this.#sampling();
    const bitsPerPixel = this.#depth();
    const [compression, impressionType] = [reader.u8('image compression'), reader.u8('impression type')];
    const [widthPx, heightPx] = this.#size();
    const data = this.#data(reader.u32('image data length'));
    const rest = start + length - reader.offset;
    this.#expect(rest >= 0, 'representation length', 'is less than what it holds', start);
    this.#expect(rest <= reader.remaining, 'representation length', 'reaches beyond the end', start);
    const extendedData = reader.bytes(Math.max(0, Math.min(rest, reader.remaining)), 'extended data').slice();
    const capture = { dateTime, deviceTechnology, deviceVendorId, deviceTypeId, certificates, extendedData };
    const head = { position, viewCount: 1, viewNumber, qualities, impressionType };
    return this.#whole({ ...head, sampling, bitsPerPixel, compression, widthPx, heightPx, data, capture }, start);
  }

  #sampling(): SamplingRate {
    const reader = this.#reader;
    const at = reader.offset;
    const scaleUnits = reader.u8('scale units');
    this.#expect(scaleUnits === 1 || scaleUnits === 2, 'scale units', 'are neither 1 nor 2', at);
    const [captureX, captureY] = [reader.u16('scan resolution'), reader.u16('scan resolution')];
    const [imageX, imageY] = [reader.u16('image resolution'), reader.u16('image resolution')];
    this.#expect(imageX > 0 && imageY > 0, 'image resolution', 'is zero', at + 5);
    return { scaleUnits, captureX, captureY, imageX, imageY };
  }

  #depth(): number {
    const reader = this.#reader;
    const at = reader.offset;
    const depth = reader.u8('pixel depth');
    this.#expect(depth >= 1 && depth <= 16, 'pixel depth', 'is not 1..16', at);
    return depth;
  }

  #size(): [number, number] {
    const reader = this.#reader;
    const at = reader.offset;
    const size: [number, number] = [reader.u16('line length'), reader.u16('line count')];
    if (size[0] === 0 || size[1] === 0) throw reader.malformed('line length', 'or line count is zero', at);
    return size;
  }

  /** So many images; lenient reading ends at the first that is cut off, or says nothing, and keeps the others. */
  #views(count: number, read: () => FingerImageView): FingerImageView[] {
    const views: FingerImageView[] = [];
    this.#expect(count > 0, 'image count', 'is zero');
    for (let i = 0; i < Math.max(1, count); i++) {
      const at = this.#reader.offset;
      try {
        views.push(read());
      } catch (thrown) {
        if (!this.#list.isLenient || views.length === 0 || !isBiometricError(thrown)) throw thrown;
        this.#expect(false, `image ${i + 1} of ${count}`, 'cannot be read, nor can what follows it', at);
        this.#reader.skip(this.#reader.remaining, 'rest');
        break;
      }
    }
    return views;
  }

  /** The bytes of a picture, or what is there of them. */
  #data(length: number): Uint8Array {
    const { remaining } = this.#reader;
    this.#expect(length <= remaining, 'image data', `need ${length} bytes, ${remaining} are left`);
    return this.#reader.bytes(Math.min(length, remaining), 'image data').slice();
  }

  /** Of uncompressed pixels that end early, the lines that are whole. Strict reading leaves them to the decoder. */
  #whole(view: FingerImageView, at: number): FingerImageView {
    const { compression, bitsPerPixel, widthPx, heightPx, data } = view;
    const lines = Math.floor(data.length / widthPx);
    const isShort = compression === UNCOMPRESSED && bitsPerPixel === 8 && lines < heightPx;
    if (!this.#list.isLenient || !isShort) return view;
    if (lines === 0) throw this.#reader.malformed('image data', 'hold no line', at);
    this.#expect(false, 'line count', `is ${heightPx}, but there are ${lines} lines`, at);
    return { ...view, heightPx: lines, data: data.subarray(0, lines * widthPx) };
  }

  #expect(isKept: boolean, field: string, text: string, offset?: number): void {
    this.#list.expect(isKept, this.#reader, field, text, offset);
  }
}
