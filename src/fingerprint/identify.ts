/** Search without a service: a probe against a gallery. */

import type { Candidate } from '../adapters/engine-adapter.ts';
import { FingerprintEngine } from './engine/fingerprint-engine.ts';
import type { PackedGallery } from './search/packed-gallery.ts';

/** Options of {@link identify}. */
export interface IdentifyOptions {
  readonly signal?: AbortSignal;
  /** False match rate of each comparison, default 1e-5. */
  readonly maxFmr?: number;
  /** Chance that a finger that is not in the gallery finds anybody, default 1e-3. */
  readonly maxFpir?: number;
  /** Compares every reference in full instead of a shortlist. Default false. */
  readonly exact?: boolean;
}

/**
 * References of the gallery that match the features, best first, on the calling thread.
 * Rejects broken features with WHORL_E_MALFORMED and an aborted signal with WINBIO_E_CANCELED.
 */
export async function identify(
  features: Uint8Array,
  gallery: PackedGallery,
  options: IdentifyOptions = {},
): Promise<readonly Candidate[]> {
  const { signal = new AbortController().signal, ...rates } = options;
  await using engine = new FingerprintEngine(rates);
  return await engine.identify(features, gallery, { signal });
}
