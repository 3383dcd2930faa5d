/**
 * The extended data of a view: ridge counts, cores and deltas, zonal quality, and what vendors add.
 * ISO/IEC 19794-2:2005 7.5, :2011 8.5; ANSI INCITS 378 6.6.
 */

import { BiometricError, isBiometricError } from '../../core/biometric-error.ts';
import { ByteReader } from '../bytes/byte-reader.ts';
import { ByteWriter } from '../bytes/byte-writer.ts';
import type { DeviationList } from './deviations.ts';
import type {
  ExtendedData,
  MinutiaeFormat,
  MinutiaeLayout,
  MinutiaeView,
  SingularPoint,
  ZonalQuality,
} from './minutiae-record.ts';
import { MINUTIAE_LAYOUTS } from './minutiae-record.ts';

/** The parts of a view that live in extended data. */
export type ViewExtensions = Pick<MinutiaeView, 'ridgeCounts' | 'singularPoints' | 'zonalQuality' | 'extendedData'>;

const RIDGE_COUNTS = 1;
const SINGULAR_POINTS = 2;
const ZONAL_QUALITY = 3;
const BLOCK_HEADER_BYTES = 4;
const HAS_ANGLES = 0x40;
const POINT_HAS_ANGLES = 0x4000;
const POSITION_MASK = 0x3fff;

/** The view that the extended data belong to. */
export interface ExtensionContext {
  readonly format: MinutiaeFormat;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly minutiaCount: number;
  readonly deviations: DeviationList;
}

/** Reads the length and the blocks; a known block that is broken is kept uninterpreted when reading leniently. */
export function readExtendedData(reader: ByteReader, context: ExtensionContext): ViewExtensions {
  const { deviations } = context;
  if (deviations.isLenient && reader.remaining < 2) {
    deviations.expect(false, reader, 'extended data length', 'is missing');
    reader.skip(reader.remaining, 'extended data length');
    return { extendedData: [] };
  }
  const total = reader.u16('extended data length');
  const start = reader.offset;
  const there = deviations.isLenient ? Math.min(total, reader.remaining) : total;
  deviations.expect(there === total, reader, 'extended data length', `is ${total}, but ${there} are there`, start - 2);
  const area = reader.bytes(there, 'extended data');
  const known: { -readonly [K in keyof ViewExtensions]?: ViewExtensions[K] } = {};
  const others: ExtendedData[] = [];
  for (const { type, data, offset } of splitBlocks(reader, area, start, context)) {
    const parts = new ByteReader(context.format, data);
    try {
      if (type === RIDGE_COUNTS && known.ridgeCounts === undefined) known.ridgeCounts = readCounts(parts, context);
      else if (type === SINGULAR_POINTS && known.singularPoints === undefined) {
        known.singularPoints = readPoints(parts, MINUTIAE_LAYOUTS[context.format]);
      } else if (type === ZONAL_QUALITY && hasZones(context.format) && known.zonalQuality === undefined) {
        known.zonalQuality = readZones(parts, context);
      } else {
        others.push({ type, data: data.slice() });
        continue;
      }
      const text = `of type ${type} have bytes too many, which are left out`;
      context.deviations.expect(parts.remaining === 0, reader, 'extended data', text, offset);
    } catch (error) {
      if (!isBiometricError(error)) throw error;
      context.deviations.expect(false, reader, 'extended data', error.message, offset);
      dropKnown(known, type);
      others.push({ type, data: data.slice() });
    }
  }
  return { ...known, extendedData: others };
}

