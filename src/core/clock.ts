/** Time as a port, so that tests own it. */

/** What the service needs of time. */
export interface Clock {
  /** Milliseconds since 1970. */
  nowMs(): number;
  /**
   * Runs an action once after a delay, unless the returned timer is disposed first. Does not keep the process alive.
   */
  after(delayMs: number, action: () => void): Disposable;
}

/** The system clock. */
export const SYSTEM_CLOCK: Clock = Object.freeze({
  nowMs: () => Date.now(),
  after(delayMs: number, action: () => void): Disposable {
    const timer: unknown = setTimeout(action, delayMs);
    // A timer of Node is an object that can stop holding the process; a browser's is a number.
    if (typeof timer === 'object' && timer !== null && 'unref' in timer) (timer as { unref(): void }).unref();
    return { [Symbol.dispose]: () => clearTimeout(timer as Parameters<typeof clearTimeout>[0]) };
  },
});
