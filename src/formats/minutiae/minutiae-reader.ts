/**
 * Reads finger minutiae records: ISO/IEC 19794-2:2005 and :2011, ANSI INCITS 378-2004, -2009 and -2009/AM1.
 */

import { isBiometricError } from '../../core/biometric-error.ts';
import { ByteReader } from '../bytes/byte-reader.ts';
import { type Deviation, DeviationList } from './deviations.ts';
import { readExtendedData } from './extended-data.ts';
import { detectMinutiaeFormat } from './minutiae-format.ts';
import {
  MINUTIA_TYPES,
  MINUTIAE_LAYOUTS,
  type Minutia,
  type MinutiaeFormat,
  type MinutiaeRecord,
  type MinutiaeView,
  QUALITY_NOT_COMPUTED,
} from './minutiae-record.ts';

/** Options of the readers. */
export interface DecodeMinutiaeOptions {
  /** Format of the bytes; told by their content when absent. */
  readonly format?: MinutiaeFormat;
}

/** Result of {@link decodeMinutiaeRecordLeniently}. */
export interface LenientMinutiae {
  /** What could be read. */
  readonly record: MinutiaeRecord;
  /** Departures from the standard, in the order of the bytes; empty for a sound record. */
  readonly deviations: readonly Deviation[];
}

const LEAST_ISO_PIXELS_PER_CM = 99;
const CM_PER_INCH = 2.54;
/** Resolutions of sensors, per inch; as counts per centimetre they are finer than any. */
const RATES_PER_INCH: readonly number[] = [500, 508, 512, 569, 1000];

/**
 * The record in these bytes. Throws WHORL_E_MALFORMED for any departure from its standard. ISO/IEC 19794-2:2005 7,
 * :2011 8; ANSI INCITS 378.
 *
 * @example
 * const { format, views } = decodeMinutiaeRecord(bytes);
 */
export function decodeMinutiaeRecord(bytes: Uint8Array, options: DecodeMinutiaeOptions = {}): MinutiaeRecord {
  return new Reading(bytes, options.format, false).run();
}

/**
 * All of the record that is there, and where it departs from its standard: one that was cut off has the minutiae before
 * the cut. Throws WHORL_E_MALFORMED when not even the head of its first view can be read.
 *
 * @example
 * const { record, deviations } = decodeMinutiaeRecordLeniently(bytes);
 * for (const { field, text } of deviations) console.log(`${field} ${text}`);
 */
export function decodeMinutiaeRecordLeniently(bytes: Uint8Array, options: DecodeMinutiaeOptions = {}): LenientMinutiae {
  const reading = new Reading(bytes, options.format, true);
  return { record: reading.run(), deviations: reading.deviations.found };
}

/** Size and resolution of an image. */
type Frame = Pick<MinutiaeView, 'widthPx' | 'heightPx' | 'xPixelsPerCm' | 'yPixelsPerCm'>;

class Reading {
  readonly deviations: DeviationList;
  readonly #reader: ByteReader;
  readonly #format: MinutiaeFormat;

  constructor(bytes: Uint8Array, format: MinutiaeFormat | undefined, isLenient: boolean) {
    const found = format ?? detectMinutiaeFormat(bytes);
    this.#reader = new ByteReader(found ?? 'minutiae record', bytes);
    this.deviations = new DeviationList(isLenient);
    if (found === undefined) throw this.#reader.malformed('format identifier', 'is that of no minutiae record', 0);
    this.#format = found;
  }

  run(): MinutiaeRecord {
    const reader = this.#reader;
    const text = String.fromCharCode(...reader.bytes(8, 'format identifier'));
    const isVersion = text.slice(4, 7) === MINUTIAE_LAYOUTS[this.#format].version;
    this.deviations.expect(isVersion, reader, 'version', `is not that of ${this.#format}`, 4);
    const end = this.#readLength();
    const record = this.#format === 'iso-19794-2-2011' ? this.#readIso2011() : this.#readOthers();
    this.deviations.expect(record.views.length > 0, reader, 'view count', 'is zero');
    this.deviations.expect(reader.offset === end, reader, 'record length', 'is not what the record holds', 8);
    const isLast = Math.max(reader.offset, end) === reader.length;
    this.deviations.expect(isLast, reader, 'record', 'is followed by more bytes');
    this.#checkViewNumbers(record.views);
    return record;
  }

  /** Where the record says that it ends. */
  #readLength(): number {
    const reader = this.#reader;
    let length = 0;
    if (this.#format === 'ansi-378-2004') {
      length = reader.u16('record length');
      if (length === 0) {
        length = reader.u16('record length') * 0x10000 + reader.u16('record length');
        this.deviations.expect(length > 0xffff, reader, 'record length', 'is longer than it needs to be', 8);
      }
    } else {
      length = reader.u32('record length');
    }
    this.deviations.expect(length <= reader.length, reader, 'record length', 'is more than there is', 8);
    return length;
  }

