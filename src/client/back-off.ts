/** Pauses between attempts: longer each time, and random, so that clients do not retry in step. */

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 5000;

/** One sequence of attempts: about 50 ms at first, doubling to 5 s. */
export class BackOff {
  #pauseMs = FIRST_PAUSE_MS;

  /** Resolves after the next pause, `mostMs` at most. Rejects with the signal's reason when aborted. */
  async pause(options: { readonly mostMs?: number; readonly signal?: AbortSignal | undefined } = {}): Promise<void> {
    const { mostMs = Number.POSITIVE_INFINITY, signal } = options;
    // Half to one and a half times the pause: the clients of a restarted service do not all return at once.
    const ms = Math.min(mostMs, this.#pauseMs * (0.5 + Math.random()));
    this.#pauseMs = Math.min(2 * this.#pauseMs, LONGEST_PAUSE_MS);
    signal?.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, ms);
    const aborted = () => reject(signal?.reason);
    signal?.addEventListener('abort', aborted, { once: true });
    try {
      await promise;
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', aborted);
    }
  }

  /** Starts again with the shortest pause. */
  reset(): void {
    this.#pauseMs = FIRST_PAUSE_MS;
  }
}
