/** What an identification searches, whether it is kept in memory or gathered for each search. */

import type { Gallery } from '../../adapters/engine-adapter.ts';
import type { StoredRecord } from '../../adapters/storage-adapter.ts';
import type { RecordId } from '../../core/identifiers.ts';

/** A gallery on loan; disposing of it ends the loan. */
export interface LentGallery extends Disposable {
  readonly gallery: Gallery;
}

/** Lends the gallery for each search. */
export interface SearchGallery extends Disposable {
  /** All references, where they are kept in memory. */
  readonly resident?: Gallery;
  /** A record was stored, or its template was replaced. */
  add(record: Pick<StoredRecord, 'recordId' | 'template' | 'searchCodes'>): void;
  /** A record is gone. */
  remove(recordId: RecordId): void;
  /** How many references there will be; 0 once all are there. */
  expect(references: number): void;
  /** The references that may match a probe; all of them when there is none. */
  lend(probe: Uint8Array | undefined): Promise<LentGallery>;
}