  #readOthers(): MinutiaeRecord {
    const reader = this.#reader;
    const { hasSharedFrame } = MINUTIAE_LAYOUTS[this.#format];
    const isAnsi = this.#format.startsWith('ansi');
    const productId = isAnsi ? { owner: reader.u16('product owner'), type: reader.u16('product type') } : undefined;
    const device = hasSharedFrame ? this.#readShortDevice() : this.#readLongDevice();
    const frame = hasSharedFrame ? this.#readFrame() : undefined;
    const count = reader.u8('view count');
    reader.skip(1, 'reserved');
    const views = this.#readViews(count, () => this.#readView(frame));
    return { format: this.#format, ...(productId && { productId }), device, views };
  }

  /** The views; leniently, those before the first that cannot be read, of which there must be one. */
  #readViews(count: number, read: () => MinutiaeView): MinutiaeView[] {
    const views: MinutiaeView[] = [];
    while (views.length < count) {
      const at = this.#reader.offset;
      try {
        views.push(read());
      } catch (error) {
        if (!this.deviations.isLenient || views.length === 0 || !isBiometricError(error)) throw error;
        this.deviations.expect(false, this.#reader, 'view count', `is ${count}, but ${views.length} can be read`, at);
        break;
      }
    }
    return views;
  }

  #readShortDevice() {
    const at = this.#reader.offset;
    const value = this.#reader.u16('capture device');
    this.deviations.expect((value & 0x7000) === 0, this.#reader, 'capture device', 'has reserved bits set', at);
    return { isCertified: (value & 0x8000) !== 0, id: value & 0xfff };
  }

  #readLongDevice() {
    const at = this.#reader.offset;
    const certification = this.#reader.u8('device certification');
    this.deviations.expect(
      (certification & 0x7f) === 0,
      this.#reader,
      'device certification',
      'has reserved bits set',
      at,
    );
    return { isCertified: (certification & 0x80) !== 0, id: this.#reader.u16('capture device') };
  }

  #readFrame(): Frame {
    const reader = this.#reader;
    const [widthPx, heightPx] = [reader.u16('image width'), reader.u16('image height')];
    return this.#checkFrame({ widthPx, heightPx, ...this.#readResolution() });
  }

  #readResolution() {
    return { xPixelsPerCm: this.#readRate('x resolution'), yPixelsPerCm: this.#readRate('y resolution') };
  }

  /** Some write pixels per inch where the standards want them per centimetre; no sensor has 500 of those. */
  #readRate(field: string): number {
    const at = this.#reader.offset;
    const rate = this.#reader.u16(field);
    if (!this.deviations.isLenient || !RATES_PER_INCH.includes(rate)) return rate;
    const perCm = Math.round(rate / CM_PER_INCH);
    this.deviations.expect(false, this.#reader, field, `is ${rate}, a count per inch: taken as ${perCm} per cm`, at);
    return perCm;
  }