/** Writes length and blocks: ridge counts, singular points, zones, then the others. */
export function writeExtendedData(writer: ByteWriter, view: ViewExtensions, format: MinutiaeFormat): void {
  const layout = MINUTIAE_LAYOUTS[format];
  const blocks: ExtendedData[] = [];
  if (view.ridgeCounts !== undefined) blocks.push({ type: RIDGE_COUNTS, data: countBytes(view.ridgeCounts) });
  if (view.singularPoints !== undefined) {
    blocks.push({ type: SINGULAR_POINTS, data: pointBytes(view.singularPoints, layout) });
  }
  if (view.zonalQuality !== undefined && hasZones(format)) {
    blocks.push({ type: ZONAL_QUALITY, data: zoneBytes(view.zonalQuality, format) });
  }
  blocks.push(...view.extendedData);
  const total = blocks.reduce((sum, { data }) => sum + BLOCK_HEADER_BYTES + data.length, 0);
  if (total > 0xffff) throw new BiometricError('E_INVALIDARG', 'extended data of a view have at most 65535 bytes');
  writer.u16(total);
  for (const { type, data } of blocks) {
    writer.u16(type);
    writer.u16(data.length + (layout.countsBlockHeader ? BLOCK_HEADER_BYTES : 0));
    writer.bytes(data);
  }
}

/** True for formats that define zonal quality. */
export function hasZones(format: MinutiaeFormat): boolean {
  return format.startsWith('iso');
}

interface Block extends ExtendedData {
  readonly offset: number;
}

/**
 * ISO 2005 can be read as counting the block header in its length or not, and both are written; whichever fills the
 * area exactly is taken.
 */
function splitBlocks(reader: ByteReader, area: Uint8Array, start: number, context: ExtensionContext): Block[] {
  const counted = MINUTIAE_LAYOUTS[context.format].countsBlockHeader;
  const exact = split(area, start, counted) ?? (counted ? undefined : split(area, start, true));
  if (exact !== undefined) return exact;
  context.deviations.expect(false, reader, 'extended data length', 'is not the sum of its blocks', start - 2);
  return area.length > 0 ? [{ type: 0, data: area, offset: start }] : [];
}

function split(area: Uint8Array, start: number, countsHeader: boolean): Block[] | undefined {
  const view = new DataView(area.buffer, area.byteOffset, area.byteLength);
  const blocks: Block[] = [];
  let at = 0;
  while (at + BLOCK_HEADER_BYTES <= area.length) {
    const length = view.getUint16(at + 2) - (countsHeader ? BLOCK_HEADER_BYTES : 0);
    const end = at + BLOCK_HEADER_BYTES + length;
    if (length < 0 || end > area.length) return undefined;
    blocks.push({ type: view.getUint16(at), data: area.subarray(at + BLOCK_HEADER_BYTES, end), offset: start + at });
    at = end;
  }
  return at === area.length ? blocks : undefined;
}

function dropKnown(known: { -readonly [K in keyof ViewExtensions]?: ViewExtensions[K] }, type: number): void {
  if (type === RIDGE_COUNTS) delete known.ridgeCounts;
  if (type === SINGULAR_POINTS) delete known.singularPoints;
  if (type === ZONAL_QUALITY) delete known.zonalQuality;
}

function readCounts(reader: ByteReader, context: ExtensionContext): NonNullable<ViewExtensions['ridgeCounts']> {
  const method = reader.u8('ridge count method');
  if (method > 2) throw reader.malformed('ridge count method', 'is above 2', 0);
  const counts = [];
  while (reader.remaining >= 3) {
    const edge = { from: reader.u8('ridge count'), to: reader.u8('ridge count'), count: reader.u8('ridge count') };
    const isKept = Math.max(edge.from, edge.to) < context.minutiaCount;
    context.deviations.expect(isKept, reader, 'ridge count', 'names a minutia that is not there');
    counts.push(edge);
  }
  return { method, counts };
}

function countBytes({ method, counts }: NonNullable<ViewExtensions['ridgeCounts']>): Uint8Array {
  return Uint8Array.from([method, ...counts.flatMap(({ from, to, count }) => [from, to, count])]);
}

