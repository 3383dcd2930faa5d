/** Remembers how the service was: half an hour finely, a day and a week coarsely. */

import type { RequestLog } from '../../composition/watching/request-log.ts';
import type { HealthMoment, HealthSpan } from '../../core/health-history.ts';

/** How far apart the moments of a span are, in looks, and how many are kept. */
const SPANS: Readonly<Record<HealthSpan, { readonly looks: number; readonly kept: number }>> = {
  'half-hour': { looks: 1, kept: 360 },
  day: { looks: 24, kept: 720 },
  week: { looks: 180, kept: 672 },
};
const LOOK_MS = 5000;

/** What is looked at. */
export interface HealthParts {
  readonly log: RequestLog;
  readonly engine: { readonly parallelism: number; readonly busyMs: number };
}

interface Look {
  readonly atMs: number;
  readonly cpuMs: number;
  readonly engineMs: number;
  readonly answered: number;
}

export class HealthRecord implements Disposable {
  readonly #parts: HealthParts;
  readonly #timer: NodeJS.Timeout;
  readonly #moments = new Map<HealthSpan, HealthMoment[]>();
  /** The last look that each span had a moment of. */
  readonly #lastLooks = new Map<HealthSpan, Look>();
  #looks = 0;
  #answered = 0;

  constructor(parts: HealthParts) {
    this.#parts = parts;
    parts.log.onAnswered(() => {
      this.#answered += 1;
    });
    const first = this.#look();
    for (const span of Object.keys(SPANS) as HealthSpan[]) {
      this.#moments.set(span, []);
      this.#lastLooks.set(span, first);
    }
    this.#timer = setInterval(() => this.#note(), LOOK_MS).unref();
  }

  /** Moments of a span, oldest first. */
  of(span: HealthSpan): readonly HealthMoment[] {
    return this.#moments.get(span) ?? [];
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }

  #look(): Look {
    const { user, system } = process.cpuUsage();
    const { busyMs } = this.#parts.engine;
    return { atMs: Date.now(), cpuMs: (user + system) / 1000, engineMs: busyMs, answered: this.#answered };
  }

  #note(): void {
    this.#looks += 1;
    const now = this.#look();
    for (const [span, { looks, kept }] of Object.entries(SPANS) as [HealthSpan, (typeof SPANS)[HealthSpan]][]) {
      if (this.#looks % looks !== 0) continue;
      const moments = this.#moments.get(span) ?? [];
      moments.push(this.#moment(this.#lastLooks.get(span) ?? now, now));
      if (moments.length > kept) moments.shift();
      this.#lastLooks.set(span, now);
    }
  }

  #moment(before: Look, now: Look): HealthMoment {
    const { log, engine } = this.#parts;
    const elapsedMs = Math.max(1, now.atMs - before.atMs);
    return {
      atMs: now.atMs,
      residentBytes: process.memoryUsage.rss(),
      processors: (now.cpuMs - before.cpuMs) / elapsedMs,
      connections: log.connections,
      waiting: log.waiting,
      requestsPerSecond: (1000 * (now.answered - before.answered)) / elapsedMs,
      engineLoad: Math.min(1, (now.engineMs - before.engineMs) / elapsedMs / engine.parallelism),
    };
  }
}
