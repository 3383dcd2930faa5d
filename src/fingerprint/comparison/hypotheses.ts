/** Which alignments of two views a comparison tries, and from how much support on. */

import { HYPOTHESES } from '../parameters.ts';
import type { Rigid } from './rigid-fit.ts';
import type { Workspace } from './workspace.ts';

const LEAST_COS = Math.cos(HYPOTHESES.angleRad);

/** Least support of views of so many minutiae: the fewer there are, the fewer can agree. */
export function leastSupport({ a, b }: Workspace): number {
  const { minSupport, fewShare, few, many } = HYPOTHESES;
  const share = (Math.min(a.count, b.count) - few) / (many - few);
  return minSupport * (fewShare + (1 - fewShare) * Math.min(1, Math.max(0, share)));
}

/** The likeliest candidate with enough support that none of the alignments puts where it is; -1 when there is none. */
export function nextSeed(
  { candidates, order }: Workspace,
  tried: readonly Readonly<Rigid>[],
  minSupport: number,
): number {
  for (let k = 0; k < candidates.count; k++) {
    const candidate = order[k]!;
    if (candidates.support[candidate]! < minSupport) continue;
    if (!tried.some((rigid) => explains(rigid, candidates, candidate))) return candidate;
  }
  return -1;
}

function explains({ cos, sin, dx, dy }: Readonly<Rigid>, candidates: Workspace['candidates'], i: number): boolean {
  const [aX, aY] = [candidates.aX[i]!, candidates.aY[i]!];
  const x = cos * aX - sin * aY + dx - candidates.bX[i]!;
  const y = sin * aX + cos * aY + dy - candidates.bY[i]!;
  return x * x + y * y < HYPOTHESES.distancePx ** 2 && cos * candidates.cos[i]! + sin * candidates.sin[i]! > LEAST_COS;
}
