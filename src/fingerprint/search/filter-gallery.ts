/** First stage of a search: the references worth a full comparison. */

import { BiometricError } from '../../core/biometric-error.ts';
import { locateImpressions } from '../template/template-codec.ts';
import { blockBytes } from './arena.ts';
import type { FirstStage } from './first-stage.ts';
import type { GallerySnapshot } from './gallery-snapshot.ts';
import { type Shortlist, ShortlistBuilder } from './shortlist.ts';

/** The part of a gallery to filter. */
export interface GalleryFilter {
  readonly gallery: GallerySnapshot;
  /** Bytes of the probe. */
  readonly probe: Uint8Array;
  /** Blocks of codes to scan: from `first` (included) to `last` (excluded). */
  readonly first: number;
  readonly last: number;
  /** Most references wanted. */
  readonly keep: number;
  /** Looks for references that are turned instead of upright ones. */
  readonly turned: boolean;
  /** Shared word; ends with WINBIO_E_CANCELED soon after it is not 0. */
  readonly cancel: Int32Array;
}

/** The best references for each view of the probe. Throws WHORL_E_MALFORMED, WHORL_E_NEWER_FORMAT for broken probes. */
export function filterGallery(stage: FirstStage, filter: GalleryFilter): Shortlist[] {
  const { gallery, probe, cancel } = filter;
  return locateImpressions(probe).map((start) => {
    const best = new ShortlistBuilder(filter.keep);
    const add = (slot: number, score: number): void => {
      // The last block may hold records added since.
      if (slot < gallery.slots) best.add(slot, score);
    };
    stage.loadProbe(probe, start, filter.turned);
    for (let block = filter.first; block < filter.last; block++) {
      if (Atomics.load(cancel, 0) !== 0) throw new BiometricError('WINBIO_E_CANCELED');
      stage.score(blockBytes(gallery.codes, block), add, best.least);
    }
    return best.finish();
  });
}
