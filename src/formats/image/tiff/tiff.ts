/**
 * TIFF to grey pixels: strips and tiles, uncompressed, LZW, deflate and PackBits. A reader of our own, because the
 * libraries at hand allocate what a file declares before they look whether it can be there. TIFF 6.0.
 */

import { BiometricError } from '../../../core/biometric-error.ts';
import type { GreyImage } from '../../../core/grey-image.ts';
import { ByteReader } from '../../bytes/byte-reader.ts';
import { ByteWriter } from '../../bytes/byte-writer.ts';
import { chooseResolution } from '../choose-resolution.ts';
import {
  type ChosenImageOptions,
  checkDeclaredSize,
  checkGreyImage,
  DEFAULT_MAX_PIXELS,
  pixelsPerInch,
} from '../image-limits.ts';
import { orient } from '../orient.ts';
import { DECOMPRESS } from './tiff-compression.ts';
import { directoryOffsets, readDirectory, TAG, type TiffDirectory } from './tiff-directory.ts';
import { greyLine, type TiffColour } from './tiff-grey.ts';

const FORMAT = 'TIFF';
const CM_PER_INCH = 2.54;
const WITHOUT_UNIT = 1;
const PER_CM = 3;

/** True when the bytes begin as a TIFF does, in either byte order. */
export function isTiff(bytes: Uint8Array): boolean {
  const [a, b, c, d] = bytes;
  return (a === 0x49 && b === 0x49 && c === 42 && d === 0) || (a === 0x4d && b === 0x4d && c === 0 && d === 42);
}

/**
 * One image, the first unless `image` chooses another, as 8-bit grey, upright as its orientation says. The resolution
 * is `resolutionPpi`, else that of the tags. Throws WHORL_E_MALFORMED for broken files, WHORL_E_UNSUPPORTED_FORMAT for
 * other compressions and colours and a missing resolution, WHORL_E_LIMIT_EXCEEDED above `maxPixels`, E_INVALIDARG for a
 * `resolutionPpi` that is not above zero and an `image` that is not there. TIFF 6.0.
 *
 * @example
 * const image = decodeTiff(await readFile('print.tif'));
 */
export function decodeTiff(bytes: Uint8Array, options: ChosenImageOptions = {}): GreyImage {
  const reader = open(bytes);
  const { image = 1 } = options;
  const offsets = image === 1 ? [undefined] : directoryOffsets(reader);
  if (!(Number.isInteger(image) && image >= 1 && image <= offsets.length)) {
    throw new BiometricError('E_INVALIDARG', `image is ${image}, but the TIFF has ${offsets.length}`);
  }
  const directory = readDirectory(reader, offsets[image - 1]);
  const number = (tag: number, otherwise: number) => directory.get(tag)?.[0] ?? otherwise;
  const widthPx = number(TAG.width, 0);
  const heightPx = number(TAG.height, 0);
  checkDeclaredSize({ format: FORMAT, field: 'ImageWidth', offset: 0 }, widthPx, heightPx, options.maxPixels);
  const colour = readColour(reader, directory, bytes[0] === 0x49);
  const place = { format: FORMAT, field: 'XResolution', offset: 0 };
  const resolutionPpi = chooseResolution(place, readResolution(reader, directory), options);
  const decompress = DECOMPRESS[number(TAG.compression, 1)];
  if (decompress === undefined) throw reader.unsupported('Compression', 'is not supported', 0);
  const grid = readGrid(reader, directory, widthPx, heightPx, options.maxPixels ?? DEFAULT_MAX_PIXELS);
  const pixels = new Uint8Array(widthPx * heightPx);
  const lineBytes = Math.ceil((grid.widthPx * colour.samplesPerPixel * colour.depth) / 8);
  for (const [i, offset] of grid.offsets.entries()) {
    const x = (i % grid.across) * grid.widthPx;
    const y = Math.floor(i / grid.across) * grid.heightPx;
    const rows = Math.min(grid.heightPx, heightPx - y);
    reader.seek(offset, 'StripOffsets');
    const data = reader.bytes(grid.byteCounts[i]!, 'StripByteCounts');
    const output = new Uint8Array(lineBytes * rows);
    if (decompress(data, output, offset) !== output.length) throw reader.malformed('strip', 'ends early', offset);
    const count = Math.min(grid.widthPx, widthPx - x);
    for (let row = 0; row < rows; row++) {
      const line = output.subarray(row * lineBytes, (row + 1) * lineBytes);
      greyLine(line, colour, grid.widthPx, count, pixels, (y + row) * widthPx + x);
    }
  }
  return orient({ widthPx, heightPx, resolutionPpi, pixels }, directory.get(TAG.orientation)?.[0]);
}

