/**
 * Turns encoded templates into prepared ones inside a gallery's shared memory. A place is reserved for the prepared
 * template and first holds the encoded one, which is smaller. Runs anywhere.
 */

import { prepareTemplate } from '../comparison/prepared-template.ts';
import type { GallerySnapshot } from './packed-gallery.ts';
import { TABLE_WORDS } from './packed-gallery.ts';

/** First four bytes of an encoded template; a prepared one begins with a count of at most 255. */
const ENCODED = new Int32Array(Uint8Array.of(0x57, 0x48, 0x52, 0x4c).buffer)[0]!;

/** Prepares the slots from `first` (included) to `last` (excluded) that wait; those that are prepared stay as they are. */
export function prepareSlots(gallery: GallerySnapshot, first: number, last: number): void {
  const table = new Int32Array(gallery.table);
  for (let slot = first; slot < Math.min(last, gallery.slots); slot++) {
    const at = slot * TABLE_WORDS;
    if (Atomics.load(table, at + 2) >= 0) continue;
    const place = new Int32Array(gallery.segments[table[at]!]!, 4 * table[at + 1]!);
    if (place[0] !== ENCODED) continue;
    // A copy: the prepared template overwrites the encoded one.
    const { words } = prepareTemplate(new Uint8Array(place.buffer, place.byteOffset, table[at + 3]!).slice());
    place.set(words);
  }
}
