/** A template made ready for comparison: its views, one after the other. Runs anywhere. */

import type { Impression } from '../template/impression.ts';

import { decodeTemplate } from '../template/template-codec.ts';
import { prepareView, viewWords } from './prepared-view.ts';

/** Views of one template in one array of words; see prepared-view.ts. */
export interface PreparedTemplate {
  readonly words: Int32Array;
  /** First word of each view. */
  readonly views: readonly number[];
}

/** Decodes and prepares a template. Rejects what {@link decodeTemplate} rejects. */
export function prepareTemplate(bytes: Uint8Array): PreparedTemplate {
  return prepareImpressions(decodeTemplate(bytes));
}

/** Prepares impressions that are decoded already. */
export function prepareImpressions(impressions: readonly Impression[]): PreparedTemplate {
  const words = new Int32Array(impressions.reduce((sum, { count }) => sum + viewWords(count), 0));
  const views: number[] = [];
  let at = 0;
  for (const impression of impressions) {
    views.push(at);
    prepareView(impression, words.subarray(at));
    at += viewWords(impression.count);
  }
  return { words, views };
}
