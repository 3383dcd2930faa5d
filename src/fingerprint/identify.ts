/** Search without a service: a probe against a gallery. Runs anywhere. */

import type { Candidate } from '../adapters/engine-adapter.ts';
import { FingerprintEngine } from './engine/fingerprint-engine.ts';
import type { PackedGallery } from './search/packed-gallery.ts';

/** Options of {@link identify}. */
export interface IdentifyOptions {
  readonly signal?: AbortSignal;
  /** Chance of any false match in the whole search, default 1e-5. */
  readonly maxFmr?: number;
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
  const { signal = new AbortController().signal, maxFmr } = options;
  await using engine = new FingerprintEngine(maxFmr === undefined ? {} : { maxFmr });
  return await engine.identify(features, gallery, { signal });
}
