/** Score of a probe against a reference, each of one or several views. */

import type { Comparer } from './comparer.ts';
import type { PreparedTemplate } from './prepared-template.ts';

import { fuseViewScores, scoreOfLogOdds } from './score.ts';

/**
 * Fused score. A probe of several views (a template compared with possible duplicates) scores as its best view, less
 * what the choice among the views gives by chance.
 */
export function compareTemplates(comparer: Comparer, probe: PreparedTemplate, reference: PreparedTemplate): number {
  let most = 0;
  for (const view of probe.views) {
    most = Math.max(most, scoreView(comparer, probe.words, view, reference.words, reference.views));
  }
  return Math.max(0, most - Math.log10(probe.views.length));
}

/**
 * Fused score of one probe view against the views of a reference. Views of equal score are one view stored twice, and count
 * once: no other view repeats a score to its last digit.
 */
export function scoreView(
  comparer: Comparer,
  probeWords: Int32Array,
  probeView: number,
  words: Int32Array,
  views: readonly number[],
  minSupport = 0,
): number {
  let best = 0;
  let second = 0;
  for (const view of views) {
    const score = scoreOfLogOdds(comparer.compare(probeWords, probeView, words, view, minSupport));
    if (score > best) {
      second = best;
      best = score;
    } else if (score > second && score < best) second = score;
  }
  return fuseViewScores(best, second, views.length);
}
