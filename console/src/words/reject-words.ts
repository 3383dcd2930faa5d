/** Why a touch could not be used, and what to do about it: by the number or the name that the service gives. */

import {
  fingerprintRejectDetail,
  type RejectDetail,
  type SampleReport,
} from '../../../src/exports/whorl/client/browser.ts';
import type { Key } from '../languages/catalogue.ts';
import { t } from './catalogue.ts';

/** Reject details of fingerprints, as the framework numbers them. */
const DETAILS = {
  1: 'too-high',
  2: 'too-low',
  3: 'too-far-left',
  4: 'too-far-right',
  5: 'too-fast',
  6: 'too-slow',
  7: 'poor-quality',
  8: 'too-skewed',
  9: 'too-short',
  10: 'not-combined',
} as const;

/** Flaws of a sample that say more than a reject detail. */
const FLAWS = [
  'no-finger',
  'several-fingers',
  'too-far-left',
  'too-far-right',
  'too-high',
  'too-low',
  'too-small',
  'too-dry',
  'too-wet',
  'smudged',
  'dirty',
  'broken-ridges',
  'earlier-touch',
  'unclear',
] as const;

type Reason = (typeof DETAILS)[keyof typeof DETAILS] | (typeof FLAWS)[number];

/** Where to move the finger after a touch that lay too far to one side. */
export type Way = 'left' | 'right' | 'up' | 'down';

const WAYS: Readonly<Partial<Record<Reason, Way>>> = {
  'too-far-left': 'right',
  'too-far-right': 'left',
  'too-high': 'down',
  'too-low': 'up',
};

export interface RejectWords {
  /** "That touch was too dry." */
  readonly reason: string;
  /** "Breathe on the finger." */
  readonly advice: string;
  readonly way: Way | undefined;
}

/** Words for a rejection; what the engine saw is preferred to the number. */
export function rejectWords(detail: RejectDetail, report?: SampleReport): RejectWords {
  const flaw = FLAWS.find((each) => each === report?.advice[0]?.flaw);
  const known = fingerprintRejectDetail(detail) === undefined ? undefined : DETAILS[detail as keyof typeof DETAILS];
  const reason = flaw ?? known;
  if (reason === undefined) return { reason: t('reject.unknown'), advice: t('reject.unknown.advice'), way: undefined };
  return wordsOf(reason);
}

/** Advice after a touch that was used, but could have been better; undefined when it was good. */
export function adviceWords(report: SampleReport | undefined): RejectWords | undefined {
  const flaw = FLAWS.find((each) => each === report?.advice[0]?.flaw);
  return flaw === undefined ? undefined : wordsOf(flaw);
}

function wordsOf(reason: Reason): RejectWords {
  return {
    reason: t(`reject.${reason}`),
    advice: t(`reject.${reason}.advice` satisfies Key),
    way: WAYS[reason],
  };
}