/** How many images a TIFF has. Throws WHORL_E_MALFORMED for a broken list of them. */
export function countTiffPages(bytes: Uint8Array): number {
  return directoryOffsets(open(bytes)).length;
}

function open(bytes: Uint8Array): ByteReader {
  const reader = new ByteReader(FORMAT, bytes, { littleEndian: bytes[0] === 0x49 });
  if (!isTiff(bytes)) throw reader.malformed('signature', 'is not that of a TIFF', 0);
  return reader;
}

/**
 * An uncompressed 8-bit TIFF of one strip, with its resolution. Throws E_INVALIDARG when sizes, pixels and resolution
 * are not those of an image.
 *
 * @example
 * await writeFile('print.tif', encodeTiff(image));
 */
export function encodeTiff(image: GreyImage): Uint8Array {
  checkGreyImage(image);
  const { widthPx, heightPx, pixels } = image;
  const [short, long, rational] = [3, 4, 5];
  const tags = 11;
  const rationalAt = 8 + 2 + 12 * tags + 4;
  const entries = [
    [TAG.width, long, widthPx],
    [TAG.height, long, heightPx],
    [TAG.bitsPerSample, short, 8],
    [TAG.compression, short, 1],
    [TAG.photometric, short, 1],
    [TAG.stripOffsets, long, rationalAt + 8],
    [TAG.rowsPerStrip, long, heightPx],
    [TAG.stripByteCounts, long, pixels.length],
    [TAG.xResolution, rational, rationalAt],
    [TAG.yResolution, rational, rationalAt],
    [TAG.resolutionUnit, short, 2],
  ] as const;
  const writer = new ByteWriter({ littleEndian: true });
  writer.text('II');
  writer.u16(42);
  writer.u32(8);
  writer.u16(tags);
  for (const [tag, type, value] of entries) {
    writer.u16(tag);
    writer.u16(type);
    writer.u32(1);
    writer.u32(value);
  }
  writer.u32(0);
  writer.u32(Math.round(image.resolutionPpi * 100));
  writer.u32(100);
  writer.bytes(pixels);
  return writer.finish();
}

/** Strips or tiles: their size, how many stand side by side, and where they are. */
interface Grid {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly across: number;
  readonly offsets: readonly number[];
  readonly byteCounts: readonly number[];
}

