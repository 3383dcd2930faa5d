/** Measures of hands, in millimetres, as far as telling fingers apart needs them. */

/**
 * Origin: the fields of ten-print cards (a rolled print is at most 1.6 inches wide, ANSI/NIST-ITL 1-2011, table 13) and
 * the prints of the development sets, none of which is wider than 20 mm or has two parts.
 */
export const HAND_MM = {
  /** A part below this is no finger, square millimetres. */
  leastArea: 40,
  /** No print of one finger is wider, however it was rolled; with its phalanges it may be longer. */
  widestPrint: 42,
  /** Tip and middle phalanx of one finger are no further apart. */
  creaseGap: 5,
  /** A finger of a slap is no wider, and about as wide. */
  widestFinger: 26,
  usualFinger: 17,
  /** The tip phalanx ends between these distances from the tip, at its crease where one is seen. */
  shortestTip: 14,
  longestTip: 30,
  /** Tips lie no further below the highest one. */
  tipSpread: 45,
  /** The little finger's tip lies so much lower than that of the index, where it tells the hand. */
  littleLower: 3,
} as const;
