/** `whorl enroll`: touch by touch, with the outcome of each and what to do next. */

import { BiometricError } from '../../core/biometric-error.ts';
import {
  type CommitOutcome,
  type EnrollmentStep,
  fingerName,
  type OwnerIdentity,
  sameIdentity,
  type WhorlService,
} from '../../exports/whorl/index.ts';
import { EXIT_NO } from '../exit-codes.ts';
import { namedPerson } from '../people/named-person.ts';
import { print } from '../print.ts';
import { askFinger } from './ask-finger.ts';
import { rejection } from './identify.ts';
import { ownerNames } from './names.ts';
import { fingerOf, identityOf, onSession, type SessionCommandOptions, tell } from './on-session.ts';

export interface EnrollCommandOptions extends SessionCommandOptions {
  /** Asked for when absent. */
  readonly finger?: string;
  /** Must be your own account: in the system pool an account enrolls for itself only. */
  readonly identity?: string;
  /** Person of the directory to enroll; for administrators and operators. */
  readonly person?: string;
}

/** Enrolls a finger for your account, or for a new owner in a private pool. Ctrl+C discards the enrollment. */
export async function enroll(options: EnrollCommandOptions): Promise<void> {
  const named = options.finger === undefined ? undefined : fingerOf(options.finger);
  const { finger, outcome, steps, name } = await onSession(options, [], async ({ service, session, signal }) => {
    const person = options.person === undefined ? undefined : await namedPerson(service, options.person);
    const own = person?.identity ?? (await requireOwn(service, options));
    const finger = named ?? (await askFinger(own === undefined ? [] : await session.enrollments(own)));
    await using enrollment = await session.beginEnrollment({ finger }, { signal });
    tell(`touch the reader with the ${finger.replace('-', ' ')}, and again each time you are asked ...`);
    const taken: EnrollmentStep[] = [];
    for (let complete = false; !complete; ) {
      const step = await enrollment.capture({ signal });
      taken.push(step);
      for (const line of feedback(step)) tell(`  ${line}`);
      complete = step.kind === 'sufficient';
    }
    const commit = await enrollment.commit(person && { owner: person.identity });
    const { identity } = commit;
    const other =
      person === undefined || sameIdentity(person.identity, identity) ? undefined : await nameIn(service, identity);
    return { finger, outcome: commit, steps: taken, name: other ?? person?.name };
  });
  if (outcome.kind === 'duplicate') process.exitCode = EXIT_NO;
  const nameOf = await ownerNames();
  const owner = name ?? nameOf(outcome.identity);
  const texts = {
    stored: `${finger} of ${owner} is enrolled`,
    'already-enrolled': `${finger} of ${owner} is already enrolled`,
    duplicate: `this finger is already enrolled${asFinger(outcome)} of ${owner}; nothing was stored`,
  };
  print(
    options.json,
    { ...outcome, finger, ...enrolledAs(outcome), steps: steps.map(withoutMap) },
    texts[outcome.kind],
  );
}

/** Name of somebody in the directory; undefined for anybody else. */
async function nameIn(service: WhorlService, identity: OwnerIdentity): Promise<string | undefined> {
  return await service.people.get(identity).then(
    ({ name }) => name,
    () => undefined,
  );
}

/** Your account, which owns your templates in the system pool. Rejects with E_ACCESSDENIED for another one. */
async function requireOwn(service: WhorlService, options: EnrollCommandOptions): Promise<OwnerIdentity | undefined> {
  const wanted = options.identity === undefined ? undefined : identityOf(options.identity);
  if (options.private !== undefined) {
    if (wanted === undefined) return undefined;
    throw new BiometricError('E_INVALIDARG', '--identity: an owner in a private pool gets its GUID by enrolling');
  }
  const { sid } = await service.administration.whoAmI();
  const own = { type: 'sid', sid } as const;
  if (wanted === undefined || sameIdentity(wanted, own)) return own;
  const text = `you are ${(await ownerNames())(own)}, and cannot enroll for another account: run the command as that user, or use --private`;
  throw new BiometricError('E_ACCESSDENIED', text);
}

function asFinger(outcome: CommitOutcome): string {
  return outcome.kind === 'duplicate' ? ` as ${fingerName(outcome.subFactor)}` : '';
}

/** The finger that a duplicate is enrolled as. */
function enrolledAs(outcome: CommitOutcome) {
  return outcome.kind === 'duplicate' ? { enrolledAs: fingerName(outcome.subFactor) } : {};
}

/** The outcome of a touch, and what to do next. */
function feedback(step: EnrollmentStep): string[] {
  const { percentComplete, report, coverage } = step;
  const seen = coverage === undefined ? '' : `, ${Math.round(coverage.areaMm2)} mm² of the finger seen`;
  const quality = report === undefined ? '' : `, quality ${report.quality} of 100`;
  const advice = (report?.advice ?? []).map(({ words }) => `      ${words}`);
  if (step.kind === 'rejected') return [`not used, ${rejection(step.detail)}${quality}`, ...advice];
  const next = step.kind === 'more-needed' ? '; touch again' : '; that is enough';
  return [`${String(percentComplete).padStart(3)} %${quality}${seen}${next}`, ...advice];
}

/** Replaces the coverage map with its area. */
function withoutMap({ coverage, ...step }: EnrollmentStep) {
  return { ...step, ...(coverage && { seenMm2: Math.round(coverage.areaMm2) }) };
}