function readPoints(reader: ByteReader, layout: MinutiaeLayout): NonNullable<ViewExtensions['singularPoints']> {
  const list = (angleCount: number): SingularPoint[] => {
    const info = reader.u8('singular point count');
    return Array.from({ length: info & 15 }, () => {
      const x = reader.u16('singular point');
      const y = reader.u16('singular point');
      const hasAngles = layout.hasFlaggedPoints ? (x & POINT_HAS_ANGLES) !== 0 : (info & HAS_ANGLES) !== 0;
      const angles = Array.from({ length: hasAngles ? angleCount : 0 }, () => reader.u8('singular point angle'));
      return { xPx: x & POSITION_MASK, yPx: y & POSITION_MASK, angles };
    });
  };
  return { cores: list(1), deltas: list(3) };
}

function pointBytes(
  { cores, deltas }: NonNullable<ViewExtensions['singularPoints']>,
  layout: MinutiaeLayout,
): Uint8Array {
  const writer = new ByteWriter();
  for (const [points, angleCount] of [
    [cores, 1],
    [deltas, 3],
  ] as const) {
    const withAngles = points.filter(({ angles }) => angles.length === angleCount).length;
    const legal = points.every(({ angles }) => angles.length === 0 || angles.length === angleCount);
    if (points.length > 15 || !legal || (!layout.hasFlaggedPoints && withAngles % points.length > 0)) {
      throw new BiometricError(
        'E_INVALIDARG',
        'at most 15 cores with one angle and 15 deltas with three can be written',
      );
    }
    const flag = !layout.hasFlaggedPoints && withAngles > 0 ? HAS_ANGLES : 0;
    writer.u8(flag | points.length);
    for (const { xPx, yPx, angles } of points) {
      writer.u16(xPx | (layout.hasFlaggedPoints && angles.length > 0 ? POINT_HAS_ANGLES : 0));
      writer.u16(yPx);
      writer.bytes(Uint8Array.from(angles));
    }
  }
  return writer.finish();
}

function readZones(reader: ByteReader, context: ExtensionContext): ZonalQuality {
  const isNamed = context.format === 'iso-19794-2-2011';
  const vendorId = isNamed ? reader.u16('zonal quality vendor') : 0;
  const algorithmId = isNamed ? reader.u16('zonal quality algorithm') : 0;
  const cellWidthPx = reader.u8('zonal quality cell width');
  const cellHeightPx = reader.u8('zonal quality cell height');
  const bits = reader.u8('zonal quality bits');
  if (cellWidthPx === 0 || cellHeightPx === 0 || bits < 1 || bits > 8) {
    throw reader.malformed('zonal quality', 'has cells of no size or values of no bits');
  }
  const count = Math.ceil(context.widthPx / cellWidthPx) * Math.ceil(context.heightPx / cellHeightPx);
  const packed = reader.bytes(Math.ceil((count * bits) / 8), 'zonal quality');
  const values = Uint8Array.from({ length: count }, (_, i) => {
    const at = (i * bits) >> 3;
    const window = (packed[at]! << 8) | (packed[at + 1] ?? 0);
    return (window >> (16 - bits - ((i * bits) & 7))) & ((1 << bits) - 1);
  });
  return { vendorId, algorithmId, cellWidthPx, cellHeightPx, bits, values };
}

function zoneBytes(zones: ZonalQuality, format: MinutiaeFormat): Uint8Array {
  const writer = new ByteWriter();
  if (format === 'iso-19794-2-2011') {
    writer.u16(zones.vendorId);
    writer.u16(zones.algorithmId);
  }
  writer.u8(zones.cellWidthPx);
  writer.u8(zones.cellHeightPx);
  writer.u8(zones.bits);
  let hold = 0;
  let held = 0;
  for (const value of zones.values) {
    hold = (hold << zones.bits) | value;
    held += zones.bits;
    if (held < 8) continue;
    held -= 8;
    writer.u8(hold >> held);
    hold &= (1 << held) - 1;
  }
  if (held > 0) writer.u8(hold << (8 - held));
  return writer.finish();
}
