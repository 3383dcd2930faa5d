/** Finds frames in a stream of bytes that may hold anything else, and never holds more than one frame. */

/** What stands at a place of the stream. */
export type FrameReading<T> =
  /** It may be a frame; more bytes will tell. */
  | 'more'
  /** It is no frame. */
  | 'none'
  /** It is a frame whose checksum is wrong. */
  | 'damaged'
  | {
      /** A whole frame. */
      readonly frame: T;
      /** Its bytes, all of them. */
      readonly length: number;
    };

/** How a protocol marks its frames. */
export interface FrameFormat<T> {
  /** Most bytes of a frame. */
  readonly maxBytes: number;
  /** What begins at the first of these bytes; never called with none, nor believed when it asks for more than the most. */
  readonly read: (bytes: Uint8Array) => FrameReading<T>;
}

/** What was found in some bytes. */
export interface FoundFrames<T> {
  /** Whole frames, in order. */
  readonly frames: readonly T[];
  /** Frames whose checksum was wrong. */
  readonly damaged: number;
}

/**
 * A frame that is none, or damaged, is looked into again from its second byte, because noise may look like the beginning
 * of a frame and hide a real one.
 */
export class FrameReader<T> {
  readonly #format: FrameFormat<T>;
  #held: Uint8Array = new Uint8Array(0);

  constructor(format: FrameFormat<T>) {
    this.#format = format;
  }

  /** Bytes that wait for the rest of their frame. */
  get heldBytes(): number {
    return this.#held.length;
  }

  /** Reads on. */
  push(bytes: Uint8Array): FoundFrames<T> {
    const all = new Uint8Array(this.#held.length + bytes.length);
    all.set(this.#held);
    all.set(bytes, this.#held.length);
    const frames: T[] = [];
    let damaged = 0;
    let at = 0;
    while (at < all.length) {
      const reading = this.#format.read(all.subarray(at));
      if (reading === 'more' && all.length - at < this.#format.maxBytes) break;
      if (reading === 'damaged') damaged += 1;
      if (typeof reading === 'string') at += 1;
      else {
        frames.push(reading.frame);
        at += reading.length;
      }
    }
    this.#held = all.slice(at);
    return { frames, damaged };
  }

  /** Forgets what waits, as after a silence. */
  clear(): void {
    this.#held = new Uint8Array(0);
  }
}
