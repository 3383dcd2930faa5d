/**
 * Reads ANSI/NIST-ITL files in their traditional encoding: the tagged records 1, 2, 9 to 99 and the binary image
 * records 3 to 8.
 */

import { ByteReader } from '../bytes/byte-reader.ts';
import type { Deviation } from '../minutiae/deviations.ts';

/** A field: subfields, each a list of items, as text. Image data (field 999) stay bytes. */
export type AnsiNistField = readonly (readonly string[])[];

/** A record of tagged fields. */
export interface TaggedRecord {
  /** Tells this shape from {@link BinaryImageRecord}. */
  readonly kind: 'tagged';
  /** Record type: 1, 2, 9 to 99. */
  readonly type: number;
  /** Byte of the file at which the record begins. */
  readonly offset: number;
  /** Image designation character; 0 for type 1. */
  readonly idc: number;
  /** Fields by number, without the record type: 14.013 is 13. */
  readonly fields: ReadonlyMap<number, AnsiNistField>;
  /** Field 999: image data as stored. */
  readonly data?: Uint8Array;
}

/** An image record of types 3 to 8: fixed binary fields. */
export interface BinaryImageRecord {
  /** Tells this shape from {@link TaggedRecord}. */
  readonly kind: 'binary';
  /** Record type: 3 to 8. */
  readonly type: number;
  /** Byte of the file at which the record begins. */
  readonly offset: number;
  /** Image designation character. */
  readonly idc: number;
  /** Code of how the impression was taken. ANSI/NIST-ITL, table 7. */
  readonly impressionType: number;
  /** Up to six finger positions, without the 255 that ends the list. */
  readonly positions: readonly number[];
  /** 0: the resolution of field 1.011, 1: that of 1.012. */
  readonly isNativeResolution: boolean;
  /** Pixels in a line. */
  readonly widthPx: number;
  /** Lines. */
  readonly heightPx: number;
  /** 0 none, 1 WSQ, 2 JPEG, 3 lossless JPEG, 4 JPEG 2000, 5 lossless JPEG 2000, 6 PNG. */
  readonly compression: number;
  /** Image data as stored. */
  readonly data: Uint8Array;
}

/** A record of a file. */
export type AnsiNistRecord = TaggedRecord | BinaryImageRecord;

const FORMAT = 'ANSI/NIST-ITL';
const FILE_SEPARATOR = 0x1c;
const GROUP_SEPARATOR = 0x1d;
const DATA_FIELD = 999;
const BINARY_HEADER_BYTES = 18;
const POSITIONS = 6;
/** Fields a record may have, records a file may have: what a hostile file may make us keep is bounded. */
const MAX_RECORDS = 1000;

/**
 * True when the bytes begin as a transaction does. Never fails.
 *
 * @example
 * if (isAnsiNist(bytes)) console.log(decodeAnsiNist(bytes).length);
 */
export function isAnsiNist(bytes: Uint8Array): boolean {
  const head = /^1\.0{0,2}1:\d{1,9}/.exec(ascii(bytes.subarray(0, 24)))?.[0];
  return head !== undefined && bytes[head.length] === GROUP_SEPARATOR;
}

/**
 * The records of a file, in order. Throws WHORL_E_MALFORMED for broken files, WHORL_E_LIMIT_EXCEEDED above 1000
 * records, WHORL_E_UNSUPPORTED_FORMAT for record types without a known layout.
 *
 * @example
 * const records = decodeAnsiNist(await readFile('card.an2'));
 * const images = ansiNistImages(records);
 */
export function decodeAnsiNist(bytes: Uint8Array): AnsiNistRecord[] {
  return new Reading(bytes, false).run();
}

/** A departure of a file from its standard. */
export interface AnsiNistFault extends Deviation {
  /** Number of the record in the file, from 1. */
  readonly record: number;
}

/** Result of {@link decodeAnsiNistLeniently}. */
export interface LenientAnsiNist {
  /** The records that could be read. */
  readonly records: readonly AnsiNistRecord[];
  /** What is wrong with the file, in the order of its bytes; empty for a sound file. */
  readonly faults: readonly AnsiNistFault[];
}

/**
 * The records of a file that can be read, and what is wrong with it: a fault costs no more than its own record. Throws
 * WHORL_E_MALFORMED when the first record cannot be read, WHORL_E_LIMIT_EXCEEDED above 1000 records.
 *
 * @example
 * const { records, faults } = decodeAnsiNistLeniently(await readFile('card.an2'));
 * for (const { record, field, offset, text } of faults) console.log(`record ${record}: ${field} at byte ${offset} ${text}`);
 */
export function decodeAnsiNistLeniently(bytes: Uint8Array): LenientAnsiNist {
  const reading = new Reading(bytes, true);
  return { records: reading.run(), faults: reading.faults };
}

