/** Score of a probe against a reference, each of one or several views. */

import { FUSION } from '../parameters.ts';
import { ANY_ROTATION, type Comparer, type Thoroughness } from './comparer.ts';
import type { PreparedTemplate } from './prepared-template.ts';
import { fuseViewScores, scoreOfLogOdds } from './score.ts';

/**
 * Fused score. A probe of several views (a template compared with possible duplicates) scores as its best view, less
 * what the choice among the views gives by chance.
 */
export function compareTemplates(
  comparer: Comparer,
  probe: PreparedTemplate,
  reference: PreparedTemplate,
  thoroughness: Thoroughness = ANY_ROTATION,
): number {
  let most = 0;
  for (const view of probe.views) {
    most = Math.max(most, scoreView(comparer, probe.words, view, reference, thoroughness));
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
  { words, views }: Pick<PreparedTemplate, 'words' | 'views'>,
  thoroughness: Thoroughness,
): number {
  let best = { score: 0, view: 0 };
  let second = best;
  for (const view of views) {
    const score = scoreOfLogOdds(comparer.compare(probeWords, probeView, words, view, thoroughness));
    if (score > best.score) {
      second = best;
      best = { score, view };
    } else if (score > second.score && score < best.score) second = { score, view };
  }
  if (second.score === 0 || best.score < FUSION.leastBest)
    return fuseViewScores(best.score, second.score, views.length, 0);
  const likeness = scoreOfLogOdds(comparer.compare(words, best.view, words, second.view));
  return fuseViewScores(best.score, second.score, views.length, likeness);
}
