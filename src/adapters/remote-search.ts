/** A gallery that other processes hold and search: what a database asks that is too big for one machine. */

import type { AdapterOptions } from './adapter-options.ts';
import type { Candidate } from './engine-adapter.ts';
import type { Position } from './shared-history.ts';

/** What is searched for. */
export interface RemoteProbe extends AdapterOptions {
  /** `identify`: features of a sample; `duplicates`: a finished template. */
  readonly kind: 'identify' | 'duplicates';
  /** The features, or the template. */
  readonly probe: Uint8Array;
  /** Every change up to this one has to be in the answer. */
  readonly through: Position;
}

/** What was found. */
export interface RemoteAnswer {
  /** Records that may match, best first, 32 at most, by the threshold of the whole gallery. */
  readonly candidates: readonly Candidate[];
  /** Parts that did not answer in time; with any, nobody can be said to be unknown. Empty when the answer is complete. */
  readonly missing: readonly number[];
  /** References that were searched. */
  readonly searched: number;
}

/** What searches. */
export interface RemoteSearch extends AsyncDisposable {
  /**
   * Searches every part. Resolves with what there is by the deadline, complete or not. Rejects with WINBIO_E_CANCELED,
   * WHORL_E_OFFLINE when nobody can be asked, E_INVALIDARG for a probe that is none.
   */
  search(probe: RemoteProbe): Promise<RemoteAnswer>;
}
