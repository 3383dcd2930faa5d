/**
 * How many requests ended with which code, and how long they took. Every request passes here, so counting is a few
 * additions; names and labels are put together when someone reads the metrics.
 */

import type { HRESULT } from '../../core/hresult.ts';

/** Upper bounds of the buckets of a duration, seconds; longer ones have a bucket of their own. */
export const BUCKET_SECONDS = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 2, 5, 30, 120];

/** Requests of one kind. */
export interface KindTally {
  /** How many ended with each code. */
  readonly codes: Map<HRESULT, number>;
  /** How many took as long as each bucket says. */
  readonly buckets: number[];
  /** How long they took together. */
  seconds: number;
}

export class RequestTally {
  /** By kind of request. */
  readonly kinds = new Map<string, KindTally>();

  /** Counts an answered request. */
  count(kind: string, hresult: HRESULT, seconds: number): void {
    let tally = this.kinds.get(kind);
    if (tally === undefined) {
      tally = { codes: new Map(), buckets: new Array<number>(BUCKET_SECONDS.length + 1).fill(0), seconds: 0 };
      this.kinds.set(kind, tally);
    }
    tally.codes.set(hresult, (tally.codes.get(hresult) ?? 0) + 1);
    const bound = BUCKET_SECONDS.findIndex((longest) => seconds <= longest);
    const bucket = bound < 0 ? BUCKET_SECONDS.length : bound;
    tally.buckets[bucket] = (tally.buckets[bucket] ?? 0) + 1;
    tally.seconds += seconds;
  }

  /** The durations as a histogram of the metrics registry: cumulative buckets, sum and count of each kind. */
  histogram(name: string) {
    return [...this.kinds].flatMap(([kind, { buckets, seconds }]) => {
      let count = 0;
      const cumulative = buckets.map((more, i) => {
        count += more;
        return { metricName: `${name}_bucket`, labels: { kind, le: BUCKET_SECONDS[i] ?? '+Inf' }, value: count };
      });
      const labels = { kind };
      return [
        ...cumulative,
        { metricName: `${name}_sum`, labels, value: seconds },
        { metricName: `${name}_count`, labels, value: count },
      ];
    });
  }
}
