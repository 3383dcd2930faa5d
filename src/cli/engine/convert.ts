/** `whorl convert`: converts a file, whose format its content tells, to another format. */

import { writeFile } from 'node:fs/promises';
import { extname } from 'node:path';
import type { Writable } from 'node:stream';
import { BiometricError } from '../../core/biometric-error.ts';
import { WINBIO_PURPOSE_IDENTIFY } from '../../core/constants.ts';
import type { GreyImage } from '../../core/grey-image.ts';
import { chooseResolution } from '../../formats/image/choose-resolution.ts';
import {
  type AssumedResolution,
  type CardFormat,
  type ChosenImageOptions,
  convertMinutiaeRecord,
  type DecodeImageOptions,
  decodeCardMinutiae,
  decodeImage,
  decodeMinutiaeRecord,
  decodeMinutiaeRecordLeniently,
  decodeRaw,
  detectFormat,
  encodeBmp,
  encodeCardMinutiae,
  encodeFingerImageRecord,
  encodeFingerprintSample,
  encodeJpeg,
  encodeJpeg2000,
  encodeMinutiaeRecord,
  encodePgm,
  encodePng,
  encodeTiff,
  encodeWsq,
  type FingerImageCompression,
  type FingerImageFormat,
  fingerImageRecord,
  fromCardMinutiae,
  MINUTIAE_LAYOUTS,
  type MinutiaeFormat,
  toCardMinutiae,
  unwrap,
} from '../../formats/index.ts';
import { whileWorking } from '../while-working.ts';
import { decodeLeniently } from './decode-leniently.ts';
import { deviationWords, transactionFaults } from './deviation-words.ts';
import { readInput, statement } from './read-print.ts';

/** Choices of a conversion. */
export interface ConvertOptions {
  /** Format to write. Default: the extension of the output. */
  readonly to?: string;
  /** Pixels per inch, whatever the file states. */
  readonly ppi?: number;
  /** Bits per pixel of WSQ. */
  readonly bitRate?: number;
  /** What the input is, where its content cannot say it: `raw`, or one of the card formats. */
  readonly from?: string;
  /** Size of raw input, pixels. */
  readonly width?: number;
  readonly height?: number;
  /** Quality of JPEG, 1 to 100. */
  readonly quality?: number;
  /** How many times smaller JPEG 2000 is made, with loss. Default of `jp2`: lossless. */
  readonly ratio?: number;
  /** Which image of several, from 1. */
  readonly image?: number;
  /** How finger image records store their pixels. Default: `none`. */
  readonly compression?: FingerImageCompression;
  /** Finger position of records and samples, 0 unknown, 1 to 10. */
  readonly position?: number;
  /** Read minutiae and finger image records that deviate from their standard, and list how. */
  readonly lenient?: boolean;
  readonly json?: boolean;
  readonly output?: Writable;
}

/** Endings that are another name of a format. */
const ENDINGS: Readonly<Record<string, string>> = { tif: 'tiff', jpg: 'jpeg' };

/** Formats that can be written without a resolution; all others need one. */
const WITHOUT_RESOLUTION = ['png', 'bmp', 'pgm', 'raw'];
/** Stands in for the resolution of images that are written without one. */
const STAND_IN_PPI = 500;

interface WriteOptions extends ConvertOptions {
  readonly withoutResolution: boolean;
}

const IMAGE_WRITERS: Readonly<Record<string, (image: GreyImage, options: WriteOptions) => Uint8Array>> = {
  png: encodePng,
  bmp: encodeBmp,
  jpeg: (image, { quality }) => encodeJpeg(image, quality === undefined ? {} : { quality }),
  jp2: (image, { ratio }) => encodeJpeg2000(image, ratio === undefined ? {} : { compressionRatio: ratio }),
  tiff: (image) => encodeTiff(image),
  pgm: (image) => encodePgm(image),
  wsq: (image, { bitRate }) => encodeWsq(image, bitRate === undefined ? {} : { bitRate }),
  raw: (image) => Uint8Array.from(image.pixels),
  bir: (image, { position }) =>
    encodeFingerprintSample(image, {
      purpose: WINBIO_PURPOSE_IDENTIFY,
      ...(position !== undefined && { subFactor: position }),
    }),
  'ansi-381-2004': (image, options) => fingerImage(image, 'ansi-381-2004', options),
  'iso-19794-4-2005': (image, options) => fingerImage(image, 'iso-19794-4-2005', options),
  'iso-19794-4-2011': (image, options) => fingerImage(image, 'iso-19794-4-2011', options),
};

/** Records without a header: minutiae of the first view, as a card stores them. */
const CARD_FORMATS: Readonly<Record<string, CardFormat>> = {
  'iso-19794-2-2005-card': 'normal',
  'iso-19794-2-2005-compact-card': 'compact',
};

/** The formats of `--to`. */
export const TARGET_FORMATS: readonly string[] = [IMAGE_WRITERS, MINUTIAE_LAYOUTS, CARD_FORMATS].flatMap(Object.keys);

