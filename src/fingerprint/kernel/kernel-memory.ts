/**
 * Memory of a kernel as a stack of typed arrays. Memory that is not taken is zero: new arrays need no clearing, and
 * nothing of a print stays behind.
 */

import { BiometricError } from '../../core/biometric-error.ts';
import type { KernelFunctions } from './kernel-functions.ts';

const PAGE_BYTES = 65_536;
/**
 * Arrays begin at multiples of this and have as much behind them, so that vectors may be read a little past the end.
 */
const ALIGNMENT = 64;

/** A stack: arrays taken inside a scope are given back, wiped, at its end. */
export class KernelMemory {
  readonly #memory: WebAssembly.Memory;
  readonly #functions: KernelFunctions;
  /** Shared memory that has grown has a buffer for each of its lengths. */
  readonly #buffers = new WeakSet<ArrayBufferLike>();
  #top = ALIGNMENT;

  constructor(memory: WebAssembly.Memory, functions: KernelFunctions) {
    this.#memory = memory;
    this.#functions = functions;
  }

  /** Runs `work`; arrays it takes are gone afterwards. */
  scope<T>(work: () => T): T {
    const start = this.#top;
    try {
      return work();
    } finally {
      this.#functions.wipe(start, this.#top - start);
      this.#top = start;
    }
  }

  uint8(length: number): Uint8Array {
    const start = this.#take(length);
    return new Uint8Array(this.#memory.buffer, start, length);
  }

  int16(length: number): Int16Array {
    const start = this.#take(2 * length);
    return new Int16Array(this.#memory.buffer, start, length);
  }

  int32(length: number): Int32Array {
    const start = this.#take(4 * length);
    return new Int32Array(this.#memory.buffer, start, length);
  }

  float32(length: number): Float32Array {
    const start = this.#take(4 * length);
    return new Float32Array(this.#memory.buffer, start, length);
  }

  float64(length: number): Float64Array {
    const start = this.#take(8 * length);
    return new Float64Array(this.#memory.buffer, start, length);
  }

  /** Address of an array; one that lies elsewhere is copied in first. */
  addressOf(array: Uint8Array | Float32Array): number {
    if (this.#buffers.has(array.buffer)) return array.byteOffset;
    const copy = array instanceof Uint8Array ? this.uint8(array.length) : this.float32(array.length);
    copy.set(array);
    return copy.byteOffset;
  }

  #take(bytes: number): number {
    const start = this.#top;
    const end = Math.ceil((start + bytes) / ALIGNMENT + 1) * ALIGNMENT;
    const missing = end - this.#memory.buffer.byteLength;
    try {
      if (missing > 0) this.#memory.grow(Math.ceil(missing / PAGE_BYTES));
    } catch (cause) {
      throw new BiometricError('E_OUTOFMEMORY', 'the kernel has no memory left', { cause });
    }
    this.#buffers.add(this.#memory.buffer);
    this.#top = end;
    return start;
  }
}
