/** Tells what to do next in an enrollment. */

import { rejectWords } from '../words/fault-words.ts';
import type { EnrollmentTouch } from './enrollment-run.ts';

/** A touch that adds less than this shows what has been seen already. */
const LITTLE_NEW_MM2 = 6;

/** What to tell the person at the reader. */
export function nextWords(touches: readonly EnrollmentTouch[]): string {
  const last = touches.at(-1);
  if (last === undefined) return 'Touch the sensor.';
  const { step, addedMm2 } = last;
  if (step.kind === 'sufficient') return 'The template is complete. Save it, or discard it.';
  if (step.kind === 'rejected') {
    const { reason, advice } = rejectWords(step.detail);
    return `This touch was not used: ${reason}. ${step.report?.advice[0]?.words ?? advice}`;
  }
  if (step.report !== undefined && step.report.advice.length > 0) return `Touch again. ${step.report.advice[0]?.words}`;
  if (addedMm2 !== undefined && addedMm2 < LITTLE_NEW_MM2) {
    return 'Touch again, and show another part: roll the finger a little to one side, or towards its tip.';
  }
  return 'Touch again.';
}
