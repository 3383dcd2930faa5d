/** WinBioEnrollCommit: checks for a duplicate, stores the template, ends the enrollment. WBF: operations 2.5, D-22. */

import { BiometricError } from '../../core/biometric-error.ts';
import { randomGuid } from '../../core/guid.ts';
import { guidIdentity, NULL_IDENTITY, type OwnerIdentity, sameIdentity, sidIdentity } from '../../core/identity.ts';
import { WINBIO_E_DUPLICATE_TEMPLATE } from '../../core/result-constants.ts';
import { requireRight } from '../access/access.ts';
import { ownerOf } from '../access/audit.ts';
import { requireEnabled } from '../access/policy.ts';
import type { ServiceContext } from '../context.ts';
import { failure, type Outcome, success } from '../outcome.ts';
import type { Operation } from '../sessions/operation.ts';
import type { Session } from '../sessions/session.ts';
import { payloadOfAccount } from '../templates/record-account.ts';
import type { TemplateStore } from '../templates/template-store.ts';
import type { Enrollment } from '../units/enrollment.ts';
import type { Unit } from '../units/unit.ts';
import { changing } from './change.ts';
import { requireEnrollment, requireNoMonitor, requireUnlocked } from './checks.ts';
import type { Handler } from './handler.ts';
import { noteTemplate } from './journal-lines.ts';
import { onUnit } from './on-unit.ts';

export const enrollCommit: Handler<Session, 'enroll-commit'> = async ({ context, session, operation, request }) => {
  requireEnabled(context.policy());
  requireRight('enroll', session.process.principal);
  if (isForAnother(session, request.owner)) {
    requireRight('enroll-others', session.process.principal);
    if (request.owner?.type === 'sid') requireRight('change-accounts', session.process.principal);
  }
  requireNoMonitor(session);
  const { enrollment, unit } = requireEnrollment(session);
  requireUnlocked(unit, session);
  const { store } = unit;
  if (enrollment.state !== 'complete' || store === undefined) {
    throw new BiometricError('WINBIO_E_INVALID_OPERATION', 'the template is not complete');
  }
  const committed = { enrollment, unit, store, owner: request.owner };
  const shield = once(() => operation.shield());
  const outcome = await onUnit(unit.unitId, () =>
    store.inTurn(() => commit(context, session, operation, { ...committed, shield })),
  );
  if (outcome.values.isNewTemplate === true) {
    context.enrollmentCommitted();
    const { identity = NULL_IDENTITY } = outcome.values;
    const where = { principal: session.process.principal, unit };
    // The template is stored, whatever becomes of its line.
    await noteTemplate(context, 'enrolled', where, identity, enrollment.subFactor).catch(() => undefined);
  }
  return outcome;
};

/** What is committed, and where. */
interface Committed {
  readonly enrollment: Enrollment;
  readonly unit: Unit;
  readonly store: TemplateStore;
  /** Whose it is, when the client says so. */
  readonly owner: OwnerIdentity | undefined;
  /** From here on a cancel waits; false when it has come. */
  readonly shield: () => boolean;
}

/** Asked again, it answers as before: others may have stored something, so that it is committed again. */
function once<T>(action: () => T): () => T {
  let known: { readonly value: T } | undefined;
  return () => {
    known ??= { value: action() };
    return known.value;
  };
}

/** True for a template that is not for the account of the session itself. */
function isForAnother({ process }: Session, owner: OwnerIdentity | undefined): boolean {
  return owner !== undefined && !sameIdentity(owner, sidIdentity(process.principal.sid));
}

async function commit(
  context: ServiceContext,
  session: Session,
  operation: Operation,
  { enrollment, unit, store, owner, shield }: Committed,
): Promise<Outcome> {
  const { unitId } = unit;
  if (operation.done) return success(unitId);
  const template = enrollment.builder.template();
  const duplicate = await store.findDuplicate(template, { signal: operation.signal });
  // The enrollment may have ended by removal or sleep meanwhile.
  if (!unit.attached) throw new BiometricError('WINBIO_E_SENSOR_UNAVAILABLE', undefined, { unitId });
  if (enrollment.state === 'ended') requireEnrollment(session);
  const { isPrivate } = session.pool;
  const own = owner ?? (isPrivate ? undefined : sidIdentity(session.process.principal.sid));
  if (duplicate !== undefined) {
    const { identity, subFactor } = duplicate;
    const same = own === undefined || (sameIdentity(identity, own) && subFactor === enrollment.subFactor);
    if (!same) return failure(WINBIO_E_DUPLICATE_TEMPLATE, unitId, { identity, subFactor });
    session.endEnrollment(true);
    return success(unitId, { identity, isNewTemplate: false });
  }
  const identity: OwnerIdentity = own ?? guidIdentity(randomGuid());
  // From here on a cancel waits: the record is stored and reported, or neither.
  if (!shield()) return success(unitId);
  const { subFactor } = enrollment;
  const change = { action: 'enroll-commit', unitId, ...ownerOf(identity) } as const;
  const { principal } = session.process;
  const payload = isPrivate ? payloadOfAccount(principal.sid) : new Uint8Array();
  await changing(context, principal, change, () => store.add({ identity, subFactor, template, payload }));
  session.endEnrollment(true);
  return success(unitId, { identity, isNewTemplate: true });
}
