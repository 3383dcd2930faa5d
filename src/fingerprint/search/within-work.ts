/**
 * How many references of a shortlist are compared in full: as many as the work allows. Views of few minutiae are compared
 * sooner, and say less in the first stage, so that more of them are.
 */

import { SEARCH } from '../parameters.ts';
import { impressionStarts } from '../template/template-codec.ts';
import type { GallerySnapshot } from './gallery-snapshot.ts';
import { templateOf } from './slot-template.ts';

/**
 * Work of comparing a view of so many minutiae with one of so many others, in that of two usual ones: half of it is the
 * preparation of the other.
 */
export function comparisonWork(probeMinutiae: number, minutiae: number): number {
  const { usualMinutiae, leastWork } = SEARCH;
  return Math.max(leastWork, (minutiae * (minutiae + probeMinutiae)) / (2 * usualMinutiae ** 2));
}

/** The first of the slots, which are at most {@link SEARCH.mostPerWork} times `wanted`, that take the work of `wanted`, and at
 * least so many. */
export function withinWork(
  gallery: GallerySnapshot,
  slots: Int32Array,
  probe: Uint8Array,
  wanted: number,
  least: number = SEARCH.minShortlist,
): Int32Array {
  const ofProbe = meanMinutiae(probe);
  let work = 0;
  let count = 0;
  while (count < slots.length && (work < wanted || count < least)) {
    const template = templateOf(gallery, slots[count]!);
    work += template === undefined ? 0 : comparisonWork(ofProbe, meanMinutiae(template));
    count += 1;
  }
  return slots.subarray(0, count);
}

/** Of the views of a sound template. */
function meanMinutiae(template: Uint8Array): number {
  const starts = impressionStarts(template);
  return starts.reduce((sum, start) => sum + template[start + 5]!, 0) / Math.max(1, starts.length);
}
