/** Checks that operations share, in the order of D-15: session state, unit, lock, enrollment. */

import { BiometricError } from '../../core/biometric-error.ts';
import type { UnitId } from '../../core/identifiers.ts';
import type { Identity, OwnerIdentity } from '../../core/identity.ts';
import { type Right, requireRight } from '../access/access.ts';
import type { Principal } from '../access/principal.ts';
import type { ServiceContext } from '../context.ts';
import type { Session } from '../sessions/session.ts';
import type { Enrollment } from '../units/enrollment.ts';
import type { Unit } from '../units/unit.ts';
import { attemptSubjects } from './attempt.ts';

/** Throws WINBIO_E_SESSION_BUSY while the session's event monitor runs (D-28). */
export function requireNoMonitor(session: Session): void {
  if (session.monitor('unclaimed') !== undefined) throw new BiometricError('WINBIO_E_SESSION_BUSY');
}

/**
 * The named unit. Throws WINBIO_E_INVALID_UNIT or WINBIO_E_INCORRECT_SENSOR_POOL (D-30), with what
 * went wrong when it was configured as the cause for a unit that is in no pool.
 */
export function requireUnit(context: ServiceContext, session: Session, unitId: UnitId): Unit {
  const unit = context.units.get(unitId);
  if (unit === undefined) throw new BiometricError('WINBIO_E_INVALID_UNIT', undefined, { unitId });
  if (unit.pool !== session.pool) {
    const cause = unit.pool === undefined ? unit.creationFault : undefined;
    throw new BiometricError('WINBIO_E_INCORRECT_SENSOR_POOL', undefined, { unitId, cause });
  }
  if (!session.reaches(unit)) {
    const text = `unit ${unitId} (${unit.name}) is none of the readers that the session named`;
    throw new BiometricError('WINBIO_E_INCORRECT_SENSOR_POOL', text, { unitId });
  }
  return unit;
}

/** Rejects with E_ACCESSDENIED for an owner whose records in a private pool belong to another account, or to none. */
export async function requireOwnRecords(
  { store }: Unit,
  owner: Identity,
  principal: Principal,
  right: Right,
): Promise<void> {
  if ((await store?.belongsTo(owner, principal.sid)) === false) requireRight(right, principal);
}

/** Throws WINBIO_E_LOCK_VIOLATION when another session holds the unit's lock. */
export function requireUnlocked(unit: Unit, session: Session): void {
  if (!unit.lock.heldAgainst(session)) return;
  throw new BiometricError('WINBIO_E_LOCK_VIOLATION', undefined, { unitId: unit.unitId });
}

/** Throws WINBIO_E_ENROLLMENT_IN_PROGRESS while the unit is in an enrollment, whatever its pool. */
export function requireNoEnrollment(unit: Unit): void {
  if (unit.enrollment === undefined) return;
  throw new BiometricError('WINBIO_E_ENROLLMENT_IN_PROGRESS', undefined, { unitId: unit.unitId });
}

/**
 * The enrollment of this session and its unit. Throws WINBIO_E_INVALID_OPERATION without one, and
 * WINBIO_E_ENROLLMENT_CANCELED_BY_SUSPEND once after a sleep ended it (D-20).
 */
export function requireEnrollment(session: Session): { readonly enrollment: Enrollment; readonly unit: Unit } {
  if (session.enrollmentLostToSuspend) {
    session.enrollmentLostToSuspend = false;
    throw new BiometricError('WINBIO_E_ENROLLMENT_CANCELED_BY_SUSPEND');
  }
  const { enrollment } = session;
  const unit = enrollment && session.pool.unit(enrollment.unitId);
  if (enrollment === undefined || unit === undefined || unit.enrollment !== enrollment) {
    session.enrollment = undefined;
    const { enrollmentTaken } = session;
    session.enrollmentTaken = undefined;
    const text =
      enrollmentTaken === undefined ? 'no enrollment is open' : `the enrollment was ended: ${enrollmentTaken}`;
    throw new BiometricError('WINBIO_E_INVALID_OPERATION', text);
  }
  return { enrollment, unit };
}

/** Throws WINBIO_E_CRED_PROV_SECURITY_LOCKOUT when the claimed account, or every reader of the session, is locked. */
export function requireOpenReader({ attempts }: ServiceContext, session: Session, claim?: OwnerIdentity): void {
  const { units } = session;
  const [first] = units;
  if (first === undefined || !attempts.counts) return;
  const locked = new Set(attempts.locks.filter(({ kind }) => kind === 'reader').map(({ name }) => name));
  const open = units.find(({ name }) => !locked.has(name)) ?? first;
  attempts.require(...attemptSubjects({ unit: open, ...(claim && { claim }) }));
}
