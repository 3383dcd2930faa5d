/** What a message may be, whatever carries it. */

/** Deepest nesting. */
export const MAX_DEPTH = 12;
/** Most values of a message; the largest honest one lists the units of a machine. */
export const MAX_VALUES = 20_000;
