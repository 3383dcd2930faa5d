/** Whether a stream is read from: not while anything is against it. */

import type { ByteStream } from './byte-stream.ts';

/** What may be against it: what waits to leave, what waits to be received, or others whose turn it is. */
type Reason = 'outbox' | 'inbox' | 'turn';

export class StreamFlow {
  readonly #stream: ByteStream;
  readonly #against = new Set<Reason>();

  constructor(stream: ByteStream) {
    this.#stream = stream;
  }

  pause(why: Reason): void {
    if (this.#against.size === 0) this.#stream.pause();
    this.#against.add(why);
  }

  resume(why: Reason): void {
    if (this.#against.delete(why) && this.#against.size === 0) this.#stream.resume();
  }
}
