/** Time as a port, so that tests own it. Runs anywhere. */

/** What the service needs of time. */
export interface Clock {
  /** Milliseconds since 1970. */
  nowMs(): number;
  /** Runs an action once after a delay, unless the returned timer is disposed first. Keeps no process alive. */
  after(delayMs: number, action: () => void): Disposable;
}

/** The clock on the wall. */
export const SYSTEM_CLOCK: Clock = Object.freeze({
  nowMs: () => Date.now(),
  after(delayMs: number, action: () => void): Disposable {
    const timer: unknown = setTimeout(action, delayMs);
    // Node's timers are objects that can be told not to hold the process; a browser's are numbers.
    if (typeof timer === 'object' && timer !== null && 'unref' in timer) (timer as { unref(): void }).unref();
    return { [Symbol.dispose]: () => clearTimeout(timer as Parameters<typeof clearTimeout>[0]) };
  },
});
