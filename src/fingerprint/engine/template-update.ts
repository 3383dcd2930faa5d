/** Lets a template learn from an impression that has matched it. */

import { BiometricError } from '../../core/biometric-error.ts';
import { TEMPLATE_UPDATE } from '../parameters.ts';
import { decodeTemplate, encodeTemplate, MAX_VIEWS } from '../template/template-codec.ts';
import type { CompareImpressions } from './compare-impressions.ts';

/**
 * The template with the impression added, or undefined when it should stay as it is.
 *
 * Bounded, so that a template cannot be led over to another finger step by step: the first three impressions, which
 * come from the enrollment, stay for ever, and the new one must match them with a score well above that of a match. It
 * must be of good quality and show something new. A full template gives up the later impression that most resembles the
 * new one. Templates of fewer than three impressions stay as they are.
 */
export async function updateTemplate(
  compare: CompareImpressions,
  template: Uint8Array,
  features: Uint8Array,
  signal: AbortSignal,
): Promise<Uint8Array | undefined> {
  const views = decodeTemplate(template);
  const [impression, ...others] = decodeTemplate(features);
  if (impression === undefined || others.length > 0) {
    throw new BiometricError('E_INVALIDARG', 'features are those of one impression');
  }
  const { anchors, minQuality, minScore, newBelow } = TEMPLATE_UPDATE;
  if (views.length < anchors || impression.quality < minQuality) return undefined;
  const anchor = encodeTemplate(views.slice(0, anchors));
  const single = views.map((view) => encodeTemplate([view]));
  const compared = await compare(features, [anchor, features, ...single], signal);
  const [anchorScore, ownScore, ...scores] = compared.map(({ score }) => score);
  if (anchorScore! < minScore || Math.max(...scores) >= newBelow * ownScore!) return undefined;
  if (views.length < MAX_VIEWS) return encodeTemplate([...views, impression]);
  const later = scores.slice(anchors);
  const dropped = anchors + later.indexOf(Math.max(...later));
  return encodeTemplate([...views.filter((_, i) => i !== dropped), impression]);
}
