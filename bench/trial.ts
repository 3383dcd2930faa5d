/** What the trials of all rows share. */

/** What a trial measured, in the unit of its row. */
export interface Trial {
  readonly value: number;
  readonly floor: number;
}

/** Microseconds of each round, after a warm-up. */
export async function timed(rounds: number, warmUp: number, action: () => Promise<void>): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < warmUp + rounds; i++) {
    const start = performance.now();
    await action();
    if (i >= warmUp) times.push(1000 * (performance.now() - start));
  }
  return times;
}

/** The value below which a share of all lies. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
