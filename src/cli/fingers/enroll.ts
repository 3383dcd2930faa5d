/** `whorl enroll`: touch by touch, with what each brought and what remains. */

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
  const outcome = await onSession(options, [], async ({ session, signal }) => {
    const wish = { finger, ...(unit !== undefined && { unitId: unit }) };
    await using enrollment = await session.beginEnrollment(wish, { signal });
    tell(`touch the reader with the ${finger.replace('-', ' ')}, and again each time you are asked ...`);
    for (let complete = false; !complete; ) {
      const step = await enrollment.capture({ signal });
      if (step.kind === 'rejected') tell(`  not used, ${rejection(step.detail)}`);
      else tell(`  ${String(step.percentComplete).padStart(3)} %${step.kind === 'more-needed' ? ', touch again' : ''}`);
      complete = step.kind === 'sufficient';
    }
    return await enrollment.commit();
  });
  if (outcome.kind === 'duplicate') process.exitCode = EXIT_NO;
  const owner = ownerText(outcome.identity);
  const texts = {
    stored: `${finger} of ${owner} is enrolled`,
    'already-enrolled': `${finger} of ${owner} was enrolled already`,
    duplicate: `this finger is enrolled for ${owner}; nothing was stored`,
  };
  print(options.json, { ...outcome, finger }, texts[outcome.kind]);
}
