/** Makes templates of synthetic fingers on a thread of its own. */

import { synthesizeMinutiae } from '../src/fingerprint/synthesis/minutia-map.ts';
import { synthesizeTemplate } from '../src/fingerprint/synthesis/synthesize-template.ts';

/** Fingers by their seeds: from `first` (included) to `last` (excluded). */
export interface SynthesisRange {
  readonly first: number;
  readonly last: number;
  readonly impression: number;
}

/** One template per finger. */
// biome-ignore lint/style/noDefaultExport: the worker pool calls the default export
export default function templates({ first, last, impression }: SynthesisRange): Uint8Array[] {
  return Array.from({ length: last - first }, (_, i) => synthesizeTemplate(synthesizeMinutiae(first + i), impression));
}
