/** Waits for a sample for an operation, then runs the operation's step on it. */

import type { CaptureOutcome } from '../../adapters/sensor-adapter.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import type { UnitId } from '../../core/identifiers.ts';
import { WINBIO_E_ENROLLMENT_IN_PROGRESS, WINBIO_E_SENSOR_UNAVAILABLE } from '../../core/result-constants.ts';
import type { ServiceContext } from '../context.ts';
import { badCapture, failure, type Outcome } from '../outcome.ts';
import type { Operation } from '../sessions/operation.ts';
import type { Session } from '../sessions/session.ts';
import { DatabaseFault } from '../templates/database-fault.ts';
import type { Candidate, CandidateRole, Claim, SampleUse } from '../units/candidate.ts';
import type { Unit } from '../units/unit.ts';
import { onUnit } from './on-unit.ts';

/** The sample an operation wants. */
export interface SampleWish {
  readonly role?: CandidateRole;
  readonly purpose: number;
  /** Whose finger it must be. */
  readonly claim?: Claim;
  /** The sample is not for the engine. */
  readonly exportsSample?: boolean;
  /** The only unit it may come from. */
  readonly unitId?: UnitId;
}

/** What an operation does with its sample, on the unit that captured it. */
export type SampleStep = (unit: Unit, sample: Uint8Array, signal: AbortSignal) => Promise<Outcome>;

/** What a rejected capture means to the operation; by default WINBIO_E_BAD_CAPTURE with its reason. */
export type RejectStep = (unit: Unit, detail: number) => Promise<Outcome> | Outcome;

/** Who takes a sample. */
export interface SampleTaker {
  readonly context: Pick<ServiceContext, 'units'>;
  readonly session: Session;
  readonly operation: Operation;
}

/**
 * Resolves with the outcome of the step. When the session has no unit, throws WINBIO_E_SENSOR_UNAVAILABLE (D-47), with
 * the fault of a database as its cause if one keeps units away.
 */
export function takeSample(
  { context, session, operation }: SampleTaker,
  wish: SampleWish,
  step: SampleStep,
  rejected: RejectStep = (unit, detail) => badCapture(unit.unitId, detail),
): Promise<Outcome> {
  const { pool } = session;
  const { signal } = operation;
  if (session.units.length === 0) throw whyNoUnit(context, session);
  return new Promise<Outcome>((resolve) => {
    const settle = (outcome: Outcome) => {
      pool.withdraw(candidate);
      resolve(outcome);
    };
    const receive = async (unitId: UnitId, capture: CaptureOutcome): Promise<SampleUse> => {
      // The operation has its sample, and is no candidate of other units any more.
      pool.withdraw(candidate);
      const outcome = await use(unitId, capture);
      settle(outcome);
      if (capture.kind === 'sample') pool.unit(unitId)?.noteWork(outcome.hresult);
      return { request: operation.request, outcome };
    };
    const use = async (unitId: UnitId, capture: CaptureOutcome): Promise<Outcome> => {
      const unit = pool.unit(unitId);
      if (unit === undefined) return failure(WINBIO_E_SENSOR_UNAVAILABLE, unitId);
      if (capture.kind === 'rejected') return await onUnit(unitId, async () => await rejected(unit, capture.detail));
      unit.boundOperations += 1;
      const lost = () => settle(failure(WINBIO_E_SENSOR_UNAVAILABLE, unitId));
      unit.removal.addEventListener('abort', lost);
      const outcome = await onUnit(unitId, () => step(unit, capture.sample, AbortSignal.any([signal, unit.removal])));
      unit.removal.removeEventListener('abort', lost);
      unit.boundOperations -= 1;
      return outcome;
    };
    const candidate: Candidate = {
      kind: operation.request.kind,
      role: wish.role ?? 'operation',
      session,
      process: session.process,
      ...(wish.unitId !== undefined && { unitId: wish.unitId }),
      purpose: wish.purpose,
      ...(wish.claim && { claim: wish.claim }),
      ...(wish.exportsSample === true && { exportsSample: true }),
      receive,
      refuse: (unitId) => settle(failure(WINBIO_E_ENROLLMENT_IN_PROGRESS, unitId)),
      fail: (hresult, unitId) => settle(failure(hresult, unitId)),
    };
    if (signal.aborted) return;
    signal.addEventListener('abort', () => pool.withdraw(candidate), { once: true });
    pool.enlist(candidate);
  });
}

/** A unit that is there and in no pool may say why. */
function whyNoUnit({ units }: SampleTaker['context'], session: Session): BiometricError {
  const unused = units.all.filter((unit) => unit.pool === undefined && session.reaches(unit));
  const fault = unused.map(({ creationFault }) => creationFault).find((each) => each instanceof DatabaseFault);
  return new BiometricError('WINBIO_E_SENSOR_UNAVAILABLE', 'the pool has no unit', { cause: fault });
}
