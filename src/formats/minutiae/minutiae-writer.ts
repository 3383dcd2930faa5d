/** Writes finger minutiae records of every format that MinutiaeFormat names. */

import { BiometricError } from '../../core/biometric-error.ts';
import { ByteWriter } from '../bytes/byte-writer.ts';
import { fits } from '../bytes/fits.ts';
import { writeExtendedData } from './extended-data.ts';
import {
  MINUTIA_TYPES,
  MINUTIAE_LAYOUTS,
  type MinutiaeFormat,
  type MinutiaeRecord,
  type MinutiaeView,
} from './minutiae-record.ts';

const LENGTH_AT = 8;
const ANSI_2004_HEADER_BYTES = 26;

/**
 * The bytes of a record, in its format. Departures that a lenient reader accepted are written as they are. Throws
 * E_INVALIDARG for values that its fields cannot hold.
 *
 * @example
 * const written = encodeMinutiaeRecord(decodeMinutiaeRecord(bytes));
 */
export function encodeMinutiaeRecord(record: MinutiaeRecord): Uint8Array {
  if (record.views.length === 0) throw new BiometricError('E_INVALIDARG', 'a minutiae record has at least one view');
  const writer = new ByteWriter();
  writer.text(`FMR\0${MINUTIAE_LAYOUTS[record.format].version}\0`);
  if (record.format === 'iso-19794-2-2011') writeIso2011(writer, record);
  else if (record.format === 'ansi-378-2004') writeAnsi2004(writer, record);
  else {
    writer.u32(0);
    writeBody(writer, record);
  }
  if (record.format !== 'ansi-378-2004') writer.setU32(LENGTH_AT, writer.length);
  return writer.finish();
}

/** Its length has two bytes, or six when two are not enough, so the rest is written first. */
function writeAnsi2004(writer: ByteWriter, record: MinutiaeRecord): void {
  const body = new ByteWriter();
  writeBody(body, record);
  const length = LENGTH_AT + 2 + body.length;
  if (length < ANSI_2004_HEADER_BYTES || length > 0xffff) {
    writer.u16(0);
    writer.u32(length + 4);
  } else {
    writer.u16(length);
  }
  writer.bytes(body.finish());
}

/** What follows the length, in all formats but ISO 2011. */
function writeBody(writer: ByteWriter, record: MinutiaeRecord): void {
  const { productId = { owner: 0, type: 0 }, device = { isCertified: false, id: 0 }, format, views } = record;
  const { hasSharedFrame } = MINUTIAE_LAYOUTS[format];
  if (format.startsWith('ansi')) {
    writer.u16(fits(productId.owner, 0xffff, 'product owner'));
    writer.u16(fits(productId.type, 0xffff, 'product type'));
  }
  if (hasSharedFrame) {
    writer.u16((device.isCertified ? 0x8000 : 0) | fits(device.id, 0xfff, 'capture device'));
    writeFrame(writer, sharedFrame(views));
  } else {
    writer.u8(device.isCertified ? 0x80 : 0);
    writer.u16(fits(device.id, 0xffff, 'capture device'));
  }
  writer.u8(fits(views.length, 0xff, 'view count'));
  writer.u8(0);
  for (const view of views) writeView(writer, view, format);
}

function writeView(writer: ByteWriter, view: MinutiaeView, format: MinutiaeFormat): void {
  const [quality] = view.qualities;
  if (quality === undefined || view.qualities.length > 1) {
    throw new BiometricError('E_INVALIDARG', `a view of ${format} has exactly one quality`);
  }
  writer.u8(fits(view.position, 0xff, 'finger position'));
  if (MINUTIAE_LAYOUTS[format].hasSharedFrame) {
    writer.u8((fits(view.view, 15, 'view number') << 4) | fits(view.impressionType, 15, 'impression type'));
    writer.u8(fits(quality.quality, 0xff, 'finger quality'));
  } else {
    writer.u8(fits(view.view, 0xff, 'view number'));
    writer.u8(fits(view.impressionType, 0xff, 'impression type'));
    writer.u8(fits(quality.quality, 0xff, 'finger quality'));
    writer.u16(fits(quality.vendorId, 0xffff, 'quality vendor'));
    writer.u16(fits(quality.algorithmId, 0xffff, 'quality algorithm'));
    writeFrame(writer, view);
  }
  writeMinutiae(writer, view, true);
  writeExtendedData(writer, view, format);
}

