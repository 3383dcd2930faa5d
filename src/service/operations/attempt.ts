/** Matching as an attempt: refused while its reader or account is locked, counted, and recorded when it fails. */

import type { HRESULT } from '../../core/hresult.ts';
import { identityKey, type OwnerIdentity } from '../../core/identity.ts';
import { WINBIO_E_CRED_PROV_SECURITY_LOCKOUT } from '../../core/result-constants.ts';
import type { AttemptLock } from '../../core/service-report.ts';
import type { AttemptSubject } from '../access/attempts.ts';
import type { Principal } from '../access/principal.ts';
import type { ServiceContext } from '../context.ts';
import type { Unit } from '../units/unit.ts';

/** One attempt to be recognised. */
export interface Attempt {
  readonly action: 'identify' | 'verify' | 'register-event-monitor';
  /** Who asked. */
  readonly principal: Principal;
  readonly unit: Unit;
  /** Who the person claims to be; absent for an identification. */
  readonly claim?: OwnerIdentity;
}

/** What is counted for it. */
export function attemptSubjects({ unit, claim }: Pick<Attempt, 'unit' | 'claim'>): readonly AttemptSubject[] {
  const reader = { kind: 'reader', name: unit.name, title: unit.placed().title } as const;
  return claim === undefined ? [reader] : [reader, { kind: 'account', name: identityKey(claim) }];
}

/** Counts how it ended; returns what that has locked. A failure, and a lock that it leads to, are in the audit log. Never rejects. */
export async function noteAttempt(
  context: ServiceContext,
  attempt: Attempt,
  hresult: HRESULT,
): Promise<readonly AttemptLock[]> {
  const subjects = attemptSubjects(attempt);
  if (hresult === 0) context.attempts.succeeded(...subjects);
  if (hresult === 0 || !context.attempts.counts) return [];
  const { action, principal, unit, claim } = attempt;
  const record = { sid: principal.sid, unitId: unit.unitId, ...(claim && { owner: identityKey(claim) }) };
  const locks = context.attempts.failed(...subjects);
  try {
    await context.audit({ ...record, action, hresult });
    for (const { kind } of locks) {
      await context.audit({ ...record, action: `lock-${kind}`, hresult: WINBIO_E_CRED_PROV_SECURITY_LOCKOUT });
    }
  } catch {
    context.logger.error('the audit log cannot be written', { action });
  }
  return locks;
}
