/**
 * Biometric information records, the form in which samples leave a sensor: a table of up to four blocks that can be
 * moved as one piece of memory. WBF: structures 3.1, 3.2; adapters 12.
 */

import { BiometricError } from '../../core/biometric-error.ts';
import * as c from '../../core/constants.ts';
import { ByteReader } from '../bytes/byte-reader.ts';
import { ByteWriter } from '../bytes/byte-writer.ts';
import { fits } from '../bytes/fits.ts';

/** A number of an IBIA-registered owner, and the type that the owner gave it. */
export interface RegisteredFormat {
  /** IBIA owner number, 16 bits. */
  readonly owner: number;
  /** Number within that owner, 16 bits. */
  readonly type: number;
}

/** What the header says. A field is absent when its ValidFields bit is clear. */
export interface BirHeader {
  /** `WINBIO_DATA_FLAG_*` bits, with exactly one of RAW, INTERMEDIATE and PROCESSED. */
  readonly dataFlags: number;
  /** One `WINBIO_TYPE_*`. */
  readonly factor?: number;
  /** Which finger: `WINBIO_SUBTYPE_*` or `WINBIO_ANSI_381_POS_*`. */
  readonly subFactor?: number;
  /** `WINBIO_PURPOSE_*` bits. */
  readonly purpose?: number;
  /** 0 to 100, or `WINBIO_DATA_QUALITY_*`. */
  readonly quality?: number;
  /** Moment of creation: 100 ns since 1601-01-01 UTC. */
  readonly creationTicks?: bigint;
  /** Period of validity. */
  readonly validityTicks?: {
    /** First moment: 100 ns since 1601-01-01 UTC. */
    readonly begin: bigint;
    /** Last moment: 100 ns since 1601-01-01 UTC. */
    readonly end: bigint;
  };
  /** The software that made the record. */
  readonly productId?: RegisteredFormat;
}

/** A record: its header, and those of the blocks that it has. */
export interface Bir {
  /** Present in every record. */
  readonly header: BirHeader;
  /** ANSI 381 data. */
  readonly standard?: Uint8Array;
  /** Data in a format of the vendor. */
  readonly vendor?: Uint8Array;
  /** Signature over header and both data blocks. */
  readonly signature?: Uint8Array;
}

const FORMAT = 'BIR';
const TABLE_BYTES = 32;
const HEADER_BYTES = 48;
const BLOCKS = ['HeaderBlock', 'StandardDataBlock', 'VendorDataBlock', 'SignatureBlock'] as const;
const STAGES = c.WINBIO_DATA_FLAG_RAW | c.WINBIO_DATA_FLAG_INTERMEDIATE | c.WINBIO_DATA_FLAG_PROCESSED;
const MS_1601_TO_1970 = 11_644_473_600_000;

/**
 * The bytes of a record. Throws E_INVALIDARG for a header that breaks a rule, an empty block, and more than 2 GiB. WBF:
 * structures 3.1.
 *
 * @example
 * const header = { dataFlags: WINBIO_DATA_FLAG_RAW, purpose: WINBIO_PURPOSE_VERIFY };
 * const bytes = encodeBir({ header, vendor: Uint8Array.of(1, 2, 3) });
 */
export function encodeBir(bir: Bir): Uint8Array {
  checkHeader(bir.header);
  const blocks = [encodeHeader(bir), bir.standard, bir.vendor, bir.signature];
  const capacity = blocks.reduce((end, block) => (block === undefined ? end : align(end) + block.length), TABLE_BYTES);
  const writer = new ByteWriter({ littleEndian: true, capacity });
  let offset = TABLE_BYTES;
  for (const block of blocks) {
    if (block?.length === 0) throw new BiometricError('E_INVALIDARG', 'a block of a BIR is absent or not empty');
    writer.u32(block?.length ?? 0);
    writer.u32(block === undefined ? 0 : offset);
    offset = align(offset + (block?.length ?? 0));
  }
  if (offset > c.WINBIO_MAX_SAMPLE_BUFFER_SIZE) throw new BiometricError('E_INVALIDARG', 'a BIR has at most 2 GiB');
  for (const block of blocks) {
    if (block === undefined) continue;
    writer.zeros(align(writer.length) - writer.length);
    writer.bytes(block);
  }
  return writer.finish();
}

/**
 * The record in these bytes, its blocks copied. Throws WHORL_E_MALFORMED for everything that structures 3 forbids.
 *
 * @example
 * const { header, standard } = decodeBir(sample);
 */
export function decodeBir(bytes: Uint8Array): Bir {
  const reader = new ByteReader(FORMAT, bytes, { littleEndian: true });
  const { header, standard, vendor, signature } = readParts(reader);
  const copy = (block: Block) => {
    reader.seek(block.offset, 'block');
    return reader.bytes(block.size, 'block').slice();
  };
  return {
    header,
    ...(standard && { standard: copy(standard) }),
    ...(vendor && { vendor: copy(vendor) }),
    ...(signature && { signature: copy(signature) }),
  };
}

