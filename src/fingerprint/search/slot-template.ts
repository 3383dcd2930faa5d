/** The template in a slot of a gallery. */

import { bytesAt } from './arena.ts';
import type { GallerySnapshot } from './gallery-snapshot.ts';
import { placesOf } from './slot-table.ts';

/** Its bytes, coded or not, where they lie; undefined for a slot that is free. */
export function templateOf(gallery: GallerySnapshot, slot: number): Uint8Array | undefined {
  const bytes = Math.abs(Atomics.load(new Int32Array(gallery.states), slot));
  if (bytes === 0) return undefined;
  return bytesAt(gallery.templates, placesOf(new Float64Array(gallery.places), slot).template, bytes);
}
