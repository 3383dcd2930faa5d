/** `whorl enroll`: touch by touch, with what each brought and what remains. */

import type { EnrollmentStep } from '../../exports/whorl.ts';
import { EXIT_NO, print } from '../print.ts';
import { rejection } from './identify.ts';
import { fingerOf, onSession, ownerText, type SessionCommandOptions, tell } from './on-session.ts';

export interface EnrollCommandOptions extends SessionCommandOptions {
  readonly finger: string;
}

/** Enrolls a finger of the own account, or of a new owner in a private pool. Ctrl+C discards it. */
export async function enroll(options: EnrollCommandOptions): Promise<void> {
  const finger = fingerOf(options.finger);
  const { unit } = options;
  const { outcome, steps } = await onSession(options, [], async ({ session, signal }) => {
    const wish = { finger, ...(unit !== undefined && { unitId: unit }) };
    await using enrollment = await session.beginEnrollment(wish, { signal });
    tell(`touch the reader with the ${finger.replace('-', ' ')}, and again each time you are asked ...`);
    const taken: EnrollmentStep[] = [];
    for (let complete = false; !complete; ) {
      const step = await enrollment.capture({ signal });
      taken.push(step);
      for (const line of feedback(step)) tell(`  ${line}`);
      complete = step.kind === 'sufficient';
    }
    return { outcome: await enrollment.commit(), steps: taken };
  });
  if (outcome.kind === 'duplicate') process.exitCode = EXIT_NO;
  const owner = ownerText(outcome.identity);
  const texts = {
    stored: `${finger} of ${owner} is enrolled`,
    'already-enrolled': `${finger} of ${owner} was enrolled already`,
    duplicate: `this finger is enrolled for ${owner}; nothing was stored`,
  };
  print(options.json, { ...outcome, finger, steps: steps.map(withoutMap) }, texts[outcome.kind]);
}

/** What a touch brought, and what to do next. */
function feedback(step: EnrollmentStep): string[] {
  const { percentComplete, report, coverage } = step;
  const seen = coverage === undefined ? '' : `, ${Math.round(coverage.areaMm2)} mm² of the finger seen`;
  const quality = report === undefined ? '' : `, quality ${report.quality} of 100`;
  const advice = (report?.advice ?? []).map(({ words }) => `      ${words}`);
  if (step.kind === 'rejected') return [`not used, ${rejection(step.detail)}${quality}`, ...advice];
  const next = step.kind === 'more-needed' ? '; touch again' : '; that is enough';
  return [`${String(percentComplete).padStart(3)} %${quality}${seen}${next}`, ...advice];
}

/** Of the coverage only how much it is. */
function withoutMap({ coverage, ...step }: EnrollmentStep) {
  return { ...step, ...(coverage && { seenMm2: Math.round(coverage.areaMm2) }) };
}