/** Reads `input`, writes `target`. Rejects as the decoders do, and with E_INVALIDARG for an impossible conversion. */
export async function convert(input: string, target: string, options: ConvertOptions = {}): Promise<void> {
  const stored = await readInput(input);
  const card = CARD_FORMATS[options.from ?? ''];
  if (options.from !== undefined && options.from !== 'raw' && card === undefined) {
    const kinds = ['raw', ...Object.keys(CARD_FORMATS)].join(', ');
    throw new BiometricError('E_INVALIDARG', `--from takes ${kinds}; all else is told by the content`);
  }
  const bytes = card
    ? encodeMinutiaeRecord(fromCardMinutiae(decodeCardMinutiae(stored, card), card))
    : options.from === 'raw'
      ? stored
      : unwrap(stored);
  const from = options.from === 'raw' ? 'raw' : detectFormat(bytes);
  const to = options.to ?? formatOfName(target);
  if (!TARGET_FORMATS.includes(to)) {
    throw new BiometricError(
      'E_INVALIDARG',
      `cannot write ${to || 'a file without an ending'}: --to takes ${TARGET_FORMATS.join(', ')}`,
    );
  }
  const deviations: string[] = [];
  const notes: string[] = [];
  const written = whileWorking(`converting ${input}`, () =>
    isMinutiaeFormat(from)
      ? minutiae(bytes, to, options.lenient === true, deviations)
      : image(card === undefined ? stored : bytes, to, options, notes, deviations),
  );
  deviations.push(...transactionFaults(bytes));
  await writeFile(target, written);
  const report = {
    input,
    from: options.from ?? detectFormat(stored),
    target,
    to,
    bytes: written.length,
    deviations,
    notes,
  };
  const { output = process.stdout } = options;
  output.write(options.json === true ? `${JSON.stringify(report)}\n` : text(report));
}

function image(
  bytes: Uint8Array,
  to: string,
  options: ConvertOptions,
  notes: string[],
  deviations: string[],
): Uint8Array {
  const write = IMAGE_WRITERS[to];
  if (write === undefined) throw new BiometricError('E_INVALIDARG', `an image has no minutiae to write as ${to}`);
  const lenient = (bytes: Uint8Array, how: ChosenImageOptions) => decodeLeniently(bytes, how, deviations);
  const decode = options.from === 'raw' ? rawDecoder(options) : options.lenient === true ? lenient : decodeImage;
  let assumed: AssumedResolution | undefined;
  const decoded = decode(bytes, {
    ...(options.ppi !== undefined && { resolutionPpi: options.ppi }),
    ...(options.image !== undefined && { image: options.image }),
    ...(WITHOUT_RESOLUTION.includes(to) && { unstatedPpi: STAND_IN_PPI }),
    onAssumedResolution: (found) => {
      assumed = found;
    },
  });
  if (assumed !== undefined) {
    notes.push(`the input states ${statement(assumed)}, so the output has none; --ppi gives one`);
  }
  return write(decoded, { ...options, withoutResolution: assumed !== undefined });
}

function minutiae(bytes: Uint8Array, to: string, lenient: boolean, deviations: string[]): Uint8Array {
  const card = CARD_FORMATS[to];
  if (card === undefined && !isMinutiaeFormat(to)) {
    throw new BiometricError('E_INVALIDARG', `minutiae have no image to write as ${to}`);
  }
  const read = lenient ? decodeMinutiaeRecordLeniently(bytes) : { record: decodeMinutiaeRecord(bytes), deviations: [] };
  deviations.push(...deviationWords(read.deviations));
  if (isMinutiaeFormat(to)) return encodeMinutiaeRecord(convertMinutiaeRecord(read.record, to));
  const [view] = convertMinutiaeRecord(read.record, 'iso-19794-2-2005').views;
  if (view === undefined || card === undefined) throw new BiometricError('E_INVALIDARG', 'the record has no view');
  return encodeCardMinutiae(toCardMinutiae(view, card), card);
}

function fingerImage(image: GreyImage, format: FingerImageFormat, options: ConvertOptions): Uint8Array {
  const { compression = 'none', position, bitRate, quality, ratio } = options;
  const record = fingerImageRecord(image, {
    format,
    compression,
    ...(quality !== undefined && { jpegQuality: quality }),
    ...(ratio !== undefined && { compressionRatio: ratio }),
    ...(position !== undefined && { position }),
    ...(bitRate !== undefined && { bitRate }),
  });
  return encodeFingerImageRecord(record);
}

/** Bare pixels say nothing of themselves. */
function rawDecoder({ width = 0, height = 0 }: ConvertOptions) {
  if (!(Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0)) {
    throw new BiometricError('E_INVALIDARG', 'raw pixels need --width and --height');
  }
  return (bytes: Uint8Array, options: DecodeImageOptions): GreyImage => {
    const place = { format: 'raw', field: 'pixels', offset: 0 };
    const resolutionPpi = chooseResolution(place, undefined, options);
    return decodeRaw(bytes, { widthPx: width, heightPx: height, resolutionPpi });
  };
}

function isMinutiaeFormat(format: string | undefined): format is MinutiaeFormat {
  return format !== undefined && format in MINUTIAE_LAYOUTS;
}

function formatOfName(name: string): string {
  const ending = extname(name).slice(1).toLowerCase();
  return ENDINGS[ending] ?? ending;
}

function text(report: {
  input: string;
  from: string | undefined;
  target: string;
  to: string;
  bytes: number;
  deviations: readonly string[];
  notes: readonly string[];
}): string {
  const lines = [`${report.input} (${report.from}) -> ${report.target} (${report.to}, ${report.bytes} bytes)`];
  lines.push(...report.notes.map((note) => `  note: ${note}`));
  return `${[...lines, ...report.deviations.map((deviation) => `  deviation: ${deviation}`)].join('\n')}\n`;
}
