/** Writes numbers and blocks into bytes that grow as needed. */

/** The counterpart of ByteReader. */
export class ByteWriter {
  readonly #littleEndian: boolean;
  #bytes: Uint8Array<ArrayBuffer>;
  #view: DataView;
  #length = 0;

  /** `capacity`: number of bytes that will be written, where known, so that nothing is copied. */
  constructor(options: { readonly littleEndian?: boolean; readonly capacity?: number } = {}) {
    this.#littleEndian = options.littleEndian ?? false;
    this.#bytes = new Uint8Array(options.capacity ?? 256);
    this.#view = new DataView(this.#bytes.buffer);
  }

  get length(): number {
    return this.#length;
  }

  u8(value: number): void {
    const at = this.#grow(1);
    this.#view.setUint8(at, value);
  }

  i8(value: number): void {
    const at = this.#grow(1);
    this.#view.setInt8(at, value);
  }

  u16(value: number): void {
    const at = this.#grow(2);
    this.#view.setUint16(at, value, this.#littleEndian);
  }

  u32(value: number): void {
    const at = this.#grow(4);
    this.#view.setUint32(at, value, this.#littleEndian);
  }

  u64(value: bigint): void {
    const at = this.#grow(8);
    this.#view.setBigUint64(at, value, this.#littleEndian);
  }

  i64(value: bigint): void {
    const at = this.#grow(8);
    this.#view.setBigInt64(at, value, this.#littleEndian);
  }

  bytes(value: Uint8Array): void {
    const start = this.#grow(value.length);
    this.#bytes.set(value, start);
  }

  /** Characters below 256, one byte each. */
  text(value: string): void {
    for (let i = 0; i < value.length; i++) this.u8(value.charCodeAt(i));
  }

  zeros(count: number): void {
    this.#grow(count);
  }

  /** Overwrites a u16 written before. */
  setU16(offset: number, value: number): void {
    this.#view.setUint16(offset, value, this.#littleEndian);
  }

  /** Overwrites a u32 written before. */
  setU32(offset: number, value: number): void {
    this.#view.setUint32(offset, value, this.#littleEndian);
  }

  /** The bytes written. Write no more afterwards. */
  finish(): Uint8Array {
    return this.#length === this.#bytes.length ? this.#bytes : this.#bytes.slice(0, this.#length);
  }

  #grow(count: number): number {
    const start = this.#length;
    this.#length += count;
    if (this.#length > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(this.#length, 2 * this.#bytes.length));
      larger.set(this.#bytes.subarray(0, start));
      this.#bytes = larger;
      this.#view = new DataView(larger.buffer);
    }
    return start;
  }
}
