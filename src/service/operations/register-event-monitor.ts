/** WinBioRegisterEventMonitor: reports unclaimed samples as events. WBF: operations 6.1, D-28. */

import type { CaptureOutcome } from '../../adapters/sensor-adapter.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import {
  WINBIO_EVENT_FP_UNCLAIMED,
  WINBIO_EVENT_FP_UNCLAIMED_IDENTIFY,
  WINBIO_PURPOSE_IDENTIFY,
} from '../../core/constants.ts';
import type { UnitId } from '../../core/identifiers.ts';
import { NULL_IDENTITY } from '../../core/identity.ts';
import type { OperationValues } from '../../core/operation-result.ts';
import { S_OK } from '../../core/result-constants.ts';
import { requireEnabled } from '../access/policy.ts';
import { mayLearn } from '../access/told-identity.ts';
import { badCapture, faultOutcome, type Outcome, success } from '../outcome.ts';
import type { Session } from '../sessions/session.ts';
import type { Candidate } from '../units/candidate.ts';
import type { Handler } from './handler.ts';
import { identifySample } from './identify.ts';
import { noteRejected } from './journal-lines.ts';

export const registerEventMonitor: Handler<Session, 'register-event-monitor'> = (call) => {
  const { context, session, operation, request } = call;
  requireEnabled(context.policy());
  if (session.monitor('unclaimed') !== undefined) throw new BiometricError('WINBIO_E_EVENT_MONITOR_ACTIVE');
  const { pool } = session;
  if (pool.isPrivate) throw new BiometricError('WINBIO_E_INVALID_OPERATION', 'private pools have no unclaimed samples');
  const identifies = request.eventMask === WINBIO_EVENT_FP_UNCLAIMED_IDENTIFY;
  const stopped = new AbortController();
  const report = (unitId: UnitId, { rejectDetail = 0, identity = NULL_IDENTITY, subFactor = 0 }: OperationValues) => {
    const type = identifies ? WINBIO_EVENT_FP_UNCLAIMED_IDENTIFY : WINBIO_EVENT_FP_UNCLAIMED;
    monitor.report({ kind: 'unclaimed', event: { type, unitId, identity, subFactor, rejectDetail, errorCode: S_OK } });
  };
  const use = async (unitId: UnitId, capture: CaptureOutcome): Promise<Outcome> => {
    const unit = pool.unit(unitId);
    if (capture.kind === 'rejected') {
      const where = unit && { principal: session.process.principal, unit };
      if (identifies && where) await noteRejected(context, where, capture.detail).catch(() => undefined);
      return badCapture(unitId, capture.detail);
    }
    if (!identifies || unit === undefined) return success(unitId);
    const attempt = { action: request.kind, principal: session.process.principal, unit } as const;
    return await identifySample(context, attempt, capture.sample, stopped.signal).catch(faultOutcome);
  };
  const candidate: Candidate = {
    kind: request.kind,
    role: 'monitor',
    session,
    process: session.process,
    purpose: WINBIO_PURPOSE_IDENTIFY,
    async receive(unitId, capture) {
      const outcome = await use(unitId, capture);
      const { identity } = outcome.values;
      const hidden = identity !== undefined && !mayLearn(identity, session.process.principal);
      report(unitId, hidden ? {} : outcome.values);
      return { request, outcome };
    },
    // Monitors see unclaimed samples only; those of an enrollment are claimed.
    refuse() {},
    fail: (hresult) => monitor.end(hresult),
  };
  const monitor = session.startMonitor('unclaimed', operation, () => {
    stopped.abort();
    pool.withdraw(candidate);
  });
  pool.enlist(candidate);
  return success();
};
