/**
 * Writes finger image records: ANSI INCITS 381-2004, ISO/IEC 19794-4:2005 and :2011.
 */

import { BiometricError } from '../../core/biometric-error.ts';
import { ByteWriter } from '../bytes/byte-writer.ts';
import { fits } from '../bytes/fits.ts';
import type { FingerImageRecord, FingerImageView, SamplingRate } from './finger-image-record.ts';
import { UNKNOWN_CAPTURE } from './unknown-capture.ts';

const ANSI_2004_HEADER_BYTES = 36;
const ISO_2005_HEADER_BYTES = 32;
const IMAGE_HEADER_BYTES = 14;

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