/**
 * Checks a record without copying its blocks. Throws WHORL_E_MALFORMED as {@link decodeBir} does. C-157
 *
 * @example
 * validateBir(sample);
 */
export function validateBir(bytes: Uint8Array): void {
  readParts(new ByteReader(FORMAT, bytes, { littleEndian: true }));
}

/**
 * A moment as a record counts it: 100 ns since 1601-01-01 UTC. Throws RangeError for an invalid date.
 *
 * @example
 * const creationTicks = ticksFromDate(new Date());
 */
export function ticksFromDate(date: Date): bigint {
  return BigInt(date.getTime() + MS_1601_TO_1970) * 10_000n;
}

/**
 * The moment of a tick count, rounded down to the millisecond. Never fails.
 *
 * @example
 * dateFromTicks(116_444_736_000_000_000n).getTime(); // 0
 */
export function dateFromTicks(ticks: bigint): Date {
  return new Date(Number(ticks / 10_000n) - MS_1601_TO_1970);
}

interface Block {
  readonly offset: number;
  readonly size: number;
}

interface Parts {
  readonly header: BirHeader;
  readonly standard: Block | undefined;
  readonly vendor: Block | undefined;
  readonly signature: Block | undefined;
}

function readParts(reader: ByteReader): Parts {
  const [headerAt, standard, vendor, signature] = readTable(reader);
  reader.seek(headerAt!.offset, 'HeaderBlock');
  const { header, format } = readHeader(reader);
  const isAnsi = format.owner === c.WINBIO_ANSI_381_FORMAT_OWNER && format.type === c.WINBIO_ANSI_381_FORMAT_TYPE;
  if (standard ? !isAnsi : format.owner !== 0 || format.type !== 0) {
    const text = standard ? 'standard block is not declared as ANSI 381' : 'declared without a standard block';
    throw reader.malformed('BiometricDataFormat', text, headerAt!.offset + 40);
  }
  return { header, standard, vendor, signature };
}

function align(offset: number): number {
  return Math.ceil(offset / c.WINBIO_BIR_ALIGN_SIZE) * c.WINBIO_BIR_ALIGN_SIZE;
}

function readTable(reader: ByteReader): (Block | undefined)[] {
  let taken = [{ offset: 0, size: TABLE_BYTES }];
  return BLOCKS.map((field, i) => {
    const at = reader.offset;
    const block = { size: reader.u32(field), offset: reader.u32(field) };
    if (block.size === 0 && block.offset === 0 && i > 0) return undefined;
    if (block.size === 0) throw reader.malformed(field, 'is empty', at);
    if (i === 0 && block.size !== HEADER_BYTES) throw reader.malformed(field, 'does not have 48 bytes', at);
    if (block.offset % c.WINBIO_BIR_ALIGN_SIZE !== 0) throw reader.malformed(field, 'is not aligned to 8 bytes', at);
    if (block.offset + block.size > reader.length) throw reader.malformed(field, 'ends outside the record', at);
    if (taken.some((other) => block.offset < other.offset + other.size && other.offset < block.offset + block.size)) {
      throw reader.malformed(field, 'overlaps another block', at);
    }
    taken = [...taken, block];
    return block;
  });
}

function encodeHeader(bir: Bir): Uint8Array {
  const { header } = bir;
  const writer = new ByteWriter({ littleEndian: true });
  writer.u16(
    c.WINBIO_BIR_FIELD_CBEFF_HEADER_VERSION |
      c.WINBIO_BIR_FIELD_PATRON_HEADER_VERSION |
      (header.factor === undefined ? 0 : c.WINBIO_BIR_FIELD_BIOMETRIC_TYPE) |
      (header.subFactor === undefined ? 0 : c.WINBIO_BIR_FIELD_BIOMETRIC_SUBTYPE) |
      (header.purpose === undefined ? 0 : c.WINBIO_BIR_FIELD_BIOMETRIC_PURPOSE) |
      (header.quality === undefined ? 0 : c.WINBIO_BIR_FIELD_QUALITY) |
      (header.creationTicks === undefined ? 0 : c.WINBIO_BIR_FIELD_CREATION_DATE) |
      (header.validityTicks === undefined ? 0 : c.WINBIO_BIR_FIELD_VALIDITY_PERIOD) |
      (header.productId === undefined ? 0 : c.WINBIO_BIR_FIELD_PRODUCT_ID),
  );
  writer.u8(c.WINBIO_CBEFF_HEADER_VERSION);
  writer.u8(c.WINBIO_PATRON_HEADER_VERSION);
  writer.u8(fits(header.dataFlags, 0xff, 'DataFlags'));
  writer.zeros(3);
  writer.u32(header.factor ?? 0);
  writer.u8(fits(header.subFactor ?? c.WINBIO_SUBTYPE_NO_INFORMATION, 0xff, 'Subtype'));
  writer.u8(fits(header.purpose ?? c.WINBIO_NO_PURPOSE_AVAILABLE, 0xff, 'Purpose'));
  writer.i8(header.quality ?? c.WINBIO_DATA_QUALITY_NOT_SET);
  writer.zeros(1);
  writer.i64(header.creationTicks ?? 0n);
  writer.i64(header.validityTicks?.begin ?? 0n);
  writer.i64(header.validityTicks?.end ?? 0n);
  writer.u16(bir.standard ? c.WINBIO_ANSI_381_FORMAT_OWNER : 0);
  writer.u16(bir.standard ? c.WINBIO_ANSI_381_FORMAT_TYPE : 0);
  writer.u16(fits(header.productId?.owner ?? 0, 0xffff, 'ProductId'));
  writer.u16(fits(header.productId?.type ?? 0, 0xffff, 'ProductId'));
  return writer.finish();
}

