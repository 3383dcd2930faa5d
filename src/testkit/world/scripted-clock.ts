/** Time that a test tells to pass. */

import type { Clock } from '../../core/clock.ts';

interface Alarm {
  readonly atMs: number;
  readonly action: () => void;
}

/** A clock that stands still until it is advanced. */
export class ScriptedClock implements Clock {
  #nowMs: number;
  #alarms: Alarm[] = [];

  /** @param startMs Time it begins at, in milliseconds since 1970; by default the first of January 2026, UTC. */
  constructor(startMs = Date.UTC(2026, 0, 1)) {
    this.#nowMs = startMs;
  }

  /** Number of timers that have not gone off. */
  get pending(): number {
    return this.#alarms.length;
  }

  /**
   * Milliseconds since 1970. Never fails.
   *
   * @example
   * const before = clock.nowMs();
   */
  nowMs(): number {
    return this.#nowMs;
  }

  /**
   * Runs an action once `delayMs` milliseconds have passed, unless the returned timer is disposed first. Never fails.
   *
   * @example
   * using timer = clock.after(1000, () => console.log('a second has passed'));
   */
  after(delayMs: number, action: () => void): Disposable {
    const alarm = { atMs: this.#nowMs + delayMs, action };
    this.#alarms.push(alarm);
    return {
      [Symbol.dispose]: () => {
        this.#alarms = this.#alarms.filter((other) => other !== alarm);
      },
    };
  }

  /**
   * Lets `ms` milliseconds pass; the timers that are due go off in their order. Throws what an action throws.
   *
   * @example
   * host.clock.advance(5000);
   */
  advance(ms: number): void {
    const end = this.#nowMs + ms;
    while (true) {
      const due = this.#alarms.filter(({ atMs }) => atMs <= end).sort((a, b) => a.atMs - b.atMs)[0];
      if (due === undefined) break;
      this.#alarms = this.#alarms.filter((other) => other !== due);
      this.#nowMs = due.atMs;
      due.action();
    }
    this.#nowMs = end;
  }
}
