/** The health of a service over the last minutes, one reading per second. */

import type { AnsweredRequest, ServiceHealth } from '../../../src/exports/whorl/client/browser.ts';

/** Requests that wait for a person say nothing about the speed of the service. */
const WAITS_FOR_A_FINGER: ReadonlySet<string> = new Set([
  'capture-sample',
  'enroll-capture',
  'identify',
  'locate-sensor',
  'lock-unit',
  'verify',
]);

/** One reading. */
export interface HealthPoint {
  readonly atMs: number;
  readonly requestsPerSecond: number;
  /** Undefined when no request was answered. */
  readonly p50Ms: number | undefined;
  readonly p99Ms: number | undefined;
  readonly residentBytes: number;
  readonly tasksWaiting: number;
  /** Share of time that the engine's threads were busy since the previous reading, 0 to 1. */
  readonly utilization: number;
}

/** Latencies of this long make a percentile: one second of a quiet service has too few. */
const WINDOW_MS = 10_000;

export class HealthHistory {
  readonly #spanMs: number;
  #answered: AnsweredRequest[] = [];
  #points: readonly HealthPoint[] = [];
  #busyMs: number | undefined;

  constructor(spanMs = 300_000) {
    this.#spanMs = spanMs;
  }

  /** Oldest first; a new list after each reading. */
  get points(): readonly HealthPoint[] {
    return this.#points;
  }

  add(atMs: number, { answered, residentBytes, engine }: ServiceHealth): void {
    const previous = this.#points.at(-1);
    this.#answered = [...this.#answered, ...answered].filter((request) => request.atMs > atMs - WINDOW_MS);
    const durations = this.#answered.filter(({ kind }) => !WAITS_FOR_A_FINGER.has(kind)).map((each) => each.durationMs);
    const elapsedMs = previous === undefined ? 0 : atMs - previous.atMs;
    const busyMs = engine.busyMs - (this.#busyMs ?? engine.busyMs);
    this.#busyMs = engine.busyMs;
    const point = {
      atMs,
      requestsPerSecond: elapsedMs <= 0 ? 0 : (1000 * answered.length) / elapsedMs,
      p50Ms: percentile(durations, 0.5),
      p99Ms: percentile(durations, 0.99),
      residentBytes,
      tasksWaiting: engine.tasksWaiting,
      // A task counts when it ends, however long it took.
      utilization: elapsedMs <= 0 ? 0 : Math.min(1, busyMs / (elapsedMs * engine.threads)),
    };
    this.#points = [...this.#points, point].filter((each) => each.atMs > atMs - this.#spanMs);
  }
}

/** The value at the nearest rank; undefined without values. */
export function percentile(values: readonly number[], share: number): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}
