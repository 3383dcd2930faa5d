/** Search of a gallery's slots for the references that match a probe. Runs anywhere. */

import type { Candidate } from '../../adapters/engine-adapter.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import { scoreView } from '../comparison/compare-templates.ts';
import type { Comparer } from '../comparison/comparer.ts';
import type { PreparedTemplate } from '../comparison/prepared-template.ts';
import { viewWords } from '../comparison/prepared-view.ts';
import { SEARCH } from '../parameters.ts';
import type { GallerySnapshot } from './packed-gallery.ts';
import { TABLE_WORDS } from './packed-gallery.ts';

/** What to look for. */
export interface GallerySearch {
  readonly gallery: GallerySnapshot;
  readonly probe: PreparedTemplate;
  /** Slots to look at: from `first` (included) to `last` (excluded). */
  readonly first: number;
  readonly last: number;
  /** Least score of a candidate. */
  readonly threshold: number;
  /** Most candidates returned. */
  readonly limit: number;
  /** Shared word; the search ends with WINBIO_E_CANCELED soon after it is not 0. */
  readonly cancel: Int32Array;
}

/** Candidates at or above the threshold, best first, equal scores by record number. */
export function searchGallery(comparer: Comparer, search: GallerySearch): Candidate[] {
  const { gallery, probe, cancel } = search;
  const recordIds = new Float64Array(gallery.recordIds);
  const table = new Int32Array(gallery.table);
  const segments = gallery.segments.map((segment) => new Int32Array(segment));
  const views: number[] = [];
  // What the choice among the probe's views gives by chance.
  const choice = Math.log10(probe.views.length);
  const found: Candidate[] = [];
  for (let slot = search.first; slot < Math.min(search.last, gallery.slots); slot++) {
    // A look costs nothing beside a comparison, and keeps a cancel within a few milliseconds even for huge templates.
    if (Atomics.load(cancel, 0) !== 0) throw new BiometricError('WINBIO_E_CANCELED');
    const at = slot * TABLE_WORDS;
    const count = Atomics.load(table, at + 2);
    if (count <= 0) continue;
    const words = segments[table[at]!]!;
    views.length = 0;
    for (let view = 0, start = table[at + 1]!; view < count; view++) {
      views.push(start);
      start += viewWords(words[start]!);
    }
    let score = 0;
    for (const view of probe.views)
      score = Math.max(score, scoreView(comparer, probe.words, view, words, views, SEARCH.minSupport));
    score = Math.max(0, score - choice);
    if (score >= search.threshold) found.push({ recordId: recordIds[slot]!, score });
  }
  return bestCandidates(found, search.limit);
}

/** The best candidates of several searches. */
export function bestCandidates(candidates: readonly Candidate[], limit: number): Candidate[] {
  return [...candidates].sort((a, b) => b.score - a.score || a.recordId - b.recordId).slice(0, limit);
}
