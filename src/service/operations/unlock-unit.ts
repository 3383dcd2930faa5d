/** WinBioUnlockUnit: releases every lock of the session and its waiting request. WBF: operations 5.2, D-21. */

import { BiometricError } from '../../core/biometric-error.ts';
import { requireRight } from '../access/access.ts';
import { requireEnabled } from '../access/policy.ts';
import { success } from '../outcome.ts';
import type { Session } from '../sessions/session.ts';
import { requireNoMonitor, requireUnit } from './checks.ts';
import type { Handler } from './handler.ts';

export const unlockUnit: Handler<Session, 'unlock-unit'> = ({ context, session, request }) => {
  requireEnabled(context.policy());
  requireRight('lock', session.process.principal);
  requireNoMonitor(session);
  const unit = requireUnit(context, session, request.unitId);
  if (session.lockedUnit !== unit && session.lockRequest?.unit !== unit) {
    const { lockTaken } = session;
    session.lockTaken = undefined;
    const text = lockTaken === undefined ? 'this session holds no lock on it' : `the lock was taken back: ${lockTaken}`;
    throw new BiometricError('WINBIO_E_LOCK_VIOLATION', text, { unitId: unit.unitId });
  }
  session.releaseLocks();
  return success(unit.unitId);
};
