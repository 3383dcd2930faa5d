/** WinBioLockUnit: exclusive use of one unit, first come first served. WBF: operations 5.1, D-21. */

import { BiometricError } from '../../core/biometric-error.ts';
import { WINBIO_E_CANCELED, WINBIO_E_SENSOR_UNAVAILABLE } from '../../core/result-constants.ts';
import { requireRight } from '../access/access.ts';
import { requireEnabled } from '../access/policy.ts';
import { failure, type Outcome, success } from '../outcome.ts';
import type { Session } from '../sessions/session.ts';
import { Lease } from '../units/lease.ts';
import { requireNoEnrollment, requireNoMonitor, requireUnit } from './checks.ts';
import type { Handler } from './handler.ts';

export const lockUnit: Handler<Session, 'lock-unit'> = ({ context, session, operation, request }) => {
  requireEnabled(context.policy());
  requireRight('lock', session.process.principal);
  requireNoMonitor(session);
  const unit = requireUnit(context, session, request.unitId);
  if (session.lockedUnit?.attached === true && session.lockedUnit !== unit) {
    throw new BiometricError('WINBIO_E_LOCK_VIOLATION', 'another unit is locked already', { unitId: unit.unitId });
  }
  if (!session.pool.isPrivate) requireNoEnrollment(unit);
  return new Promise<Outcome>((resolve) => {
    const waiter = {
      session,
      granted: () => {
        session.lockRequest = undefined;
        session.lockedUnit = unit;
        session.lockTaken = undefined;
        session.lockLease?.[Symbol.dispose]();
        session.lockLease = new Lease(context.clock, context.leases?.lockMs, () =>
          session.takeLock('it was without an operation for too long; lock the unit again'),
        );
        unit.pump.refresh();
        resolve(success(unit.unitId));
      },
      lost: () => {
        session.lockRequest = undefined;
        resolve(failure(WINBIO_E_SENSOR_UNAVAILABLE, unit.unitId));
      },
    };
    const cancel = () => {
      unit.lock.withdraw(waiter);
      session.lockRequest = undefined;
      resolve(failure(WINBIO_E_CANCELED, unit.unitId));
    };
    session.lockRequest = { unit, cancel };
    operation.signal.addEventListener('abort', () => session.lockRequest?.cancel === cancel && cancel(), {
      once: true,
    });
    unit.lock.request(waiter);
  });
};