function readHeader(reader: ByteReader): { header: BirHeader; format: RegisteredFormat } {
  const start = reader.offset;
  const validFields = reader.u16('ValidFields');
  if ((validFields & c.WINBIO_BIR_FIELD_NEVER_VALID) !== 0) {
    throw reader.malformed('ValidFields', 'has a bit set that is never valid', start);
  }
  if (reader.u8('HeaderVersion') !== c.WINBIO_CBEFF_HEADER_VERSION) {
    throw reader.malformed('HeaderVersion', 'is not 0x11', start + 2);
  }
  if (reader.u8('PatronHeaderVersion') !== c.WINBIO_PATRON_HEADER_VERSION) {
    throw reader.malformed('PatronHeaderVersion', 'is not 0x11', start + 3);
  }
  const dataFlags = reader.u8('DataFlags');
  reader.skip(3, 'DataFlags');
  const factor = reader.u32('Type');
  const subFactor = reader.u8('Subtype');
  const purpose = reader.u8('Purpose');
  const quality = reader.i8('DataQuality');
  reader.skip(1, 'DataQuality');
  const creationTicks = reader.i64('CreationDate');
  const validityTicks = { begin: reader.i64('ValidityPeriod'), end: reader.i64('ValidityPeriod') };
  const format = { owner: reader.u16('BiometricDataFormat'), type: reader.u16('BiometricDataFormat') };
  const productId = { owner: reader.u16('ProductId'), type: reader.u16('ProductId') };
  const has = (bit: number) => (validFields & bit) !== 0;
  const header: BirHeader = {
    dataFlags,
    ...(has(c.WINBIO_BIR_FIELD_BIOMETRIC_TYPE) && { factor }),
    ...(has(c.WINBIO_BIR_FIELD_BIOMETRIC_SUBTYPE) && { subFactor }),
    ...(has(c.WINBIO_BIR_FIELD_BIOMETRIC_PURPOSE) && { purpose }),
    ...(has(c.WINBIO_BIR_FIELD_QUALITY) && { quality }),
    ...(has(c.WINBIO_BIR_FIELD_CREATION_DATE) && { creationTicks }),
    ...(has(c.WINBIO_BIR_FIELD_VALIDITY_PERIOD) && { validityTicks }),
    ...(has(c.WINBIO_BIR_FIELD_PRODUCT_ID) && { productId }),
  };
  const problem = headerProblem(header);
  if (problem !== undefined) throw reader.malformed(problem[0], problem[1], start + problem[2]);
  return { header, format };
}

function checkHeader(header: BirHeader): void {
  const problem = headerProblem(header);
  if (problem !== undefined) throw new BiometricError('E_INVALIDARG', `BIR ${problem[0]} ${problem[1]}`);
}

/** Field, what is wrong and its offset in the header; undefined when all is well. */
function headerProblem(header: BirHeader): [string, string, number] | undefined {
  const { dataFlags, factor, quality } = header;
  if (!isOneBit(dataFlags & STAGES)) return ['DataFlags', 'is not exactly one of RAW, INTERMEDIATE, PROCESSED', 4];
  if (factor !== undefined && !isOneBit(factor)) return ['Type', 'is not exactly one factor', 8];
  if (quality !== undefined && !(quality >= c.WINBIO_DATA_QUALITY_NOT_SUPPORTED && quality <= 100)) {
    return ['DataQuality', 'is not 0..100, -1 or -2', 14];
  }
  return undefined;
}

function isOneBit(bits: number): boolean {
  return bits !== 0 && (bits & (bits - 1)) === 0;
}
