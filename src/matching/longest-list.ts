/** How long lists of candidates are. */

/** Most candidates of a part, and of a whole search. */
export const LONGEST_LIST = 32;
