/** WSQ files to grey pixels. FBI Gray-scale Fingerprint Image Compression Specification 3.1. */

import type { GreyImage } from '../../core/grey-image.ts';
import { ByteReader } from '../bytes/byte-reader.ts';
import { chooseResolution } from '../image/choose-resolution.ts';
import { checkWaveletSize, type DecodeImageOptions } from '../image/image-limits.ts';
import { SubbandWriter } from './subband-writer.ts';
import { type AnalysisFilters, synthesisFilters } from './wsq-filters.ts';
import { buildDecodeTable, type DecodeTable, decodeBlock } from './wsq-huffman.ts';
import { planSubbands } from './wsq-subbands.ts';
import { synthesize } from './wsq-synthesis.ts';
import * as t from './wsq-tables.ts';

const FORMAT = 'WSQ';
/** Files have three blocks and may have one per subband; the work a hostile file can cause is bounded. */
const MAX_BLOCKS = 64;

/** True when the bytes begin as every WSQ file does. */
export function isWsq(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff && bytes[1] === 0xa0 && bytes[2] === 0xff;
}

/**
 * The image of a WSQ file. The resolution is `resolutionPpi`, else the PPI line of its comment. Filters may have up to
 * 64 taps.
 *
 * Throws WHORL_E_MALFORMED for broken files, WHORL_E_LIMIT_EXCEEDED above `maxPixels` and for longer filters,
 * WHORL_E_UNSUPPORTED_FORMAT for a file without a resolution when none was given, E_INVALIDARG for a `resolutionPpi`
 * that is not above zero.
 *
 * @example
 * const image = decodeWsq(await readFile('print.wsq'), { resolutionPpi: 500 });
 */
export function decodeWsq(bytes: Uint8Array, options: DecodeImageOptions = {}): GreyImage {
  const file = new WsqReader(bytes, options);
  const { frame } = file.readUntilBlocks();
  const { widthPx, heightPx } = frame;
  const plan = planSubbands(widthPx, heightPx);
  const plane = new Float32Array(widthPx * heightPx);
  const filters = file.readBlocks((table) => new SubbandWriter(plane, widthPx, plan.subbands, table));
  const place = { format: FORMAT, field: 'COM', offset: 2 };
  const resolutionPpi = chooseResolution(place, file.resolutionPpi, options);
  synthesize(plane, widthPx, plan, synthesisFilters(filters));
  const pixels = new Uint8Array(plane.length);
  // Rounds by adding half a grey level and truncating; a typed array would wrap, so values are limited first.
  for (let i = 0; i < plane.length; i++) {
    const grey = plane[i]! * frame.scale + frame.shift + 0.5;
    pixels[i] = Math.max(0, Math.min(grey, 255));
  }
  return { widthPx, heightPx, resolutionPpi, pixels };
}

/** Reads the segments of a file. */
class WsqReader {
  readonly #bytes: Uint8Array;
  readonly #reader: ByteReader;
  readonly #options: DecodeImageOptions;
  readonly #huffman = new Map<number, t.HuffmanTable>();
  readonly #decode = new Map<t.HuffmanTable, DecodeTable>();
  #filters: AnalysisFilters | undefined;
  #quantization: t.QuantizationTable | undefined;
  #frame: t.WsqFrame | undefined;
  resolutionPpi: number | undefined;

  constructor(bytes: Uint8Array, options: DecodeImageOptions) {
    this.#bytes = bytes;
    this.#reader = new ByteReader(FORMAT, bytes);
    this.#options = options;
    if (!isWsq(bytes)) throw this.#reader.malformed('SOI', 'is missing', 0);
    this.#reader.skip(2, 'SOI');
  }

