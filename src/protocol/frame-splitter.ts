/** Cuts a stream of bytes into frames: four bytes of length, big endian, then as many bytes. */

import { BiometricError } from '../core/biometric-error.ts';

/** Bytes before the content of a frame. */
export const FRAME_HEADER_BYTES = 4;

/** Writes the length of a frame's content at its start. */
export function writeFrameLength(frame: Uint8Array, length: number): void {
  for (let i = 0; i < FRAME_HEADER_BYTES; i++) frame[i] = length >>> (8 * (FRAME_HEADER_BYTES - 1 - i));
}

/** The length of a frame's content. Byte by byte: a DataView would be one more object for each frame. */
function readFrameLength(header: Uint8Array): number {
  let length = 0;
  for (let i = 0; i < FRAME_HEADER_BYTES; i++) length = 256 * length + (header[i] ?? 0);
  return length;
}

/** Collects bytes until they complete a frame. */
export class FrameSplitter {
  /** Longest content that is accepted. */
  limitBytes: number;
  #chunks: Uint8Array[] = [];
  #size = 0;

  /** A frame longer than `limitBytes` is refused before any of it is kept. */
  constructor(limitBytes: number) {
    this.limitBytes = limitBytes;
  }

  /** Bytes of a frame that is not complete. */
  get waitingBytes(): number {
    return this.#size;
  }

  /**
   * Takes bytes and yields the content of the frames they complete. Throws WHORL_E_LIMIT_EXCEEDED, WHORL_E_PROTOCOL.
   */
  *push(bytes: Uint8Array): Generator<Uint8Array, void, void> {
    this.#chunks.push(bytes);
    this.#size += bytes.length;
    while (this.#size >= FRAME_HEADER_BYTES) {
      const header = this.#peek();
      const length = readFrameLength(header);
      if (length === 0) throw new BiometricError('WHORL_E_PROTOCOL', 'a frame is empty');
      if (length > this.limitBytes) {
        throw new BiometricError('WHORL_E_LIMIT_EXCEEDED', `a frame of ${length} bytes, at most ${this.limitBytes}`);
      }
      if (this.#size < FRAME_HEADER_BYTES + length) return;
      yield this.#take(FRAME_HEADER_BYTES + length).subarray(FRAME_HEADER_BYTES);
    }
  }

  #peek(): Uint8Array {
    const [first] = this.#chunks;
    if (first === undefined || first.length < FRAME_HEADER_BYTES) this.#chunks = [this.#join()];
    return this.#chunks[0] as Uint8Array;
  }

  #take(length: number): Uint8Array {
    const first = this.#chunks[0] as Uint8Array;
    const all = first.length >= length ? first : this.#join();
    const rest = all.subarray(length);
    if (all === first) this.#chunks[0] = rest;
    else this.#chunks = [rest];
    if (rest.length === 0) this.#chunks.shift();
    this.#size -= length;
    return all.subarray(0, length);
  }

  #join(): Uint8Array {
    const joined = new Uint8Array(this.#size);
    let at = 0;
    for (const chunk of this.#chunks) {
      joined.set(chunk, at);
      at += chunk.length;
    }
    return joined;
  }
}
