/** WinBioEnrollBegin: begins an enrollment on one unit. WBF: operations 2.1, workflows 7.1. */

import { BiometricError } from '../../core/biometric-error.ts';
import { requireRight } from '../access/access.ts';
import { requireEnabled } from '../access/policy.ts';
import { success } from '../outcome.ts';
import type { Operation } from '../sessions/operation.ts';
import type { Session } from '../sessions/session.ts';
import { Enrollment } from '../units/enrollment.ts';
import { Lease } from '../units/lease.ts';
import { requireNoEnrollment, requireNoMonitor, requireUnit, requireUnlocked } from './checks.ts';
import type { Handler } from './handler.ts';

export const enrollBegin: Handler<Session, 'enroll-begin'> = async ({ context, session, operation, request }) => {
  const { unitId, subFactor } = request;
  const check = () => {
    requireEnabled(context.policy());
    requireRight('enroll', session.process.principal);
    requireNoMonitor(session);
    const unit = requireUnit(context, session, unitId);
    requireUnlocked(unit, session);
    // One enrollment at a time, in the whole pool.
    for (const other of session.pool.units) requireNoEnrollment(other);
    if (session.enrollment !== undefined) throw new BiometricError('WINBIO_E_ENROLLMENT_IN_PROGRESS');
    return unit;
  };
  // Where nothing can be stored, nobody has to touch a reader first.
  const { store } = check();
  if (store?.freshness?.live === false) await store.requireWritable();
  await focusOf(session, operation);
  if (operation.done) return success(unitId);
  // Anything may have changed during the wait.
  const unit = check();
  const enrollment = new Enrollment({ session, unitId, subFactor }, unit.engine, session.process.shelf);
  session.enrollment = enrollment;
  session.enrollmentLostToSuspend = false;
  session.enrollmentTaken = undefined;
  enrollment.lease = new Lease(context.clock, context.leases?.enrollmentMs, () =>
    session.takeEnrollment('it was without a sample for too long; begin again'),
  );
  unit.enrollment = enrollment;
  return success(unitId, { subFactor });
};

/** Resolves when the process has focus, or the operation is done (D-20: begin waits for focus only). */
async function focusOf(session: Session, operation: Operation): Promise<void> {
  const { pool, process } = session;
  if (pool.hasFocus(process)) return;
  await new Promise<void>((resolve) => {
    const subscription = pool.onFocusChange(() => {
      if (pool.hasFocus(process)) finish();
    });
    const finish = () => {
      subscription[Symbol.dispose]();
      resolve();
    };
    operation.whenDone(finish);
  });
}