  #checkFrame(frame: Frame): Frame {
    const isSized = frame.widthPx > 0 && frame.heightPx > 0;
    this.deviations.expect(isSized, this.#reader, 'image size', 'is zero');
    const least = this.#format.startsWith('iso') ? LEAST_ISO_PIXELS_PER_CM : 1;
    const isFine = Math.min(frame.xPixelsPerCm, frame.yPixelsPerCm) >= least;
    this.deviations.expect(isFine, this.#reader, 'resolution', `is below ${least} per centimetre`);
    return frame;
  }

  #readView(shared: Frame | undefined): MinutiaeView {
    const reader = this.#reader;
    const position = this.#readPosition();
    const packed = reader.u8('view number');
    const view = shared ? packed >> 4 : packed;
    const impressionType = shared ? packed & 15 : reader.u8('impression type');
    const quality = this.#readQuality('finger quality');
    const vendorId = shared ? 0 : reader.u16('quality vendor');
    const algorithmId = shared ? 0 : reader.u16('quality algorithm');
    const frame = shared ?? this.#readFrame();
    const minutiae = this.#readMinutiae(frame, true);
    const extensions = readExtendedData(reader, this.#contextOf(frame, minutiae.length));
    const qualities = [{ quality, vendorId, algorithmId }];
    return { position, view, impressionType, qualities, ...frame, minutiae, ...extensions };
  }

  #readIso2011(): MinutiaeRecord {
    const reader = this.#reader;
    const count = reader.u16('view count');
    const at = reader.offset;
    const certification = reader.u8('certification flag');
    this.deviations.expect(certification <= 1, reader, 'certification flag', 'is neither 0 nor 1', at);
    const hasCertificates = certification !== 0;
    const views = this.#readViews(count, () => this.#readIso2011View(hasCertificates));
    return { format: this.#format, hasCertificates, views };
  }

  #readIso2011View(hasCertificates: boolean): MinutiaeView {
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
    const deviceId = reader.u16('device type');
    const qualities = Array.from({ length: reader.u8('quality count') }, () => ({
      quality: this.#readQuality('finger quality'),
      vendorId: reader.u16('quality vendor'),
      algorithmId: reader.u16('quality algorithm'),
    }));
    const certificateCount = hasCertificates ? reader.u8('certificate count') : 0;
    const certificates = Array.from({ length: certificateCount }, () => ({
      authorityId: reader.u16('certification authority'),
      scheme: reader.u8('certification scheme'),
    }));
    const position = this.#readPosition();
    const view = reader.u8('view number');
    const resolution = this.#readResolution();
    const impressionType = reader.u8('impression type');
    const size = { widthPx: reader.u16('image width'), heightPx: reader.u16('image height') };
    const frame = this.#checkFrame({ ...size, ...resolution });
    const at = reader.offset;
    const flags = reader.u8('minutia field length');
    const minutiaBytes = flags >> 4;
    if (minutiaBytes !== 5 && minutiaBytes !== 6) throw reader.malformed('minutia field length', 'is not 5 or 6', at);
    const ridgeEndingType = flags & 15;
    this.deviations.expect(ridgeEndingType <= 1, reader, 'ridge ending type', 'is above 1', at);
    const hasMinutiaQuality = minutiaBytes === 6;
    const minutiae = this.#readMinutiae(frame, hasMinutiaQuality);
    const extensions = readExtendedData(reader, this.#contextOf(frame, minutiae.length));
    this.deviations.expect(reader.offset === start + length, reader, 'representation length', 'is wrong', start);
    const device = { deviceTechnology, deviceVendorId, deviceId };
    const capture = { dateTime, ...device, certificates, ridgeEndingType, hasMinutiaQuality };
    return { position, view, impressionType, qualities, ...frame, minutiae, ...extensions, capture };
  }

  #readPosition(): number {
    const at = this.#reader.offset;
    const position = this.#reader.u8('finger position');
    this.deviations.expect(position <= 10, this.#reader, 'finger position', 'is above 10', at);
    return position;
  }

  #readQuality(field: string): number {
    const at = this.#reader.offset;
    const quality = this.#reader.u8(field);
    const isSpecial = quality >= QUALITY_NOT_COMPUTED && MINUTIAE_LAYOUTS[this.#format].hasSpecialQualities;
    this.deviations.expect(quality <= 100 || isSpecial, this.#reader, field, 'is above 100', at);
    return quality;
  }

  #readMinutiae(frame: Frame, hasQuality: boolean): Minutia[] {
    const reader = this.#reader;
    const { deviations } = this;
    const { angleSteps } = MINUTIAE_LAYOUTS[this.#format];
    const countAt = reader.offset;
    const count = reader.u8('minutia count');
    const whole = Math.min(count, Math.floor(reader.remaining / (hasQuality ? 6 : 5)));
    deviations.expect(whole === count, reader, 'minutia count', `is ${count}, but ${whole} are there`, countAt);
    const minutiae = Array.from({ length: whole }, () => {
      const at = reader.offset;
      const x = reader.u16('minutia x');
      const y = reader.u16('minutia y');
      const angle = reader.u8('minutia angle');
      const quality = hasQuality ? this.#readQuality('minutia quality') : QUALITY_NOT_COMPUTED;
      const [xPx, yPx] = [x & 0x3fff, y & 0x3fff];
      deviations.expect(x >> 14 < 3, reader, 'minutia type', 'is reserved', at);
      deviations.expect(y >> 14 === 0, reader, 'minutia y', 'has reserved bits set', at + 2);
      deviations.expect(xPx < frame.widthPx && yPx < frame.heightPx, reader, 'minutia', 'lies outside the image', at);
      deviations.expect(angle < angleSteps, reader, 'minutia angle', 'is a full turn or more', at + 4);
      return { type: MINUTIA_TYPES[x >> 14] ?? 'other', xPx, yPx, angle, quality };
    });
    // What is left of a minutia that was cut off is nothing else.
    if (whole < count) reader.skip(reader.remaining, 'minutia');
    return minutiae;
  }

  #contextOf(frame: Frame, minutiaCount: number) {
    const { widthPx, heightPx } = frame;
    return { format: this.#format, widthPx, heightPx, minutiaCount, deviations: this.deviations };
  }

  /** Views of a finger are numbered from zero without a gap. Samples of ISO 2011 number them over all fingers. */
  #checkViewNumbers(views: readonly MinutiaeView[]): void {
    const keys = new Set(views.map(({ position, view }) => `${position}/${view}`));
    this.deviations.expect(keys.size === views.length, this.#reader, 'view number', 'comes twice for a finger');
  }
}
