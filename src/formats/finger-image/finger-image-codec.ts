/**
 * Reads and writes finger image records: ANSI INCITS 381-2004, ISO/IEC 19794-4:2005 and :2011, strictly.
 */

import { BiometricError } from '../../core/biometric-error.ts';
import { ByteReader } from '../bytes/byte-reader.ts';
import { ByteWriter } from '../bytes/byte-writer.ts';
import { fits } from '../bytes/fits.ts';
import type { FingerImageFormat, FingerImageRecord, FingerImageView, SamplingRate } from './finger-image-record.ts';
import { UNKNOWN_CAPTURE } from './unknown-capture.ts';

const ANSI_2004_HEADER_BYTES = 36;
const ISO_2005_HEADER_BYTES = 32;
const IMAGE_HEADER_BYTES = 14;
const ISO_2011_HEADER_BYTES = 16;

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
  const format = detectFingerImageFormat(bytes);
  const reader = new ByteReader(format ?? 'finger image record', bytes);
  if (format === undefined) throw reader.malformed('format identifier', 'is that of no finger image record', 0);
  reader.skip(8, 'format identifier');
  const record = format === 'iso-19794-4-2011' ? readIso2011(reader) : readOlder(reader, format);
  if (record.views.length === 0) throw reader.malformed('image count', 'is zero');
  if (reader.remaining > 0) throw reader.malformed('record length', 'is followed by more bytes');
  return record;
}

/**
 * The bytes of a record. Throws E_INVALIDARG for values that its format cannot hold.
 *
 * @example
 * const bytes = encodeFingerImageRecord(fingerImageRecord(image, { format: 'iso-19794-4-2005' }));
 */
export function encodeFingerImageRecord(record: FingerImageRecord): Uint8Array {
  if (record.views.length === 0)
    throw new BiometricError('E_INVALIDARG', 'a finger image record has at least one image');
  const writer = new ByteWriter();
  writer.text('FIR\0');
  if (record.format === 'iso-19794-4-2011') writeIso2011(writer, record);
  else writeOlder(writer, record);
  return writer.finish();
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
  return count > 0 && at === total;
}

function readOlder(reader: ByteReader, format: FingerImageFormat): FingerImageRecord {
  const length = reader.u16('record length') * 2 ** 32 + reader.u32('record length');
  if (length !== reader.length) throw reader.malformed('record length', 'is not the number of bytes', 8);
  const isAnsi = format === 'ansi-381-2004';
  const productId = isAnsi ? { owner: reader.u16('product owner'), type: reader.u16('product type') } : undefined;
  const device = { id: reader.u16('capture device'), acquisitionLevel: reader.u16('acquisition level') };
  const count = reader.u8('image count');
  const sampling = readSampling(reader);
  const bitsPerPixel = readDepth(reader);
  const compression = reader.u8('image compression');
  reader.skip(2, 'reserved');
  const views: FingerImageView[] = [];
  for (let i = 0; i < count; i++) {
    const at = reader.offset;
    const blockLength = reader.u32('image block length');
    if (blockLength < IMAGE_HEADER_BYTES) throw reader.malformed('image block length', 'is less than its header', at);
    const [position, viewCount, viewNumber] = [
      reader.u8('position'),
      reader.u8('view count'),
      reader.u8('view number'),
    ];
    const qualities = [{ quality: reader.u8('image quality'), vendorId: 0, algorithmId: 0 }];
    const impressionType = reader.u8('impression type');
    const [widthPx, heightPx] = readSize(reader);
    reader.skip(1, 'reserved');
    const data = reader.bytes(blockLength - IMAGE_HEADER_BYTES, 'image data').slice();
    const head = { position, viewCount, viewNumber, qualities, impressionType };
    views.push({ ...head, sampling, bitsPerPixel, compression, widthPx, heightPx, data });
  }
  return { format, ...(productId && { productId }), device, views };
}

