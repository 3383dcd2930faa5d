/** Misuse of sessions does not compile; outcomes narrow and are complete. Checked by the compiler, never run. */

import type {
  CommitOutcome,
  EnrollmentStep,
  FingerName,
  IdentifyOutcome,
  OwnerIdentity,
  RejectDetail,
  Session,
  VerifyOutcome,
  WhorlService,
} from '../../src/exports/whorl/index.ts';
import { holds, type Same } from './winbio-types.ts';

export function identified(outcome: IdentifyOutcome): OwnerIdentity | undefined {
  // @ts-expect-error: only an outcome that found someone has an identity
  void outcome.identity;
  switch (outcome.kind) {
    case 'identified':
      return outcome.identity;
    case 'not-valid':
      // Who is recognised and may not is told apart, and why.
      return outcome.reason === 'expired' ? undefined : outcome.person.identity;
    case 'unknown-identity':
      // @ts-expect-error: an unknown identity has no score
      return outcome.score;
    case 'rejected':
      holds<Same<typeof outcome.detail, RejectDetail>>();
      return undefined;
    default:
      return outcome satisfies never;
  }
}

export function verified(outcome: VerifyOutcome): number {
  // @ts-expect-error: a sample that was rejected was not compared
  void outcome.score;
  switch (outcome.kind) {
    case 'match':
    case 'non-match':
    case 'not-valid':
      return outcome.score ?? 0;
    case 'rejected':
      return 0;
    default:
      return outcome satisfies never;
  }
}

export function step(outcome: EnrollmentStep): number {
  // @ts-expect-error: only a rejected sample has a detail
  void outcome.detail;
  switch (outcome.kind) {
    case 'more-needed':
    case 'sufficient':
      return outcome.percentComplete;
    case 'rejected':
      return outcome.detail;
    default:
      return outcome satisfies never;
  }
}

export function committed(outcome: CommitOutcome): OwnerIdentity {
  switch (outcome.kind) {
    case 'stored':
    case 'already-enrolled':
    case 'duplicate':
      return outcome.identity;
    default:
      return outcome satisfies never;
  }
}

export function forgottenCase(outcome: CommitOutcome): OwnerIdentity {
  switch (outcome.kind) {
    case 'stored':
    case 'already-enrolled':
      return outcome.identity;
    default:
      // @ts-expect-error: a duplicate is an outcome too
      return outcome satisfies never;
  }
}

export async function misuse(service: WhorlService, session: Session): Promise<void> {
  // @ts-expect-error: there is no such finger
  await session.beginEnrollment({ finger: 'right-toe' });
  // @ts-expect-error: a verification needs a claim
  await session.verify();
  // @ts-expect-error: a claim is an identity, not a name
  await session.verify({ identity: 'alice' });
  // @ts-expect-error: a private pool needs a database
  await service.openSession({ pool: 'private' });
  // @ts-expect-error: the system pool has no units of its own
  await service.openSession({ pool: 'system', unitIds: [1] });
  // @ts-expect-error: options are an object
  await session.identify(AbortSignal.timeout(1));
  // @ts-expect-error: a promise is no outcome
  void session.identify().kind;
  const finger: FingerName = 'left-thumb';
  await session.beginEnrollment({ finger });
}
