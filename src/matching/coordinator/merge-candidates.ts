/** One list of candidates from many. */

import type { Candidate } from '../../adapters/engine-adapter.ts';
import { LONGEST_LIST } from '../longest-list.ts';

/** The best, by score and then by record number, each record once. */
export function mergeCandidates(lists: Iterable<readonly Candidate[]>): readonly Candidate[] {
  const best = new Map<number, Candidate>();
  for (const list of lists) {
    for (const candidate of list) {
      const known = best.get(candidate.recordId);
      if (known === undefined || known.score < candidate.score) best.set(candidate.recordId, candidate);
    }
  }
  return [...best.values()].sort((a, b) => b.score - a.score || a.recordId - b.recordId).slice(0, LONGEST_LIST);
}
