/** Codes references inside a gallery's shared memory, for the first stage of a search. */

import { impressionStarts } from '../template/template-codec.ts';
import { bytesAt } from './arena.ts';
import { ROW_BYTES } from './code-record.ts';
import type { GallerySnapshot } from './gallery-snapshot.ts';
import { placesOf } from './slot-table.ts';
import { templateOf } from './slot-template.ts';
import type { ViewCoder } from './view-coder.ts';

/** Writes the records of the slots; those of slots that were removed meanwhile as well, until they are used again. */
export function codeSlots(coder: ViewCoder, gallery: GallerySnapshot, slots: Int32Array): void {
  const places = new Float64Array(gallery.places);
  for (const slot of slots) {
    const template = templateOf(gallery, slot);
    if (template === undefined) continue;
    let at = placesOf(places, slot).codes;
    for (const start of impressionStarts(template)) {
      const record = coder.code(template, start);
      // The head is already there: its length since it was added, its slot number once it is published.
      const tail = record.subarray(8);
      bytesAt(gallery.codes, at, record.length).set(tail, 8);
      at += record.length / ROW_BYTES;
    }
  }
}
