/** WinBioEnrollDiscard: ends the enrollment without storing anything. WBF: operations 2.6. */

import { requireRight } from '../access/access.ts';
import { requireEnabled } from '../access/policy.ts';
import { success } from '../outcome.ts';
import type { Session } from '../sessions/session.ts';
import { requireEnrollment, requireNoMonitor, requireUnlocked } from './checks.ts';
import type { Handler } from './handler.ts';

export const enrollDiscard: Handler<Session, 'enroll-discard'> = ({ context, session }) => {
  requireEnabled(context.policy());
  requireRight('enroll', session.process.principal);
  requireNoMonitor(session);
  const { unit } = requireEnrollment(session);
  requireUnlocked(unit, session);
  session.endEnrollment();
  return success(unit.unitId);
};
