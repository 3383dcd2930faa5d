/**
 * The filters of a WSQ file and what they do at the ends of a line.
 *
 * Filters of odd length sit on samples: low coefficients at 2n, high ones at 2n + 1, and a line is mirrored about its
 * first and last sample. Filters of even length sit between samples, both at 2n + 1/2; a line is mirrored about its
 * edges, and high coefficients change their sign there. WSQ 3.1, 5.1.
 */

/** Analysis filters as a file carries them: their coefficients from the centre outwards. */
export interface AnalysisFilters {
  /** Taps of the whole filter. */
  readonly lowLength: number;
  readonly highLength: number;
  readonly lowHalf: readonly number[];
  readonly highHalf: readonly number[];
}

/** The 9/7 filters that every FBI encoder may use. WSQ 3.1, table 1. */
export const STANDARD_FILTERS: AnalysisFilters = {
  lowLength: 9,
  highLength: 7,
  lowHalf: [0.8526986790094034, 0.3774028556126538, -0.11062440441842342, -0.02384946501938, 0.03782845550699546],
  highHalf: [0.7884856164056644, -0.4180922732222122, -0.04068941760955844, 0.06453888262893845],
};

/** Weights by which the coefficient `first`, `first - 1`, ... places before a sample pair's count. */
export interface Taps {
  readonly first: number;
  readonly weights: Float64Array;
}

/** Synthesis filters split by the parity of the sample they make: [even, odd]. */
export interface SynthesisFilters {
  readonly isOdd: boolean;
  readonly low: readonly [Taps, Taps];
  readonly high: readonly [Taps, Taps];
}

/** The synthesis filters that undo these analysis filters: each is the other one, modulated. */
export function synthesisFilters(filters: AnalysisFilters): SynthesisFilters {
  const isOdd = filters.lowLength % 2 === 1;
  const low = (distance: number): number => {
    const at = Math.floor(Math.abs(distance));
    return (at % 2 === (isOdd ? 0 : 1) ? 1 : -1) * (filters.highHalf[at] ?? 0);
  };
  const high = (distance: number): number => {
    const at = Math.floor(Math.abs(distance));
    const sign = !isOdd && distance < 0 ? -1 : 1;
    return sign * (at % 2 === 0 ? 1 : -1) * (filters.lowHalf[at] ?? 0);
  };
  return {
    isOdd,
    low: [taps(low, isOdd ? 0 : -0.5, filters.highHalf.length), taps(low, isOdd ? 1 : 0.5, filters.highHalf.length)],
    high: [taps(high, isOdd ? -1 : -0.5, filters.lowHalf.length), taps(high, isOdd ? 0 : 0.5, filters.lowHalf.length)],
  };
}

/** For coefficients `from`..`to` of a line of `length` samples: which stored one it is, and its sign (0: none). */
export interface Extension {
  readonly from: number;
  readonly index: Int32Array;
  readonly sign: Int8Array;
}

/** Low (or high) coefficients of a line continued beyond its ends. */
export function extend(length: number, isHigh: boolean, isOdd: boolean, from: number, to: number): Extension {
  const index = new Int32Array(to - from + 1);
  const sign = new Int8Array(to - from + 1);
  const stored = isHigh ? length >> 1 : (length + 1) >> 1;
  for (let n = from; n <= to && stored > 0; n++) {
    if (isOdd) {
      const offset = isHigh ? 1 : 0;
      index[n - from] = (mirror(2 * n + offset, length) - offset) / 2;
      sign[n - from] = 1;
    } else {
      const within = modulo(n, length);
      const opposite = length - 1 - within;
      index[n - from] = within < stored ? within : Math.min(opposite, stored - 1);
      sign[n - from] = within < stored ? 1 : !isHigh ? 1 : opposite < stored ? -1 : 0;
    }
  }
  return { from, index, sign };
}

/** A position mirrored into 0..length - 1 about its first and last sample. */
export function mirror(position: number, length: number): number {
  if (length === 1) return 0;
  const within = modulo(position, 2 * (length - 1));
  return within < length ? within : 2 * (length - 1) - within;
}

/** The values of `filter` at `offset + 2 first`, and down in steps of two while they may differ from zero. */
function taps(filter: (distance: number) => number, offset: number, halfLength: number): Taps {
  const first = -Math.floor((halfLength + offset) / 2);
  const last = Math.floor((halfLength - offset) / 2);
  return {
    first,
    weights: Float64Array.from({ length: last - first + 1 }, (_, i) => filter(offset + 2 * (first + i))),
  };
}

function modulo(value: number, period: number): number {
  return ((value % period) + period) % period;
}
