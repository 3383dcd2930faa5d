/** One score of a person, from those of single fingers. */

import type { SubFactor } from '../../core/identifiers.ts';
import { identityKey, type OwnerIdentity } from '../../core/identity.ts';

/** A finger that was looked for and a reference that matched it. */
export interface FingerMatch {
  readonly probe: SubFactor;
  readonly identity: OwnerIdentity;
  readonly subFactor: SubFactor;
  readonly score: number;
}

/** A person that somebody may be. */
export interface PersonMatch {
  readonly identity: OwnerIdentity;
  /** Sum of the two best fingers. */
  readonly score: number;
  /** Each finger of either side once, best first. */
  readonly fingers: readonly FingerMatch[];
}

/** More fingers add what they have in common, being fingers of one capture; a false match rarely has a second finger. */
const SUMMED = 2;

/**
 * People, best first. Fingers in another position count as well: whoever gives the hands the wrong way round, by mistake or
 * not, is who a registry looks for, and the threshold reckons with every finger of the gallery.
 */
export function fuseFingers(matches: readonly FingerMatch[]): readonly PersonMatch[] {
  const people = Map.groupBy(matches, ({ identity }) => identityKey(identity));
  return [...people.values()].map(fused).sort((a, b) => b.score - a.score);
}

function fused(matches: readonly FingerMatch[]): PersonMatch {
  const [probes, references] = [new Set<SubFactor>(), new Set<SubFactor>()];
  const fingers: FingerMatch[] = [];
  for (const match of matches.toSorted((a, b) => b.score - a.score)) {
    if (probes.has(match.probe) || references.has(match.subFactor)) continue;
    probes.add(match.probe);
    references.add(match.subFactor);
    fingers.push(match);
  }
  const score = fingers.slice(0, SUMMED).reduce((sum, each) => sum + each.score, 0);
  return { identity: (fingers[0] as FingerMatch).identity, score, fingers };
}
