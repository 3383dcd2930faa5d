/** Gives the impressions of a stored template what this version of the engine sees, from the samples they were made of. */

import { SAME_IMPRESSION } from '../parameters.ts';
import { decodeTemplate, encodeTemplate } from '../template/template-codec.ts';
import type { CompareImpressions } from './compare-impressions.ts';

/**
 * The template with features in the place of the impression that was made of the same picture; undefined when it has none,
 * or one that has its phase samples already. Nothing else changes, and no picture of another touch gets in.
 */
export async function upgradeTemplate(
  compare: CompareImpressions,
  template: Uint8Array,
  features: Uint8Array,
  signal: AbortSignal,
): Promise<Uint8Array | undefined> {
  const views = decodeTemplate(template);
  const [impression, ...others] = decodeTemplate(features);
  if (impression?.texture === undefined || others.length > 0) return undefined;
  const plain = views.flatMap((view, i) => (view.texture === undefined ? [i] : []));
  if (plain.length === 0) return undefined;
  const compared = await compare(
    features,
    plain.map((i) => encodeTemplate([views[i]!])),
    signal,
  );
  const found = compared.findIndex(({ coincidence = 0 }) => coincidence >= SAME_IMPRESSION.share);
  return found < 0 ? undefined : encodeTemplate(views.map((view, i) => (i === plain[found] ? impression : view)));
}
