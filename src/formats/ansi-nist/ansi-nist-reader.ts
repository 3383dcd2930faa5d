/**
 * Reads ANSI/NIST-ITL files in their traditional encoding: the tagged records 1, 2, 9 to 99 and the binary image
 * records 3 to 8.
 */

import { ByteReader } from '../bytes/byte-reader.ts';

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
  const reader = new ByteReader(FORMAT, bytes);
  if (!isAnsiNist(bytes)) throw reader.malformed('1.001', 'is missing', 0);
  const first = readTagged(reader, 1);
  const contents = first.fields.get(3) ?? [];
  if (contents.length === 0) throw reader.malformed('1.003', 'is missing', 0);
  if (contents.length > MAX_RECORDS) {
    throw reader.error('WHORL_E_LIMIT_EXCEEDED', '1.003', `lists more than ${MAX_RECORDS} records`, 0);
  }
  // The first subfield stands for the first record itself.
  const rest = contents.slice(1).map(([type]) => Number(type));
  const records: AnsiNistRecord[] = [first];
  for (const type of rest) {
    if (type >= 3 && type <= 8) records.push(readBinary(reader, type));
    else if (type === 2 || (type >= 9 && type <= 99)) records.push(readTagged(reader, type));
    else throw reader.unsupported('1.003', `names a record of type ${Number.isInteger(type) ? type : '?'}`, 0);
  }
  return records;
}

function readTagged(reader: ByteReader, type: number): TaggedRecord {
  const start = reader.offset;
  const head = ascii(reader.bytes(Math.min(32, reader.remaining), 'record'));
  const match = /^(\d{1,2})\.(\d{1,9}):(\d{1,10})/.exec(head);
  const separator = match === null ? 0 : head.charCodeAt(match[0].length);
  const length = Number(match?.[3]);
  if (Number(match?.[1]) !== type || Number(match?.[2]) !== 1) {
    throw reader.malformed(`${type}.001`, 'is not where the contents say', start);
  }
  const isEnded = separator === GROUP_SEPARATOR || separator === FILE_SEPARATOR;
  if (!isEnded || length <= match![0].length || start + length > reader.length) {
    throw reader.malformed(`${type}.001`, 'is no length that fits', start);
  }
  reader.seek(start, `${type}.001`);
  const body = reader.bytes(length, `${type}.001`);
  if (body.at(-1) !== FILE_SEPARATOR)
    throw reader.malformed(`${type}.001`, 'does not lead to the end of the record', start);
  const fields = new Map<number, AnsiNistField>();
  let data: Uint8Array | undefined;
  for (let at = 0; at < body.length; ) {
    const colon = body.indexOf(0x3a, at);
    const name = /^(\d{1,2})\.(\d{1,9})$/.exec(colon < 0 || colon - at > 12 ? '' : ascii(body.subarray(at, colon)));
    if (name === null || Number(name[1]) !== type) throw reader.malformed(`${type}.xxx`, 'is no field', start + at);
    const field = Number(name[2]);
    if (field === DATA_FIELD) {
      // Data may hold any byte, so they reach to the end of the record.
      data = body.slice(colon + 1, -1);
      break;
    }
    let end = colon + 1;
    while (body[end] !== GROUP_SEPARATOR && body[end] !== FILE_SEPARATOR) end++;
    if (fields.has(field)) throw reader.malformed(`${type}.${field}`, 'comes twice', start + at);
    fields.set(field, itemsOf(ascii(body.subarray(colon + 1, end))));
    at = end + 1;
  }
  const idc = type === 1 ? 0 : Number(fields.get(2)?.[0]?.[0] ?? Number.NaN);
  if (!Number.isInteger(idc)) throw reader.malformed(`${type}.002`, 'is no image designation', start);
  return { kind: 'tagged', type, offset: start, idc, fields, ...(data && { data }) };
}

function itemsOf(text: string): AnsiNistField {
  return text.split('\x1e').map((subfield) => subfield.split('\x1f'));
}

function readBinary(reader: ByteReader, type: number): BinaryImageRecord {
  const start = reader.offset;
  const length = reader.u32(`${type}.001 length`);
  if (length < BINARY_HEADER_BYTES) throw reader.malformed(`${type}.001 length`, 'is less than the header', start);
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

function ascii(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 4096) text += String.fromCharCode(...bytes.subarray(at, at + 4096));
  return text;
}
