/** Where the views of an enrollment lie on the first one. */

import { chainMotions, NO_MOTION, type RigidMotion } from '../comparison/rigid-motion.ts';
import { ENROLLMENT } from '../parameters.ts';
import type { EnrollmentView } from './enrollment-view.ts';

/** A view and its place on the first one; plain data. */
export interface PlacedView {
  /** Features of the view. */
  readonly bytes: Uint8Array;
  /** Carries points of the view to the first one. */
  readonly motion: RigidMotion;
}

/**
 * Places views by the most certain comparisons (a spanning tree of best scores). A view that resembles none of the
 * others any more has no place and is left out.
 */
export function placeViews(views: readonly EnrollmentView[]): PlacedView[] {
  const [first] = views;
  if (first === undefined) return [];
  const placed = new Map([[first, NO_MOTION]]);
  for (;;) {
    let best: number = ENROLLMENT.minScore;
    let next: [EnrollmentView, RigidMotion] | undefined;
    for (const view of views) {
      if (placed.has(view)) continue;
      for (const [other, place] of placed) {
        const { score, motion } = view.links.get(other) ?? { score: 0 };
        if (motion === undefined || score < best) continue;
        best = score;
        next = [view, chainMotions(motion, place)];
      }
    }
    if (next === undefined) return [...placed].map(([{ bytes }, motion]) => ({ bytes, motion }));
    placed.set(...next);
  }
}
