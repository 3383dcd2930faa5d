/**
 * Rows of `copy ... to stdout (format binary)`, whose pieces end anywhere. PostgreSQL manual: COPY, binary format: a
 * signature, flags and an extension, then for each row the number of its columns and for each column its length and its
 * bytes; -1 columns are the end, -1 bytes are null.
 */

import { BiometricError } from '../../core/biometric-error.ts';

/** Columns of a row; null is an empty one. They lie in the piece, which the parser reuses: copy what is kept. */
export type CopyRow = readonly Buffer[];

const SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1');
const HEADER_BYTES = SIGNATURE.length + 8;
const NOTHING = Buffer.alloc(0);

/** Takes pieces, gives rows. */
export class CopyParser {
  #rest: Buffer = NOTHING;
  #hasHeader = false;
  #hasEnded = false;

  /** True once the end was read: without it rows are missing. */
  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** The rows that are whole now. Throws WINBIO_E_DATABASE_READ_ERROR for what is no such format. */
  push(piece: Uint8Array): readonly CopyRow[] {
    const bytes = this.#rest.length === 0 ? asBuffer(piece) : Buffer.concat([this.#rest, piece]);
    const rows: CopyRow[] = [];
    let at = this.#afterHeader(bytes);
    if (at !== undefined) {
      for (let row = rowAt(bytes, at); row !== undefined; row = rowAt(bytes, at)) {
        at = row.end;
        if (row.columns === undefined) {
          this.#hasEnded = true;
          break;
        }
        rows.push(row.columns);
      }
    }
    this.#rest = bytes.subarray(at ?? 0);
    return rows;
  }

  /** Where the rows begin; undefined while the header is not whole. */
  #afterHeader(bytes: Buffer): number | undefined {
    if (this.#hasHeader) return 0;
    if (bytes.length < HEADER_BYTES) return undefined;
    if (!bytes.subarray(0, SIGNATURE.length).equals(SIGNATURE)) {
      throw new BiometricError('WINBIO_E_DATABASE_READ_ERROR', 'PostgreSQL sent rows in another format');
    }
    const start = HEADER_BYTES + bytes.readInt32BE(HEADER_BYTES - 4);
    if (bytes.length < start) return undefined;
    this.#hasHeader = true;
    return start;
  }
}

/** A whole row, or the end, which has no columns; undefined while it is not whole. */
function rowAt(
  bytes: Buffer,
  start: number,
): { readonly columns: CopyRow | undefined; readonly end: number } | undefined {
  let at = start + 2;
  if (at > bytes.length) return undefined;
  const count = bytes.readInt16BE(start);
  if (count === -1) return { columns: undefined, end: at };
  const columns: Buffer[] = [];
  for (let i = 0; i < count; i++) {
    if (at + 4 > bytes.length) return undefined;
    const length = Math.max(0, bytes.readInt32BE(at));
    at += 4;
    if (at + length > bytes.length) return undefined;
    columns.push(bytes.subarray(at, at + length));
    at += length;
  }
  return { columns, end: at };
}

function asBuffer(piece: Uint8Array): Buffer {
  return Buffer.from(piece.buffer, piece.byteOffset, piece.length);
}
