/** Search without a service: a probe against a gallery. */

import type { Candidate } from '../adapters/engine-adapter.ts';
import { FingerprintEngine, type SearchRotation } from './engine/fingerprint-engine.ts';
import type { PackedGallery } from './search/packed-gallery.ts';

/** Options of {@link identify}. */
export interface IdentifyOptions {
  /** Aborting it ends the search with WINBIO_E_CANCELED; none when absent. */
  readonly signal?: AbortSignal;
  /** False match rate of each comparison, above 0 and at most 1; 1e-5 when absent. */
  readonly maxFmr?: number;
  /** Chance that a finger without a reference finds one; 1e-3 when absent. */
  readonly maxFpir?: number;
  /** Compares every reference in full instead of a shortlist; false when absent. */
  readonly exact?: boolean;
  /** How far a finger may be turned against its reference, see {@link FingerprintEngineOptions}; `any` when absent. */
  readonly rotation?: SearchRotation;
}

/**
 * References of the gallery that match the features, best first. A promise, but the calling thread computes and is
 * blocked, longest in the first search after references were added; a server lets `createEngine` of `whorl/fingerprint`
 * do it. Rejects with WHORL_E_MALFORMED,
 * WHORL_E_NEWER_FORMAT for broken features, WINBIO_E_CANCELED, and TypeError for rates out of range.
 *
 * @example
 * using gallery = new PackedGallery();
 * gallery.add(1, template);
 * const [best] = await identify(features, gallery);
 */
export async function identify(
  features: Uint8Array,
  gallery: PackedGallery,
  options: IdentifyOptions = {},
): Promise<readonly Candidate[]> {
  const { signal = new AbortController().signal, ...rates } = options;
  const engine = new FingerprintEngine(rates);
  try {
    return await engine.identify(features, gallery, { signal });
  } finally {
    await engine[Symbol.asyncDispose]();
  }
}