  /** Reads up to the frame header, which states the size. */
  readUntilBlocks(): { frame: t.WsqFrame } {
    while (this.#frame === undefined) this.#readTable(this.#reader.u16('marker'));
    return { frame: this.#frame };
  }

  /** Reads the blocks up to the end of the image. Returns the filters. */
  readBlocks(open: (table: t.QuantizationTable) => SubbandWriter): AnalysisFilters {
    let writer: SubbandWriter | undefined;
    for (let blocks = 0; ; ) {
      const at = this.#reader.offset;
      const marker = this.#reader.u16('marker');
      if (marker === t.EOI) break;
      if (marker !== t.SOB) {
        this.#readTable(marker);
        continue;
      }
      if (++blocks > MAX_BLOCKS) throw this.#reader.error('WHORL_E_LIMIT_EXCEEDED', 'SOB', 'is one too many', at);
      if (this.#quantization === undefined) throw this.#reader.malformed('SOB', 'comes before the DQT', at);
      writer ??= open(this.#quantization);
      this.#readBlock(writer, at);
    }
    if (writer === undefined || writer.remaining > 0) {
      throw this.#reader.malformed('EOI', `comes ${writer?.remaining ?? 'all'} coefficients early`);
    }
    if (this.#filters === undefined) throw this.#reader.malformed('DTT', 'is missing');
    return this.#filters;
  }

  #readBlock(writer: SubbandWriter, at: number): void {
    this.#reader.skip(2, 'SOB length');
    const id = this.#reader.u8('SOB Huffman table');
    const table = this.#huffman.get(id);
    if (table === undefined) throw this.#reader.malformed('SOB Huffman table', 'is not defined', at + 4);
    let decode = this.#decode.get(table);
    if (decode === undefined) {
      decode = buildDecodeTable(table);
      if (decode === undefined) throw this.#reader.malformed('DHT', `table ${id} has too many codes`, at);
      this.#decode.set(table, decode);
    }
    // At a restart marker the data begin anew at a whole byte.
    do {
      const start = this.#reader.offset;
      const problem = decodeBlock(this.#takeBlockData(), decode, writer);
      if (problem !== undefined) throw this.#reader.malformed('SOB', problem, start);
    } while (this.#skipRestart());
  }

  #skipRestart(): boolean {
    const marker = (this.#bytes[this.#reader.offset]! << 8) | this.#bytes[this.#reader.offset + 1]!;
    if (marker < t.RST0 || marker > t.RST7) return false;
    this.#reader.skip(2, 'RST');
    return true;
  }

  /** Data up to the next marker, without the zero that is stuffed behind each 0xFF. */
  #takeBlockData(): Uint8Array {
    const start = this.#reader.offset;
    const rest = this.#reader.bytes(this.#reader.remaining, 'SOB');
    const data = new Uint8Array(rest.length);
    let written = 0;
    for (let i = 0; i < rest.length; i++) {
      data[written++] = rest[i]!;
      if (rest[i] !== 0xff) continue;
      if (rest[i + 1] !== 0) {
        let marker = i;
        // Any number of 0xFF may stand before a marker.
        while (rest[marker + 1] === 0xff) marker++;
        this.#reader.seek(start + marker, 'SOB');
        return data.subarray(0, written - 1);
      }
      i++;
    }
    throw this.#reader.malformed('EOI', 'is missing');
  }

  #readTable(marker: number): void {
    const at = this.#reader.offset - 2;
    const length = this.#reader.u16('segment length');
    const end = at + 2 + length;
    if (length < 2 || end > this.#bytes.length) throw this.#reader.malformed('segment length', 'is wrong', at + 2);
    switch (marker) {
      case t.DTT:
        this.#filters = t.readTransformTable(this.#reader);
        break;
      case t.DQT:
        this.#quantization = t.readQuantizationTable(this.#reader);
        break;
      case t.DHT:
        for (const [id, table] of t.readHuffmanTables(this.#reader, end)) this.#huffman.set(id, table);
        break;
      case t.SOF:
        this.#readFrame(at);
        break;
      case t.COM:
        this.#readComment(this.#reader.bytes(length - 2, 'COM'));
        break;
      case t.DRT:
        // States the interval of restarts; they are found by their markers instead.
        this.#reader.skip(2, 'DRT interval');
        break;
      default:
        throw this.#reader.unsupported('marker', 'is unknown', at);
    }
    // A widespread encoder states 58 for every DTT, so the place of the next marker decides.
    if (this.#isMarkerAt(end)) this.#reader.seek(end, 'segment length');
    else if (!this.#isMarkerAt(this.#reader.offset)) throw this.#reader.malformed('segment length', 'is wrong', at + 2);
  }

  #isMarkerAt(offset: number): boolean {
    return this.#bytes[offset] === 0xff && this.#bytes[offset + 1]! >= 0xa0 && this.#bytes[offset + 1]! <= 0xa8;
  }

  #readFrame(at: number): void {
    if (this.#frame !== undefined) throw this.#reader.malformed('SOF', 'comes twice', at);
    this.#frame = t.readFrame(this.#reader);
    const place = { format: FORMAT, field: 'SOF height', offset: at + 6 };
    checkWaveletSize(place, this.#frame, this.#bytes.length, this.#options.maxPixels);
  }

  #readComment(text: Uint8Array): void {
    const lines = String.fromCharCode(...text.subarray(0, 4096));
    const ppi = lines.startsWith('NIST_COM') ? /^PPI[ \t]+(\d{1,5}(?:\.\d{1,4})?)\s*$/m.exec(lines)?.[1] : undefined;
    if (ppi !== undefined && Number(ppi) > 0) this.resolutionPpi ??= Number(ppi);
  }
}
