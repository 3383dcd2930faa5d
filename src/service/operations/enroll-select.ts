/** WinBioEnrollSelect: selects a person; fingerprints need none, so it is accepted and ignored. WBF: operations 2.2. */

import { requireEnabled } from '../access/policy.ts';
import { success } from '../outcome.ts';
import type { Session } from '../sessions/session.ts';
import { requireEnrollment, requireNoMonitor } from './checks.ts';
import type { Handler } from './handler.ts';

export const enrollSelect: Handler<Session, 'enroll-select'> = ({ context, session, request }) => {
  requireEnabled(context.policy());
  requireNoMonitor(session);
  const needed = session.units.some(({ engine }) => engine.info.needsSelector === true);
  if (!needed) return success();
  const { enrollment } = requireEnrollment(session);
  enrollment.selector = request.selector;
  enrollment.builder.select?.(request.selector);
  return success(enrollment.unitId);
};
