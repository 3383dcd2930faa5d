/** Pauses between attempts: longer each time, and not the same for all who try. */

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 5000;

export class BackOff {
  #pauseMs = FIRST_PAUSE_MS;

  /** Resolves after the next pause, or after the most that is given. Rejects with the signal's reason when aborted. */
  async pause(options: { readonly mostMs?: number; readonly signal?: AbortSignal | undefined } = {}): Promise<void> {
    const { mostMs = Number.POSITIVE_INFINITY, signal } = options;
    // Not all clients of a service that starts again come at the same instant.
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

  /** The next pause is the first again. */
  reset(): void {
    this.#pauseMs = FIRST_PAUSE_MS;
  }
}