/** Ends the reading of a record whose fault has been noted. */
class UnreadableRecord {}

class Reading {
  readonly faults: AnsiNistFault[] = [];
  readonly #bytes: Uint8Array;
  readonly #reader: ByteReader;
  readonly #isLenient: boolean;
  /** Number of the record that is being read. */
  #number = 1;

  constructor(bytes: Uint8Array, isLenient: boolean) {
    this.#bytes = bytes;
    this.#reader = new ByteReader(FORMAT, bytes);
    this.#isLenient = isLenient;
  }

  run(): AnsiNistRecord[] {
    const reader = this.#reader;
    if (!isAnsiNist(this.#bytes)) throw reader.malformed('1.001', 'is missing', 0);
    const first = this.#tryRecord(() => this.#readTagged(1));
    if (first?.kind !== 'tagged') throw reader.malformed('1.001', 'is no record', 0);
    const contents = first.fields.get(3) ?? [];
    this.#expect(contents.length > 0, '1.003', 'is missing', 0);
    if (contents.length > MAX_RECORDS) {
      throw reader.error('WHORL_E_LIMIT_EXCEEDED', '1.003', `lists more than ${MAX_RECORDS} records`, 0);
    }
    const records: AnsiNistRecord[] = [first];
    // The first subfield stands for the first record itself.
    const listed = contents.slice(1).map(([type]) => Number(type));
    while (listed.length > 0 || this.#isLenient) {
      this.#number++;
      if (this.#isLenient && reader.remaining === 0) {
        this.#expect(listed.length === 0, '1.003', `lists ${listed.length} records more than there are`, 0);
        break;
      }
      if (this.#number > MAX_RECORDS) {
        throw reader.error('WHORL_E_LIMIT_EXCEEDED', 'record', `is one of more than ${MAX_RECORDS}`);
      }
      const start = reader.offset;
      const record = this.#tryRecord(() => this.#readRecord(listed.shift()));
      if (record !== undefined) records.push(record);
      else if (!this.#seekNext(start)) break;
    }
    return records;
  }

  /** Undefined for a record that cannot be read, which has been noted. */
  #tryRecord(read: () => AnsiNistRecord): AnsiNistRecord | undefined {
    try {
      return read();
    } catch (thrown) {
      if (thrown instanceof UnreadableRecord) return undefined;
      throw thrown;
    }
  }

  #readRecord(listed: number | undefined): AnsiNistRecord {
    const { offset } = this.#reader;
    const seen = this.#isLenient ? this.#typeAt(offset) : undefined;
    this.#expect(seen === undefined || listed !== undefined, '1.003', 'does not list the record', offset);
    this.#expect(seen === undefined || seen === (listed ?? seen), '1.003', `lists a record of type ${listed}`, offset);
    const type = seen ?? listed ?? Number.NaN;
    if (type >= 3 && type <= 8) return this.#readBinary(type);
    if (type === 2 || (type >= 9 && type <= 99)) return this.#readTagged(type);
    const text = `names a record of type ${Number.isInteger(type) ? type : '?'}`;
    if (!this.#isLenient) throw this.#reader.unsupported('1.003', text, 0);
    return this.#refuse('1.003', text, offset);
  }

  #readTagged(type: number): TaggedRecord {
    const reader = this.#reader;
    const start = reader.offset;
    const match = /^(\d{1,2})\.(\d{1,9}):(\d{1,10})/.exec(this.#textAt(start));
    const isFirst = Number(match?.[1]) === type && Number(match?.[2]) === 1;
    if (match === null || !isFirst) return this.#refuse(`${type}.001`, 'is not where the contents say', start);
    const end = this.#endOf(type, start, match);
    reader.seek(start, `${type}.001`);
    const body = reader.bytes(end - start, `${type}.001`);
    const bodyEnd = body.at(-1) === FILE_SEPARATOR ? body.length - 1 : body.length;
    const fields = new Map<number, AnsiNistField>();
    let data: Uint8Array | undefined;
    for (let at = 0; at < bodyEnd; ) {
      const colon = body.indexOf(0x3a, at);
      const name = /^(\d{1,2})\.(\d{1,9})$/.exec(colon < 0 || colon - at > 12 ? '' : ascii(body.subarray(at, colon)));
      const isField = name !== null && Number(name[1]) === type;
      this.#expect(isField, `${type}.xxx`, 'is no field', start + at);
      const field = Number(name?.[2]);
      if (isField && field === DATA_FIELD) {
        // Data may hold any byte, so they reach to the end of the record.
        data = body.slice(colon + 1, bodyEnd);
        break;
      }
      let fieldEnd = Math.max(at, colon + 1);
      while (fieldEnd < bodyEnd && body[fieldEnd] !== GROUP_SEPARATOR && body[fieldEnd] !== FILE_SEPARATOR) fieldEnd++;
      if (isField) {
        const label = `${type}.${String(field).padStart(3, '0')}`;
        this.#expect(!fields.has(field), label, 'comes twice', start + at);
        if (!fields.has(field)) fields.set(field, itemsOf(ascii(body.subarray(colon + 1, fieldEnd))));
      }
      at = fieldEnd + 1;
    }
    const idc = type === 1 ? 0 : Number(fields.get(2)?.[0]?.[0] ?? Number.NaN);
    this.#expect(Number.isInteger(idc), `${type}.002`, 'is no image designation', start);
    return { kind: 'tagged', type, offset: start, idc: idc || 0, fields, ...(data && { data }) };
  }

  /** Byte behind a tagged record: where its length leads, or the next record begins. */
  #endOf(type: number, start: number, [head, , , digits]: RegExpExecArray): number {
    const { length: fileLength } = this.#bytes;
    const separator = this.#bytes[start + head.length];
    const isEnded = separator === GROUP_SEPARATOR || separator === FILE_SEPARATOR;
    const end = start + Number(digits);
    const isInside = isEnded && Number(digits) > head.length && end <= fileLength;
    this.#expect(isInside, `${type}.001`, 'is no length that fits', start);
    if (isInside && this.#bytes[end - 1] === FILE_SEPARATOR) return end;
    if (isInside) this.#expect(false, `${type}.001`, 'does not lead to the end of the record', start);
    if (isInside && (end === fileLength || this.#typeAt(end) !== undefined)) return end;
    return this.#nextRecord(start) ?? fileLength;
  }

  #readBinary(type: number): BinaryImageRecord {
    const reader = this.#reader;
    const start = reader.offset;
    const length = reader.remaining < 4 ? 0 : reader.u32(`${type}.001 length`);
    if (length < BINARY_HEADER_BYTES) return this.#refuse(`${type}.001 length`, 'is less than the header', start);
    if (length > this.#bytes.length - start) {
      const text = `needs ${length} bytes, ${this.#bytes.length - start} are left`;
      return this.#refuse(`${type}.009 image`, text, start);
    }
    const idc = reader.u8(`${type}.002 designation`);
    const impressionType = reader.u8(`${type}.003 impression type`);
    const positions = [...reader.bytes(POSITIONS, `${type}.004 positions`)].filter((position) => position !== 255);
    const isNativeResolution = reader.u8(`${type}.005 resolution`) !== 0;
    const widthPx = reader.u16(`${type}.006 line length`);
    const heightPx = reader.u16(`${type}.007 line count`);
    const compression = reader.u8(`${type}.008 compression`);
    const data = reader.bytes(length - BINARY_HEADER_BYTES, `${type}.009 image`).slice();
    const head = { kind: 'binary' as const, type, offset: start, idc, impressionType, positions, isNativeResolution };
    return { ...head, widthPx, heightPx, compression, data };
  }

  /** Notes a fault unless the rule is kept. Throws it when reading strictly. */
  #expect(isKept: boolean, field: string, text: string, offset: number): void {
    if (isKept) return;
    if (!this.#isLenient) throw this.#reader.malformed(field, text, offset);
    this.faults.push({ record: this.#number, field, offset, text });
  }

  /** Gives up the record. */
  #refuse(field: string, text: string, offset: number): never {
    this.#expect(false, field, text, offset);
    throw new UnreadableRecord();
  }

  /** Goes to the first record behind a broken one; false when there is none. */
  #seekNext(start: number): boolean {
    const next = this.#nextRecord(start);
    if (next !== undefined) this.#reader.seek(next, 'record');
    return next !== undefined;
  }

  /** Where the next tagged record begins: behind a separator. */
  #nextRecord(start: number): number | undefined {
    for (let at = start; ; ) {
      const separator = this.#bytes.indexOf(FILE_SEPARATOR, at);
      if (separator < 0) return undefined;
      at = separator + 1;
      if (this.#typeAt(at) !== undefined) return at;
    }
  }

  /** Type of the tagged record that begins at this byte. */
  #typeAt(offset: number): number | undefined {
    const type = /^(\d{1,2})\.0{0,8}1:\d/.exec(this.#textAt(offset))?.[1];
    return type === undefined ? undefined : Number(type);
  }

  #textAt(offset: number): string {
    return ascii(this.#bytes.subarray(offset, offset + 32));
  }
}

function itemsOf(text: string): AnsiNistField {
  return text.split('\x1e').map((subfield) => subfield.split('\x1f'));
}

function ascii(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 4096) text += String.fromCharCode(...bytes.subarray(at, at + 4096));
  return text;
}
