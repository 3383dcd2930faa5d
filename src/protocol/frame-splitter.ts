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

/** Called before a frame is kept, with all its bytes; it may throw. */
export type FrameClaim = (bytes: number) => void;

/**
 * Collects bytes until they complete a frame. A frame that comes in pieces has its memory, in one piece, when its length is
 * known: what many clients leave unfinished goes back to the system as a whole.
 */
export class FrameSplitter {
  /** Longest content that is accepted. */
  limitBytes: number;
  readonly #claim: FrameClaim;
  /** A header that is not complete. */
  #header = new Uint8Array();
  /** Content of the frame that is not complete, as far as `#filled`. */
  #content: Uint8Array | undefined;
  #filled = 0;

  /** A frame longer than `limitBytes`, or one that cannot be claimed, is refused before any of it is kept. */
  constructor(limitBytes: number, claim: FrameClaim = () => {}) {
    this.limitBytes = limitBytes;
    this.#claim = claim;
  }

  /** True while a frame is not complete. */
  get hasBegun(): boolean {
    return this.#content !== undefined || this.#header.length > 0;
  }

  /**
   * Takes bytes and yields the content of the frames they complete. Throws WHORL_E_LIMIT_EXCEEDED, WHORL_E_PROTOCOL, and
   * what the claim throws.
   */
  *push(bytes: Uint8Array): Generator<Uint8Array, void, void> {
    let rest = this.#fill(bytes);
    for (;;) {
      if (this.#content !== undefined) {
        if (this.#filled < this.#content.length) return;
        const content = this.#content;
        this.#content = undefined;
        yield content;
      }
      const head = this.#header.length === 0 ? rest : joined(this.#header, rest);
      if (head.length < FRAME_HEADER_BYTES) {
        this.#header = Uint8Array.from(head);
        return;
      }
      this.#header = new Uint8Array();
      const end = FRAME_HEADER_BYTES + this.#lengthOf(head);
      if (head.length < end) {
        this.#content = new Uint8Array(end - FRAME_HEADER_BYTES);
        this.#filled = 0;
        rest = this.#fill(head.subarray(FRAME_HEADER_BYTES));
        continue;
      }
      yield head.subarray(FRAME_HEADER_BYTES, end);
      rest = head.subarray(end);
    }
  }

  /** Copies into the frame that is not complete; returns the bytes behind it. */
  #fill(bytes: Uint8Array): Uint8Array {
    if (this.#content === undefined) return bytes;
    const part = bytes.subarray(0, this.#content.length - this.#filled);
    this.#content.set(part, this.#filled);
    this.#filled += part.length;
    return bytes.subarray(part.length);
  }

  #lengthOf(header: Uint8Array): number {
    const length = readFrameLength(header);
    if (length === 0) throw new BiometricError('WHORL_E_PROTOCOL', 'a frame is empty');
    if (length > this.limitBytes) {
      throw new BiometricError('WHORL_E_LIMIT_EXCEEDED', `a frame of ${length} bytes, at most ${this.limitBytes}`);
    }
    this.#claim(FRAME_HEADER_BYTES + length);
    return length;
  }
}

function joined(header: Uint8Array, rest: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(header.length + rest.length);
  bytes.set(header);
  bytes.set(rest, header.length);
  return bytes;
}
