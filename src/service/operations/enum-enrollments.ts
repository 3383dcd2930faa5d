/** WinBioEnumEnrollments: the sub-factors an identity has templates of. WBF: operations 3.1. */

import type { OwnerIdentity } from '../../core/identity.ts';
import { WINBIO_E_UNKNOWN_ID } from '../../core/result-constants.ts';
import { requireRight } from '../access/access.ts';
import { requireEnabled } from '../access/policy.ts';
import { failure, success } from '../outcome.ts';
import type { Session } from '../sessions/session.ts';
import { requireNoEnrollment, requireNoMonitor, requireOwnRecords, requireUnit, requireUnlocked } from './checks.ts';
import type { Handler } from './handler.ts';
import { onUnit } from './on-unit.ts';

export const enumEnrollments: Handler<Session, 'enum-enrollments'> = async ({ context, session, request }) => {
  requireEnabled(context.policy());
  requireRight('enumerate', session.process.principal);
  requireNoMonitor(session);
  const unit = requireUnit(context, session, request.unitId);
  if (session.pool.isPrivate)
    await requireOwnRecords(unit, request.identity, session.process.principal, 'enumerate-any');
  requireUnlocked(unit, session);
  requireNoEnrollment(unit);
  return onUnit(unit.unitId, async () => {
    // The argument rules admit owners only (D-32).
    const subFactors = (await unit.store?.subFactors(request.identity as OwnerIdentity)) ?? [];
    if (subFactors.length === 0) return failure(WINBIO_E_UNKNOWN_ID, unit.unitId);
    return success(unit.unitId, { subFactors });
  });
};
