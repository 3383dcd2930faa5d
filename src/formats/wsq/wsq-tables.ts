/** The tables and headers of a WSQ file. WSQ 3.1, annex on compressed data formats. */

import type { ByteReader } from '../bytes/byte-reader.ts';
import type { ByteWriter } from '../bytes/byte-writer.ts';
import type { AnalysisFilters } from './wsq-filters.ts';

/** Markers. */
export const SOI = 0xffa0;
export const EOI = 0xffa1;
export const SOF = 0xffa2;
export const SOB = 0xffa3;
export const DTT = 0xffa4;
export const DQT = 0xffa5;
export const DHT = 0xffa6;
export const DRT = 0xffa7;
export const COM = 0xffa8;
/** The first and the last restart marker inside a block. */
export const RST0 = 0xffb0;
export const RST7 = 0xffb7;

/** Longest filter accepted; bounds the time a hostile file can take. */
const MAX_FILTER_TAPS = 64;

/** Bin widths by subband; a width of zero means the subband is absent. */
export interface QuantizationTable {
  /** Where in its bin a coefficient is put back, 0..1. */
  readonly binCentre: number;
  readonly binWidths: Float64Array;
  readonly zeroBinWidths: Float64Array;
}

/** Frame header: size, and what turns coefficients into grey levels. */
export interface WsqFrame {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly shift: number;
  readonly scale: number;
  /** The encoder that made the file, and its software version. */
  readonly encoder: number;
  readonly software: number;
}

/** A Huffman table as a file carries it. */
export interface HuffmanTable {
  /** Codes of length 1..16. */
  readonly counts: Uint8Array;
  /** Symbols in the order of their codes. */
  readonly symbols: Uint8Array;
}

/** Body of a DTT segment. Rejects filters that cannot be a pair. */
export function readTransformTable(reader: ByteReader): AnalysisFilters {
  const at = reader.offset;
  const lowLength = reader.u8('DTT low-pass length');
  const highLength = reader.u8('DTT high-pass length');
  if (lowLength === 0 || highLength === 0 || lowLength % 2 !== highLength % 2) {
    throw reader.malformed('DTT filter lengths', 'are not both odd or both even', at);
  }
  if (Math.max(lowLength, highLength) > MAX_FILTER_TAPS) {
    throw reader.error('WHORL_E_LIMIT_EXCEEDED', 'DTT filter lengths', `are above ${MAX_FILTER_TAPS}`, at);
  }
  return {
    lowLength,
    highLength,
    lowHalf: readCoefficients(reader, (lowLength + 1) >> 1),
    highHalf: readCoefficients(reader, (highLength + 1) >> 1),
  };
}

/** Body of a DQT segment. */
export function readQuantizationTable(reader: ByteReader): QuantizationTable {
  const binCentre = readScaled(reader, 'DQT bin centre');
  const binWidths = new Float64Array(64);
  const zeroBinWidths = new Float64Array(64);
  for (let subband = 0; subband < 64; subband++) {
    binWidths[subband] = readScaled(reader, 'DQT bin width');
    zeroBinWidths[subband] = readScaled(reader, 'DQT zero bin width');
  }
  return { binCentre, binWidths, zeroBinWidths };
}

/** Body of a SOF segment. */
export function readFrame(reader: ByteReader): WsqFrame {
  reader.skip(2, 'SOF black and white');
  const heightPx = reader.u16('SOF height');
  const widthPx = reader.u16('SOF width');
  const shift = readScaled(reader, 'SOF shift');
  const scale = readScaled(reader, 'SOF scale');
  return { widthPx, heightPx, shift, scale, encoder: reader.u8('SOF encoder'), software: reader.u16('SOF software') };
}