function readIso2011(reader: ByteReader): FingerImageRecord {
  if (reader.u32('record length') !== reader.length) {
    throw reader.malformed('record length', 'is not the number of bytes', 8);
  }
  const count = reader.u16('representation count');
  const certification = reader.u8('certification flag');
  if (certification > 1) throw reader.malformed('certification flag', 'is neither 0 nor 1', 14);
  const positionCount = reader.u8('position count');
  const views: FingerImageView[] = [];
  for (let i = 0; i < count; i++) views.push(readIso2011View(reader, certification === 1));
  return { format: 'iso-19794-4-2011', hasCertificates: certification === 1, positionCount, views };
}

function readIso2011View(reader: ByteReader, hasCertificates: boolean): FingerImageView {
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
  const sampling = readSampling(reader);
  const bitsPerPixel = readDepth(reader);
  const [compression, impressionType] = [reader.u8('image compression'), reader.u8('impression type')];
  const [widthPx, heightPx] = readSize(reader);
  const data = reader.bytes(reader.u32('image data length'), 'image data').slice();
  const rest = start + length - reader.offset;
  if (rest < 0) throw reader.malformed('representation length', 'is less than what it holds', start);
  const extendedData = reader.bytes(rest, 'extended data').slice();
  const capture = { dateTime, deviceTechnology, deviceVendorId, deviceTypeId, certificates, extendedData };
  const head = { position, viewCount: 1, viewNumber, qualities, impressionType };
  return { ...head, sampling, bitsPerPixel, compression, widthPx, heightPx, data, capture };
}

function readSampling(reader: ByteReader): SamplingRate {
  const at = reader.offset;
  const scaleUnits = reader.u8('scale units');
  if (scaleUnits !== 1 && scaleUnits !== 2) throw reader.malformed('scale units', 'are neither 1 nor 2', at);
  const [captureX, captureY] = [reader.u16('scan resolution'), reader.u16('scan resolution')];
  const [imageX, imageY] = [reader.u16('image resolution'), reader.u16('image resolution')];
  if (imageX === 0 || imageY === 0) throw reader.malformed('image resolution', 'is zero', at + 5);
  return { scaleUnits, captureX, captureY, imageX, imageY };
}

function readDepth(reader: ByteReader): number {
  const at = reader.offset;
  const depth = reader.u8('pixel depth');
  if (depth < 1 || depth > 16) throw reader.malformed('pixel depth', 'is not 1..16', at);
  return depth;
}

function readSize(reader: ByteReader): [number, number] {
  const at = reader.offset;
  const size: [number, number] = [reader.u16('line length'), reader.u16('line count')];
  if (size[0] === 0 || size[1] === 0) throw reader.malformed('line length', 'or line count is zero', at);
  return size;
}

function writeOlder(writer: ByteWriter, record: FingerImageRecord): void {
  const { productId = { owner: 0, type: 0 }, device = { id: 0, acquisitionLevel: 30 }, views } = record;
  const [first] = views as [FingerImageView];
  const shared = (view: FingerImageView) => JSON.stringify([view.sampling, view.bitsPerPixel, view.compression]);
  if (views.some((view) => shared(view) !== shared(first) || view.qualities.length !== 1)) {
    throw new BiometricError(
      'E_INVALIDARG',
      'images of this format share sampling rate, depth and compression, and have one quality',
    );
  }
  const isAnsi = record.format === 'ansi-381-2004';
  const headerBytes = isAnsi ? ANSI_2004_HEADER_BYTES : ISO_2005_HEADER_BYTES;
  const total = views.reduce((sum, { data }) => sum + IMAGE_HEADER_BYTES + data.length, headerBytes);
  writer.text('010\0');
  writer.u16(Math.floor(total / 2 ** 32));
  writer.u32(total >>> 0);
  if (isAnsi) {
    writer.u16(fits(productId.owner, 0xffff, 'product owner'));
    writer.u16(fits(productId.type, 0xffff, 'product type'));
  }
  writer.u16(fits(device.id, 0xffff, 'capture device'));
  writer.u16(fits(device.acquisitionLevel, 0xffff, 'acquisition level'));
  writer.u8(fits(views.length, 0xff, 'image count'));
  writeSampling(writer, first.sampling);
  writer.u8(fits(first.bitsPerPixel, 0xff, 'pixel depth'));
  writer.u8(fits(first.compression, 0xff, 'image compression'));
  writer.zeros(2);
  for (const view of views) {
    writer.u32(IMAGE_HEADER_BYTES + view.data.length);
    for (const value of [
      view.position,
      view.viewCount,
      view.viewNumber,
      view.qualities[0]!.quality,
      view.impressionType,
    ]) {
      writer.u8(fits(value, 0xff, 'image header'));
    }
    writer.u16(fits(view.widthPx, 0xffff, 'line length'));
    writer.u16(fits(view.heightPx, 0xffff, 'line count'));
    writer.zeros(1);
    writer.bytes(view.data);
  }
}

