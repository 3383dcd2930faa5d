/** WinBioDeleteTemplate: deletes by identity and sub-factor. WBF: operations 3.2, D-23. */

import { BiometricError } from '../../core/biometric-error.ts';
import { WINBIO_SUBTYPE_ANY } from '../../core/constants.ts';
import { sameIdentity, sidIdentity } from '../../core/identity.ts';
import { requireRight } from '../access/access.ts';
import { ownerOf } from '../access/audit.ts';
import { requireEnabled } from '../access/policy.ts';
import { success } from '../outcome.ts';
import type { Session } from '../sessions/session.ts';
import { changing } from './change.ts';
import { requireNoEnrollment, requireNoMonitor, requireOwnRecords, requireUnit, requireUnlocked } from './checks.ts';
import type { Handler } from './handler.ts';
import { noteTemplate } from './journal-lines.ts';
import { onUnit } from './on-unit.ts';

export const deleteTemplate: Handler<Session, 'delete-template'> = async ({ context, session, operation, request }) => {
  const { identity, subFactor } = request;
  const { principal } = session.process;
  requireEnabled(context.policy());
  const { isPrivate } = session.pool;
  const own = isPrivate ? identity.type !== 'wildcard' : sameIdentity(identity, sidIdentity(principal.sid));
  requireRight(own ? 'delete-own' : 'delete-any', principal);
  requireNoMonitor(session);
  const unit = requireUnit(context, session, request.unitId);
  if (isPrivate) await requireOwnRecords(unit, identity, principal, 'delete-any');
  requireUnlocked(unit, session);
  requireNoEnrollment(unit);
  if (!operation.shield()) return success(unit.unitId);
  return onUnit(unit.unitId, async () => {
    const { unitId, store } = unit;
    const change = { action: 'delete-template', unitId, ...ownerOf(identity), subFactor } as const;
    await changing(context, principal, change, async () => {
      const deleted = (await store?.delete(identity, subFactor)) ?? 0;
      if (deleted === 0) throw new BiometricError('WINBIO_E_DATABASE_NO_SUCH_RECORD');
    });
    await noteTemplate(
      context,
      'deleted',
      { principal, unit },
      identity,
      subFactor === WINBIO_SUBTYPE_ANY ? 0 : subFactor,
    );
    return success(unitId);
  });
};
