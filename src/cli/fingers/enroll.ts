/** `whorl enroll`: touch by touch, with what each brought and what remains. */

import { BiometricError } from '../../core/biometric-error.ts';
import {
  type CommitOutcome,
  type EnrollmentStep,
  fingerName,
  type OwnerIdentity,
  sameIdentity,
  type WhorlService,
} from '../../exports/whorl/index.ts';
import { EXIT_NO, print } from '../print.ts';
import { askFinger } from './ask-finger.ts';
import { rejection } from './identify.ts';
import { fingerOf, identityOf, onSession, ownerText, type SessionCommandOptions, tell } from './on-session.ts';

export interface EnrollCommandOptions extends SessionCommandOptions {
  /** Asked for when absent. */
  readonly finger?: string;
  /** Has to be the own account: nobody enrolls for another in the system pool. */
  readonly identity?: string;
}

/** Enrolls a finger of the own account, or of a new owner in a private pool. Ctrl+C discards it. */
export async function enroll(options: EnrollCommandOptions): Promise<void> {
  const named = options.finger === undefined ? undefined : fingerOf(options.finger);
  const { unit } = options;
  const { finger, outcome, steps } = await onSession(options, [], async ({ service, session, signal }) => {
    const own = await requireOwn(service, options);
    const finger = named ?? (await askFinger(own === undefined ? [] : await session.enrollments(own)));
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
    return { finger, outcome: await enrollment.commit(), steps: taken };
  });
  if (outcome.kind === 'duplicate') process.exitCode = EXIT_NO;
  const owner = ownerText(outcome.identity);
  const texts = {
    stored: `${finger} of ${owner} is enrolled`,
    'already-enrolled': `${finger} of ${owner} was enrolled already`,
    duplicate: `this finger is enrolled${asFinger(outcome)} of ${owner}; nothing was stored`,
  };
  print(options.json, { ...outcome, finger, steps: steps.map(withoutMap) }, texts[outcome.kind]);
}

/** The own account, which templates of the system pool belong to. Throws E_ACCESSDENIED for another one. */
async function requireOwn(service: WhorlService, options: EnrollCommandOptions): Promise<OwnerIdentity | undefined> {
  const wanted = options.identity === undefined ? undefined : identityOf(options.identity);
  if (options.private !== undefined) {
    if (wanted === undefined) return undefined;
    throw new BiometricError(
      'E_INVALIDARG',
      '--identity: an owner in a private pool gets its GUID when it is enrolled',
    );
  }
  const { sid } = await service.administration.whoAmI();
  const own = { type: 'sid', sid } as const;
  if (wanted === undefined || sameIdentity(wanted, own)) return own;
  const text = `you are ${sid}, and nobody enrolls for another account: run it as that user, or use --private`;
  throw new BiometricError('E_ACCESSDENIED', text);
}

function asFinger(outcome: CommitOutcome): string {
  return outcome.kind === 'duplicate' ? ` as ${fingerName(outcome.subFactor)}` : '';
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
