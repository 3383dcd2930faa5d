/**
 * What the first stage of a search knows of one view: a record of whole rows of 20 bytes, so that a gallery is one flat
 * (shared) array of them. Little endian:
 *
 *     0   4   number of the view's slot + 1; 0 while it is not to be found
 *     4   4   rows of the record, or of the gap that a removed one left; 0 ends a block
 *     8   4   n, minutiae with a valid cylinder
 *    12   4   their weight: fourth powers of their quality, in units of the usual one; single precision
 *    16   4   0
 *    20  8n   first half of each code, in order of the minutiae's direction
 *         8n  second half
 *         4n  direction (bits 0..7), y (8..19) and x (20..31) in half pixels
 *
 * The kernel reads and writes it.
 */

export const ROW_BYTES = 20;
export const RECORD_SLOT = 0;
export const RECORD_ROWS = 4;
export const RECORD_COUNT = 8;
export const RECORD_WEIGHT = 12;

/** Rows a record of this many minutiae takes. */
export function recordRows(count: number): number {
  return count + 1;
}
