/** Times as Windows counts them. */

/** Milliseconds between 1601-01-01 and 1970-01-01. */
const EPOCH_DIFFERENCE_MS = 11_644_473_600_000n;

/** A time as the 100-nanosecond ticks of a FILETIME. */
export function fileTime(ms: number): bigint {
  return (BigInt(Math.trunc(ms)) + EPOCH_DIFFERENCE_MS) * 10_000n;
}
