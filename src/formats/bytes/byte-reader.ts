/** Reads numbers and blocks from bytes; running out of bytes is a coded error that names the field. */

import type { BiometricError } from '../../core/biometric-error.ts';
import { type FormatErrorCode, formatError } from '../format-error.ts';

/** A cursor over bytes. Every read names its field, so that an error can say what was missing. */
export class ByteReader {
  readonly #format: string;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #littleEndian: boolean;
  #offset = 0;

  constructor(format: string, bytes: Uint8Array, options: { readonly littleEndian?: boolean } = {}) {
    if (!(bytes instanceof Uint8Array)) throw new TypeError(`${format}: bytes must be a Uint8Array`);
    this.#format = format;
    // A plain view, whatever subclass was given: its slices are copies.
    this.#bytes = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#littleEndian = options.littleEndian ?? false;
  }

  get offset(): number {
    return this.#offset;
  }

  get length(): number {
    return this.#bytes.length;
  }

  get remaining(): number {
    return this.#bytes.length - this.#offset;
  }

  u8(field: string): number {
    return this.#view.getUint8(this.#take(1, field));
  }

  i8(field: string): number {
    return this.#view.getInt8(this.#take(1, field));
  }

  u16(field: string): number {
    return this.#view.getUint16(this.#take(2, field), this.#littleEndian);
  }

  u32(field: string): number {
    return this.#view.getUint32(this.#take(4, field), this.#littleEndian);
  }

  i32(field: string): number {
    return this.#view.getInt32(this.#take(4, field), this.#littleEndian);
  }

  u64(field: string): bigint {
    return this.#view.getBigUint64(this.#take(8, field), this.#littleEndian);
  }

  i64(field: string): bigint {
    return this.#view.getBigInt64(this.#take(8, field), this.#littleEndian);
  }

  /** The next bytes, as a view of the input. */
  bytes(length: number, field: string): Uint8Array {
    const start = this.#take(length, field);
    return this.#bytes.subarray(start, start + length);
  }

  skip(length: number, field: string): void {
    this.#take(length, field);
  }

  /** Goes to an absolute byte; the end itself is allowed. */
  seek(offset: number, field: string): void {
    if (!Number.isInteger(offset) || offset < 0 || offset > this.#bytes.length) {
      throw this.malformed(field, `points to byte ${offset} of ${this.#bytes.length}`);
    }
    this.#offset = offset;
  }

  /** The error of a value that breaks its rule; `offset` is where the value began. */
  malformed(field: string, text: string, offset: number = this.#offset): BiometricError {
    return this.error('WHORL_E_MALFORMED', field, text, offset);
  }

  /** The error of a legal value that is not supported. */
  unsupported(field: string, text: string, offset: number = this.#offset): BiometricError {
    return this.error('WHORL_E_UNSUPPORTED_FORMAT', field, text, offset);
  }

  error(code: FormatErrorCode, field: string, text: string, offset: number = this.#offset): BiometricError {
    return formatError(code, { format: this.#format, field, offset }, text);
  }

  #take(length: number, field: string): number {
    const start = this.#offset;
    if (!(length >= 0) || length > this.remaining) {
      throw this.malformed(field, `needs ${length} bytes, ${this.remaining} are left`);
    }
    this.#offset += length;
    return start;
  }
}