function readGrid(reader: ByteReader, tags: TiffDirectory, widthPx: number, heightPx: number, limit: number): Grid {
  const isTiled = tags.has(TAG.tileWidth);
  const tileWidthPx = isTiled ? tags.get(TAG.tileWidth)![0]! : widthPx;
  const rows = isTiled ? (tags.get(TAG.tileLength)?.[0] ?? 0) : (tags.get(TAG.rowsPerStrip)?.[0] ?? heightPx);
  const tileHeightPx = isTiled ? rows : Math.min(rows, heightPx);
  if (!(tileWidthPx > 0 && tileHeightPx > 0)) throw reader.malformed('TileWidth', 'is zero', 0);
  const across = Math.ceil(widthPx / tileWidthPx);
  const down = Math.ceil(heightPx / tileHeightPx);
  // Tiles may stick out of the image, but not so far that they are most of the work.
  if (across * tileWidthPx * Math.min(tileHeightPx, heightPx) > limit || across * tileWidthPx * heightPx > 4 * limit) {
    throw reader.error('WHORL_E_LIMIT_EXCEEDED', 'TileWidth', 'declares tiles far beyond the image', 0);
  }
  const offsets = tags.get(isTiled ? TAG.tileOffsets : TAG.stripOffsets) ?? [];
  const byteCounts = tags.get(isTiled ? TAG.tileByteCounts : TAG.stripByteCounts) ?? [];
  const count = across * down;
  // Uncompressed files of one strip may leave its length out.
  const lengths = byteCounts.length === 0 && count === 1 ? [reader.length - (offsets[0] ?? 0)] : byteCounts;
  if (offsets.length < count || lengths.length < count) throw reader.malformed('StripOffsets', 'are too few', 0);
  return {
    widthPx: tileWidthPx,
    heightPx: tileHeightPx,
    across,
    offsets: offsets.slice(0, count),
    byteCounts: lengths.slice(0, count),
  };
}

function readColour(reader: ByteReader, tags: TiffDirectory, littleEndian: boolean): TiffColour {
  const first = (tag: number) => tags.get(tag)?.[0] ?? 1;
  const depths = tags.get(TAG.bitsPerSample) ?? [1];
  const depth = first(TAG.bitsPerSample);
  const [samplesPerPixel, photometric, predictor] = [TAG.samplesPerPixel, TAG.photometric, TAG.predictor].map(
    first,
  ) as [number, number, number];
  const rules: readonly [boolean, string, string][] = [
    [[1, 2, 4, 8, 16].includes(depth), 'BitsPerSample', 'is not 1, 2, 4, 8 or 16'],
    [depths.every((each) => each === depth), 'BitsPerSample', 'differs between the samples'],
    [photometric <= 3, 'PhotometricInterpretation', 'is neither grey, RGB nor a palette'],
    [samplesPerPixel >= (photometric === 2 ? 3 : 1), 'SamplesPerPixel', 'are too few for the colours'],
    [samplesPerPixel <= 8, 'SamplesPerPixel', 'are more than 8'],
    [samplesPerPixel === 1 || first(TAG.planarConfiguration) === 1, 'PlanarConfiguration', 'is one plane a sample'],
    [predictor === 1 || (predictor === 2 && depth >= 8), 'Predictor', 'is not differencing of whole bytes'],
    [first(TAG.fillOrder) === 1, 'FillOrder', 'is lowest bit first'],
    [first(TAG.sampleFormat) === 1, 'SampleFormat', 'is not unsigned'],
  ];
  const broken = rules.find(([isKept]) => !isKept);
  if (broken !== undefined) throw reader.unsupported(broken[1], broken[2], 0);
  const palette = tags.get(TAG.colorMap) ?? [];
  if (photometric === 3 && palette.length < 3 * 2 ** depth) throw reader.malformed('ColorMap', 'is too short', 0);
  const hasAlpha = (tags.get(TAG.extraSamples)?.[0] ?? 0) > 0;
  return { samplesPerPixel, depth, photometric, palette, hasAlpha, isDifferenced: predictor === 2, littleEndian };
}

function readResolution(reader: ByteReader, tags: TiffDirectory): number | undefined {
  const x = tags.get(TAG.xResolution)?.[0];
  const y = tags.get(TAG.yResolution)?.[0] ?? x;
  const unit = tags.get(TAG.resolutionUnit)?.[0] ?? 2;
  if (x === undefined || !(x > 0 && Number.isFinite(x)) || unit === WITHOUT_UNIT) return undefined;
  if (x !== y) throw reader.unsupported('YResolution', 'differs from XResolution', 0);
  return unit === PER_CM ? pixelsPerInch(x, CM_PER_INCH) : Math.round(x * 100) / 100;
}
