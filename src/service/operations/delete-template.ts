/** WinBioDeleteTemplate: deletes by identity and sub-factor. WBF: operations 3.2, D-23. */

import { sameIdentity, sidIdentity } from '../../core/identity.ts';
import { WINBIO_E_DATABASE_NO_SUCH_RECORD } from '../../core/result-constants.ts';
import { requireRight } from '../access/access.ts';
import { requireEnabled } from '../access/policy.ts';
import { failure, success } from '../outcome.ts';
import type { Session } from '../sessions/session.ts';
import { requireNoEnrollment, requireNoMonitor, requireUnit, requireUnlocked } from './checks.ts';
import type { Handler } from './handler.ts';
import { onUnit } from './on-unit.ts';

export const deleteTemplate: Handler<Session, 'delete-template'> = async ({ context, session, operation, request }) => {
  const { identity, subFactor } = request;
  const { principal } = session.process;
  requireEnabled(context.policy());
  const own = session.pool.isPrivate
    ? identity.type !== 'wildcard'
    : sameIdentity(identity, sidIdentity(principal.sid));
  requireRight(own ? 'delete-own' : 'delete-any', principal);
  requireNoMonitor(session);
  const unit = requireUnit(context, session, request.unitId);
  requireUnlocked(unit, session);
  requireNoEnrollment(unit);
  if (!operation.shield()) return success(unit.unitId);
  return onUnit(unit.unitId, async () => {
    const deleted = (await unit.store?.delete(identity, subFactor)) ?? 0;
    return deleted > 0 ? success(unit.unitId) : failure(WINBIO_E_DATABASE_NO_SUCH_RECORD, unit.unitId);
  });
};