function writeIso2011(writer: ByteWriter, record: FingerImageRecord): void {
  const { views, hasCertificates = false } = record;
  writer.text('020\0');
  writer.u32(0);
  writer.u16(fits(views.length, 0xffff, 'image count'));
  writer.u8(hasCertificates ? 1 : 0);
  const positionCount = record.positionCount ?? new Set(views.map(({ position }) => position)).size;
  writer.u8(fits(positionCount, 0xff, 'position count'));
  for (const view of views) {
    const { capture = UNKNOWN_CAPTURE } = view;
    const start = writer.length;
    writer.u32(0);
    for (const [i, part] of capture.dateTime.entries()) {
      if (i === 0 || i === 6) writer.u16(fits(part, 0xffff, 'date'));
      else writer.u8(fits(part, 0xff, 'date'));
    }
    writer.u8(fits(capture.deviceTechnology, 0xff, 'device technology'));
    writer.u16(fits(capture.deviceVendorId, 0xffff, 'device vendor'));
    writer.u16(fits(capture.deviceTypeId, 0xffff, 'device type'));
    writer.u8(fits(view.qualities.length, 0xff, 'quality count'));
    for (const { quality, vendorId, algorithmId } of view.qualities) {
      writer.u8(fits(quality, 0xff, 'image quality'));
      writer.u16(fits(vendorId, 0xffff, 'quality vendor'));
      writer.u16(fits(algorithmId, 0xffff, 'quality algorithm'));
    }
    if (hasCertificates) writer.u8(fits(capture.certificates.length, 0xff, 'certificate count'));
    for (const { authorityId, scheme } of hasCertificates ? capture.certificates : []) {
      writer.u16(fits(authorityId, 0xffff, 'certification authority'));
      writer.u8(fits(scheme, 0xff, 'certification scheme'));
    }
    writer.u8(fits(view.position, 0xff, 'position'));
    writer.u8(fits(view.viewNumber, 0xff, 'view number'));
    writeSampling(writer, view.sampling);
    for (const value of [view.bitsPerPixel, view.compression, view.impressionType]) {
      writer.u8(fits(value, 0xff, 'image header'));
    }
    writer.u16(fits(view.widthPx, 0xffff, 'line length'));
    writer.u16(fits(view.heightPx, 0xffff, 'line count'));
    writer.u32(view.data.length);
    writer.bytes(view.data);
    writer.bytes(capture.extendedData);
    writer.setU32(start, writer.length - start);
  }
  writer.setU32(8, writer.length);
}

function writeSampling(writer: ByteWriter, sampling: SamplingRate): void {
  writer.u8(fits(sampling.scaleUnits, 0xff, 'scale units'));
  for (const rate of [sampling.captureX, sampling.captureY, sampling.imageX, sampling.imageY]) {
    writer.u16(fits(rate, 0xffff, 'resolution'));
  }
}
