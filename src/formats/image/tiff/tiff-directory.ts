/** The directory of a TIFF: its tags and their numbers. TIFF 6.0, section 2. */

import type { ByteReader } from '../../bytes/byte-reader.ts';

/** The tags that are read. */
export const TAG = {
  width: 256,
  height: 257,
  bitsPerSample: 258,
  compression: 259,
  photometric: 262,
  fillOrder: 266,
  stripOffsets: 273,
  orientation: 274,
  samplesPerPixel: 277,
  rowsPerStrip: 278,
  stripByteCounts: 279,
  xResolution: 282,
  yResolution: 283,
  planarConfiguration: 284,
  resolutionUnit: 296,
  predictor: 317,
  colorMap: 320,
  tileWidth: 322,
  tileLength: 323,
  tileOffsets: 324,
  tileByteCounts: 325,
  extraSamples: 338,
  sampleFormat: 339,
} as const;

const RATIONAL = 5;

/** Bytes of a value by field type, and how it is read; other types are skipped. */
const TYPES: Readonly<Record<number, { bytes: number; read(reader: ByteReader): number }>> = {
  1: { bytes: 1, read: (reader) => reader.u8('tag value') },
  3: { bytes: 2, read: (reader) => reader.u16('tag value') },
  4: { bytes: 4, read: (reader) => reader.u32('tag value') },
  [RATIONAL]: { bytes: 8, read: (reader) => reader.u32('tag value') / reader.u32('tag value') },
};

/** Values by tag. */
export type TiffDirectory = ReadonlyMap<number, readonly number[]>;

/** Pages that are looked at; more are not listed. */
const MAX_PAGES = 1000;

/** Where the directories of all images are, first to last. Throws WHORL_E_MALFORMED where the chain breaks. */
export function directoryOffsets(reader: ByteReader): number[] {
  const offsets: number[] = [];
  reader.seek(4, 'directory offset');
  for (let next = reader.u32('directory offset'); next !== 0 && offsets.length < MAX_PAGES; ) {
    if (offsets.includes(next)) throw reader.malformed('directory offset', 'leads back to an earlier one');
    offsets.push(next);
    reader.seek(next, 'directory offset');
    reader.skip(12 * reader.u16('directory count'), 'directory');
    // Writers leave out the end of the chain.
    next = reader.remaining < 4 ? 0 : reader.u32('directory offset');
  }
  return offsets;
}

/** The directory at an offset, the first when absent; a value list can never be longer than the file. */
export function readDirectory(reader: ByteReader, offset?: number): TiffDirectory {
  reader.seek(4, 'directory offset');
  reader.seek(offset ?? reader.u32('directory offset'), 'directory offset');
  const count = reader.u16('directory count');
  const known = new Set<number>(Object.values(TAG));
  const directory = new Map<number, readonly number[]>();
  for (let i = 0; i < count; i++) {
    const at = reader.offset;
    const tag = reader.u16('tag');
    const typeNumber = reader.u16('tag type');
    const isFraction = typeNumber === RATIONAL;
    const mayBeFraction = tag === TAG.xResolution || tag === TAG.yResolution;
    const type = isFraction && !mayBeFraction ? undefined : TYPES[typeNumber];
    const length = reader.u32('tag count');
    if (type !== undefined && known.has(tag) && !directory.has(tag)) {
      if (length * type.bytes > 4) reader.seek(reader.u32('tag offset'), 'tag offset');
      if (length * type.bytes > reader.remaining) throw reader.malformed(`tag ${tag}`, 'reaches beyond the end', at);
      directory.set(
        tag,
        Array.from({ length }, () => type.read(reader)),
      );
    }
    reader.seek(Math.min(at + 12, reader.length), 'tag');
  }
  return directory;
}
