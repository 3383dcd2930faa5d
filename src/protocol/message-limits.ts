/** What a message may be, whatever carries it. */

/** Deepest nesting. */
export const MAX_DEPTH = 12;
/** Most values of a client's message; the largest honest one lists rows to import. */
export const MAX_VALUES = 20_000;
/** Most values of a service's message: the owners of a database are listed in one, and a service is trusted. */
export const ANSWER_VALUES = Number.POSITIVE_INFINITY;
