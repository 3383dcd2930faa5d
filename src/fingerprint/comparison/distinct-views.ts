/** Views of a template that are one impression count once: the same picture twice makes no finger more certain. */

import { SAME_IMPRESSION } from '../parameters.ts';
import type { Impression } from '../template/impression.ts';
import { decodeTemplate, encodeTemplate } from '../template/template-codec.ts';
import { threadComparer } from './comparer.ts';
import { prepareImpression } from './prepared-template.ts';

/** The impressions without those that repeat an earlier one. */
export function distinctViews(impressions: readonly Impression[]): readonly Impression[] {
  const kept: { readonly impression: Impression; readonly words: Int32Array }[] = [];
  const comparer = threadComparer();
  for (const impression of impressions.length > 1 ? impressions : []) {
    const words = prepareImpression(impression);
    const isRepeated = kept.some((earlier) => {
      comparer.compare(words, 0, earlier.words, 0);
      return comparer.coincidence() >= SAME_IMPRESSION.share;
    });
    if (!isRepeated) kept.push({ impression, words });
  }
  return impressions.length > 1 ? kept.map(({ impression }) => impression) : impressions;
}

/** The template without views that repeat an earlier one. Throws as {@link decodeTemplate} does. */
export function distinctTemplate(template: Uint8Array): Uint8Array {
  const views = decodeTemplate(template);
  const distinct = distinctViews(views);
  return distinct.length === views.length ? template : encodeTemplate(distinct);
}
