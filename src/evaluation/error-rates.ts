/** Error rates of a set of mated and non-mated comparison scores (ISO/IEC 19795-1). */

/** Error rates in percent. `fmr100` is FNMR at the least threshold with FMR at most 1 %, and so on. */
export interface ErrorRates {
  readonly eer: number;
  readonly fmr100: number;
  readonly fmr1000: number;
  readonly zeroFmr: number;
  /** Mean FNMR over FMR 10, 5, 2, 1, 0.5, 0.2 and 0.1 %: steadier than the others, for tuning. */
  readonly meanFnmr: number;
}

const MEAN_FMRS = [0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001];

/** Error rates; a comparison matches when its score is greater than the threshold. */
export function errorRates(mated: readonly number[], nonMated: readonly number[]): ErrorRates {
  const m = Float64Array.from(mated).sort();
  const n = Float64Array.from(nonMated).sort();
  return {
    eer: equalErrorRate(m, n),
    fmr100: missRate(m, n, 1 / 100),
    fmr1000: missRate(m, n, 1 / 1000),
    zeroFmr: missRate(m, n, 0),
    meanFnmr: MEAN_FMRS.reduce((sum, fmr) => sum + missRate(m, n, fmr), 0) / MEAN_FMRS.length,
  };
}

/** The least score that the allowed share of non-mated comparisons exceeds at most; a comparison matches above it. */
export function thresholdAt(nonMated: readonly number[], fmr: number): number {
  return thresholdOf(Float64Array.from(nonMated).sort(), fmr);
}

function thresholdOf(nonMated: Float64Array, fmr: number): number {
  const allowed = Math.floor(fmr * nonMated.length + 1e-9);
  return nonMated[nonMated.length - 1 - allowed]!;
}

/** Share of mated scores at or below the non-mated score that only the allowed share exceeds. */
function missRate(mated: Float64Array, nonMated: Float64Array, fmr: number): number {
  return (100 * countAtMost(mated, thresholdOf(nonMated, fmr))) / mated.length;
}

/** Mean of FNMR and FMR where they are closest. */
function equalErrorRate(mated: Float64Array, nonMated: Float64Array): number {
  let best = { gap: Number.POSITIVE_INFINITY, rate: 100 };
  for (const threshold of [...mated, ...nonMated]) {
    const fnmr = countAtMost(mated, threshold) / mated.length;
    const fmr = 1 - countAtMost(nonMated, threshold) / nonMated.length;
    const gap = Math.abs(fnmr - fmr);
    if (gap < best.gap) best = { gap, rate: 50 * (fnmr + fmr) };
  }
  return best.rate;
}

/** Number of sorted values at most `limit`, by bisection. */
function countAtMost(sorted: Float64Array, limit: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
