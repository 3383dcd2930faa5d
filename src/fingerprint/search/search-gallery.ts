/** Full comparison of a probe with references of a gallery. */

import type { Candidate } from '../../adapters/engine-adapter.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import { compareTemplates } from '../comparison/compare-templates.ts';
import { type Comparer, type Thoroughness, UPRIGHT } from '../comparison/comparer.ts';
import { type PreparedTemplate, prepareSoundTemplate } from '../comparison/prepared-template.ts';
import { SEARCH } from '../parameters.ts';
import type { GallerySnapshot } from './gallery-snapshot.ts';
import { templateOf } from './slot-template.ts';

const THOROUGHNESS: Thoroughness = { ...UPRIGHT, support: SEARCH.support };
const TURNED: Thoroughness = { ...THOROUGHNESS, anyRotation: true };

/** A probe, and where to search for it. */
export interface GallerySearch {
  readonly gallery: GallerySnapshot;
  readonly probe: PreparedTemplate;
  /** Slots to compare with. */
  readonly slots: Int32Array;
  /** Least score of a candidate. */
  readonly threshold: number;
  /** Whether prints may be turned against each other. */
  readonly anyRotation: boolean;
  /** Most candidates returned. */
  readonly limit: number;
  /** Shared word; the search ends with WINBIO_E_CANCELED soon after it is not 0. */
  readonly cancel: Int32Array;
}

/** Candidates at or above the threshold, best first, equal scores by record number. */
export function searchGallery(comparer: Comparer, search: GallerySearch): Candidate[] {
  const { gallery, probe, cancel } = search;
  const places = new Float64Array(gallery.places);
  const states = new Int32Array(gallery.states);
  const found: Candidate[] = [];
  for (const slot of search.slots) {
    // Checking costs nothing compared with a comparison, and keeps a cancel within milliseconds even for huge
    // templates.
    if (Atomics.load(cancel, 0) !== 0) throw new BiometricError('WINBIO_E_CANCELED');
    if (Atomics.load(states, slot) <= 0) continue;
    const template = templateOf(gallery, slot);
    if (template === undefined) continue;
    const reference = prepareSoundTemplate(template);
    // Wiped meanwhile.
    if (reference.views.length === 0) continue;
    const score = compareTemplates(comparer, probe, reference, search.anyRotation ? TURNED : THOROUGHNESS);
    if (score >= search.threshold) found.push({ recordId: places[3 * slot]!, score, threshold: search.threshold });
  }
  return bestCandidates(found, search.limit);
}

/** The best candidates of several searches, each record once. */
export function bestCandidates(candidates: readonly Candidate[], limit: number): Candidate[] {
  const sorted = [...candidates].sort((a, b) => b.score - a.score || a.recordId - b.recordId);
  const seen = new Set<number>();
  return sorted
    .filter(({ recordId }) => {
      const again = seen.has(recordId);
      seen.add(recordId);
      return !again;
    })
    .slice(0, limit);
}
