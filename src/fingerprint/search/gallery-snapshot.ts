/** A gallery as seen by the threads that search it. */

import type { SlotTableSnapshot } from './slot-table.ts';

/** What a thread needs to search a gallery; shared memory, posted without copying. */
export interface GallerySnapshot extends SlotTableSnapshot {
  /** Records of the first stage, see code-record.ts. */
  readonly codes: readonly SharedArrayBuffer[];
  /** Encoded templates. */
  readonly templates: readonly SharedArrayBuffer[];
  /** Blocks of codes in use. */
  readonly blocks: number;
  /** Blocks of templates in use. */
  readonly templateBlocks: number;
  /** References in the gallery. */
  readonly size: number;
}