function writeIso2011(writer: ByteWriter, record: MinutiaeRecord): void {
  const hasCertificates = record.hasCertificates ?? false;
  writer.u32(0);
  writer.u16(fits(record.views.length, 0xffff, 'view count'));
  writer.u8(hasCertificates ? 1 : 0);
  for (const view of record.views) {
    const start = writer.length;
    writer.u32(0);
    writeIso2011View(writer, view, hasCertificates);
    writer.setU32(start, writer.length - start);
  }
}

function writeIso2011View(writer: ByteWriter, view: MinutiaeView, hasCertificates: boolean): void {
  const { capture } = view;
  if (capture === undefined || capture.dateTime.length !== 7) {
    throw new BiometricError('E_INVALIDARG', 'a view of ISO 2011 says how it was captured');
  }
  for (const [i, part] of capture.dateTime.entries()) {
    if (i === 0 || i === 6) writer.u16(fits(part, 0xffff, 'date'));
    else writer.u8(fits(part, 0xff, 'date'));
  }
  writer.u8(fits(capture.deviceTechnology, 0xff, 'device technology'));
  writer.u16(fits(capture.deviceVendorId, 0xffff, 'device vendor'));
  writer.u16(fits(capture.deviceId, 0xffff, 'device type'));
  writer.u8(fits(view.qualities.length, 0xff, 'quality count'));
  for (const { quality, vendorId, algorithmId } of view.qualities) {
    writer.u8(fits(quality, 0xff, 'finger quality'));
    writer.u16(fits(vendorId, 0xffff, 'quality vendor'));
    writer.u16(fits(algorithmId, 0xffff, 'quality algorithm'));
  }
  if (hasCertificates) {
    writer.u8(fits(capture.certificates.length, 0xff, 'certificate count'));
    for (const { authorityId, scheme } of capture.certificates) {
      writer.u16(fits(authorityId, 0xffff, 'certification authority'));
      writer.u8(fits(scheme, 0xff, 'certification scheme'));
    }
  }
  writer.u8(fits(view.position, 0xff, 'finger position'));
  writer.u8(fits(view.view, 0xff, 'view number'));
  writer.u16(fits(view.xPixelsPerCm, 0xffff, 'x resolution'));
  writer.u16(fits(view.yPixelsPerCm, 0xffff, 'y resolution'));
  writer.u8(fits(view.impressionType, 0xff, 'impression type'));
  writer.u16(fits(view.widthPx, 0xffff, 'image width'));
  writer.u16(fits(view.heightPx, 0xffff, 'image height'));
  writer.u8(((capture.hasMinutiaQuality ? 6 : 5) << 4) | fits(capture.ridgeEndingType, 15, 'ridge ending type'));
  writeMinutiae(writer, view, capture.hasMinutiaQuality);
  writeExtendedData(writer, view, 'iso-19794-2-2011');
}

function writeMinutiae(writer: ByteWriter, view: MinutiaeView, hasQuality: boolean): void {
  writer.u8(fits(view.minutiae.length, 0xff, 'minutia count'));
  for (const { type, xPx, yPx, angle, quality } of view.minutiae) {
    writer.u16((MINUTIA_TYPES.indexOf(type) << 14) | fits(xPx, 0x3fff, 'minutia x'));
    writer.u16(fits(yPx, 0x3fff, 'minutia y'));
    writer.u8(fits(angle, 0xff, 'minutia angle'));
    if (hasQuality) writer.u8(fits(quality, 0xff, 'minutia quality'));
  }
}

type Frame = Pick<MinutiaeView, 'widthPx' | 'heightPx' | 'xPixelsPerCm' | 'yPixelsPerCm'>;

function sharedFrame(views: readonly MinutiaeView[]): Frame {
  const [first] = views;
  const same = (a: Frame, b: Frame) =>
    a.widthPx === b.widthPx &&
    a.heightPx === b.heightPx &&
    a.xPixelsPerCm === b.xPixelsPerCm &&
    a.yPixelsPerCm === b.yPixelsPerCm;
  if (!views.every((view) => same(view, first!))) {
    throw new BiometricError('E_INVALIDARG', 'views of this format have one size and resolution');
  }
  return first!;
}

function writeFrame(writer: ByteWriter, frame: Frame): void {
  writer.u16(fits(frame.widthPx, 0xffff, 'image width'));
  writer.u16(fits(frame.heightPx, 0xffff, 'image height'));
  writer.u16(fits(frame.xPixelsPerCm, 0xffff, 'x resolution'));
  writer.u16(fits(frame.yPixelsPerCm, 0xffff, 'y resolution'));
}
