/** A clock that stands still until it is told to go on. */

import type { Clock } from '../../core/clock.ts';

interface Alarm {
  readonly atMs: number;
  readonly action: () => void;
}

export class ScriptedClock implements Clock {
  #nowMs: number;
  #alarms: Alarm[] = [];

  /** Begins at a date, by default the first of January 2026. */
  constructor(startMs = Date.UTC(2026, 0, 1)) {
    this.#nowMs = startMs;
  }

  /** Timers that have not gone off. */
  get pending(): number {
    return this.#alarms.length;
  }

  nowMs(): number {
    return this.#nowMs;
  }

  after(delayMs: number, action: () => void): Disposable {
    const alarm = { atMs: this.#nowMs + delayMs, action };
    this.#alarms.push(alarm);
    return {
      [Symbol.dispose]: () => {
        this.#alarms = this.#alarms.filter((other) => other !== alarm);
      },
    };
  }

  /** Lets time pass; timers go off in their order. */
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
