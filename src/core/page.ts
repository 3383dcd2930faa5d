/** Long lists, a page at a time. */

/** Part of a list. */
export interface Page<Item> {
  /** In the order asked for. */
  readonly items: readonly Item[];
  /** Asks for the page after this one; absent on the last. Holds as long as the filters stay the same. */
  readonly next?: string;
  /** How many there are on all pages. */
  readonly total: number;
}

/** Which part of a list. */
export interface PageRequest {
  /** Most items of a page, 1 to 1000. Default: 50. */
  readonly limit?: number;
  /** `next` of the page before. Default: the first page. */
  readonly cursor?: string;
}
