/** What a person can do about a poor sample, in plain words: a table, and which of its lines apply. */

import {
  WINBIO_FP_POOR_QUALITY,
  WINBIO_FP_TOO_HIGH,
  WINBIO_FP_TOO_LEFT,
  WINBIO_FP_TOO_LOW,
  WINBIO_FP_TOO_RIGHT,
  WINBIO_FP_TOO_SHORT,
} from '../../core/constants.ts';
import type { RejectDetail } from '../../core/identifiers.ts';
import { GUIDANCE, SAMPLE_QUALITY } from '../parameters.ts';
import type { QualityComponents } from './quality-components.ts';
import { leastAreaPx, smallAreaPx } from './sensor-frame.ts';

/** What may be wrong with a sample. */
export type SampleFlaw =
  | 'no-finger'
  | 'several-fingers'
  | 'too-small'
  | 'too-far-left'
  | 'too-far-right'
  | 'too-high'
  | 'too-low'
  | 'too-dry'
  | 'too-wet'
  | 'smudged'
  | 'dirty'
  | 'broken-ridges'
  | 'earlier-touch'
  | 'unclear';

/** A flaw of a sample, and what to tell the person. */
export interface Guidance {
  /** Name of the flaw. */
  readonly flaw: SampleFlaw;
  /** `WINBIO_FP_*` detail that it belongs to. */
  readonly detail: RejectDetail;
  /** Advice in plain English. */
  readonly words: string;
}

interface Rule extends Guidance {
  readonly applies: (components: QualityComponents) => boolean;
}

/** In the order in which flaws should be corrected. */
const RULES: readonly Rule[] = [
  {
    flaw: 'no-finger',
    detail: WINBIO_FP_POOR_QUALITY,
    words: 'Put a finger on the sensor.',
    applies: ({ areaPx }) => areaPx === 0,
  },
  {
    flaw: 'several-fingers',
    detail: WINBIO_FP_POOR_QUALITY,
    words: 'There are several fingers: put one on the sensor, or segment the image (segmentSlap, whorl segment).',
    applies: ({ fingers }) => fingers > 1,
  },
  {
    flaw: 'too-far-left',
    detail: WINBIO_FP_TOO_LEFT,
    words: 'Move the finger to the right.',
    applies: (c) => liesAt(c, c.centreX, c.cut.left),
  },
  {
    flaw: 'too-far-right',
    detail: WINBIO_FP_TOO_RIGHT,
    words: 'Move the finger to the left.',
    applies: (c) => liesAt(c, 1 - c.centreX, c.cut.right),
  },
  {
    flaw: 'too-high',
    detail: WINBIO_FP_TOO_HIGH,
    words: 'Move the finger down.',
    applies: (c) => liesAt(c, c.centreY, c.cut.top),
  },
  {
    flaw: 'too-low',
    detail: WINBIO_FP_TOO_LOW,
    words: 'Move the finger up.',
    applies: (c) => liesAt(c, 1 - c.centreY, c.cut.bottom),
  },
  {
    flaw: 'too-small',
    detail: WINBIO_FP_TOO_SHORT,
    words: 'Show more of the finger: lay it flat on the sensor.',
    applies: ({ areaPx, framePx }) => areaPx > 0 && areaPx < smallAreaPx(framePx),
  },
  {
    flaw: 'too-dry',
    detail: WINBIO_FP_POOR_QUALITY,
    words: 'The finger is too dry: breathe on it, or press a little harder.',
    applies: ({ areaPx, ridgeShare }) => areaPx > 0 && ridgeShare < GUIDANCE.dryRidgeShare,
  },
  {
    flaw: 'too-wet',
    detail: WINBIO_FP_POOR_QUALITY,
    words: 'The finger is too wet: wipe it, and press less.',
    applies: ({ ridgeShare, clots }) => ridgeShare > GUIDANCE.wetRidgeShare || clots > GUIDANCE.clottedShare,
  },
  {
    flaw: 'smudged',
    detail: WINBIO_FP_POOR_QUALITY,
    words: 'The print is smudged: hold the finger still, and clean the sensor.',
    applies: ({ areaPx, evenness }) => areaPx > 0 && evenness < GUIDANCE.smudgedEvenness,
  },
  {
    flaw: 'dirty',
    detail: WINBIO_FP_POOR_QUALITY,
    words: 'Much of the picture shows no ridges: clean the sensor and the finger.',
    applies: ({ grain }) => grain > GUIDANCE.grainyShare,
  },
  {
    flaw: 'broken-ridges',
    detail: WINBIO_FP_POOR_QUALITY,
    words: 'The ridges are broken by creases or dry skin: breathe on the finger, press evenly, or use another finger.',
    applies: ({ breaks }) => breaks > GUIDANCE.brokenShare,
  },
  {
    flaw: 'earlier-touch',
    detail: WINBIO_FP_POOR_QUALITY,
    words: 'Traces of an earlier touch lie on the sensor: wipe it, and touch it again.',
    // A smudge has faint parts as well.
    applies: ({ traces, evenness }) => traces > GUIDANCE.tracedShare && evenness >= GUIDANCE.smudgedEvenness,
  },
  {
    flaw: 'unclear',
    detail: WINBIO_FP_POOR_QUALITY,
    words: 'Clean the sensor and the finger, and press evenly.',
    applies: ({ areaPx, clarity }) => areaPx > 0 && clarity < GUIDANCE.unclearClarity,
  },
];

/**
 * The lines that apply, in the order of the table; first of all the one that explains the reject detail, when there is
 * one.
 */
export function guidanceFor(components: QualityComponents, rejectDetail: RejectDetail): Guidance[] {
  const found = RULES.filter(({ applies }) => applies(components));
  const explains = ({ detail }: Rule): boolean => detail === rejectDetail;
  if (rejectDetail !== 0 && !found.some(explains)) found.push(RULES.findLast(explains)!);
  found.sort((a, b) => Number(explains(b)) - Number(explains(a)));
  return found.map(({ flaw, detail, words }) => ({ flaw, detail, words }));
}

/** The foreground lies near a border (0 at it, 0.5 in the middle) and is cut off there, or is tiny. */
function liesAt({ areaPx, framePx }: QualityComponents, distance: number, cut: number): boolean {
  if (areaPx === 0) return false;
  if (areaPx < leastAreaPx(framePx)) return distance < SAMPLE_QUALITY.offCentre;
  return distance < GUIDANCE.offCentre && cut > GUIDANCE.cutShare;
}