/** Body of a DHT segment: tables by their number, until `end`. */
export function readHuffmanTables(reader: ByteReader, end: number): [number, HuffmanTable][] {
  const tables: [number, HuffmanTable][] = [];
  while (reader.offset < end) {
    const at = reader.offset;
    const id = reader.u8('DHT number');
    const counts = reader.bytes(16, 'DHT counts');
    const total = counts.reduce((sum, count) => sum + count, 0);
    if (id > 7) throw reader.malformed('DHT number', 'is above 7', at);
    if (total > 256) throw reader.malformed('DHT counts', 'are more than 256 codes', at + 1);
    tables.push([id, { counts, symbols: reader.bytes(total, 'DHT symbols') }]);
  }
  return tables;
}

function readScaled(reader: ByteReader, field: string): number {
  const exponent = reader.u8(field);
  return reader.u16(field) / 10 ** exponent;
}

function readCoefficients(reader: ByteReader, count: number): number[] {
  return Array.from({ length: count }, () => {
    const sign = reader.u8('DTT sign') === 0 ? 1 : -1;
    const exponent = reader.u8('DTT exponent');
    return (sign * reader.u32('DTT coefficient')) / 10 ** exponent;
  });
}

/** A COM segment. */
export function writeComment(writer: ByteWriter, text: string): void {
  writer.u16(COM);
  writer.u16(2 + text.length);
  writer.text(text);
}

/** A DTT segment. */
export function writeTransformTable(writer: ByteWriter, filters: AnalysisFilters): void {
  const coefficients = [...filters.lowHalf, ...filters.highHalf];
  writer.u16(DTT);
  writer.u16(4 + 6 * coefficients.length);
  writer.u8(filters.lowLength);
  writer.u8(filters.highLength);
  for (const coefficient of coefficients) {
    const { exponent, count } = scaled(Math.abs(coefficient), 0xffff_ffff);
    writer.u8(coefficient < 0 ? 1 : 0);
    writer.u8(exponent);
    writer.u32(count);
  }
}

/** A DQT segment; coefficients are put back at 0.44 of their bin. */
export function writeQuantizationTable(writer: ByteWriter, binWidths: Float64Array, zeroBinRatio: number): void {
  writer.u16(DQT);
  writer.u16(389);
  writer.u8(2);
  writer.u16(44);
  for (let subband = 0; subband < 64; subband++) {
    writeScaled(writer, binWidths[subband] ?? 0);
    writeScaled(writer, (binWidths[subband] ?? 0) * zeroBinRatio);
  }
}

/** A SOF segment. */
export function writeFrame(writer: ByteWriter, frame: WsqFrame): void {
  writer.u16(SOF);
  writer.u16(17);
  writer.u8(0);
  writer.u8(255);
  writer.u16(frame.heightPx);
  writer.u16(frame.widthPx);
  writeScaled(writer, frame.shift);
  writeScaled(writer, frame.scale);
  writer.u8(frame.encoder);
  writer.u16(frame.software);
}

/** A DHT segment with one table. */
export function writeHuffmanTable(writer: ByteWriter, id: number, table: HuffmanTable): void {
  writer.u16(DHT);
  writer.u16(3 + table.counts.length + table.symbols.length);
  writer.u8(id);
  writer.bytes(table.counts);
  writer.bytes(table.symbols);
}

/** A SOB segment; the data of the block follows. */
export function writeBlockHeader(writer: ByteWriter, huffmanTable: number): void {
  writer.u16(SOB);
  writer.u16(3);
  writer.u8(huffmanTable);
}

function writeScaled(writer: ByteWriter, value: number): void {
  const { exponent, count } = scaled(value, 0xffff);
  writer.u8(exponent);
  writer.u16(count);
}

/** A number as count / 10^exponent with as many digits as `limit` has room for. */
function scaled(value: number, limit: number): { exponent: number; count: number } {
  if (value === 0) return { exponent: 0, count: 0 };
  let exponent = 0;
  while (value * 10 ** (exponent + 1) < limit) exponent++;
  return { exponent, count: Math.min(limit, Math.round(value * 10 ** exponent)) };
}
