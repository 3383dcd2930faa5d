/** WinBioMonitorPresence: people who arrive, are recognised, and depart. WBF: operations 7, D-29. */

import type { PresentPerson } from '../../adapters/engine-adapter.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import { WINBIO_PRESENCE_CHANGE_TYPE_UPDATE_ALL, WINBIO_PURPOSE_IDENTIFY } from '../../core/constants.ts';
import { requireEnabled } from '../access/policy.ts';
import { mayLearn } from '../access/told-identity.ts';
import { badCapture, success } from '../outcome.ts';
import type { Session } from '../sessions/session.ts';
import type { Candidate } from '../units/candidate.ts';
import { PRESENCE_EXPIRY_MS, PresenceTable } from '../units/presence-table.ts';
import { requireNoMonitor, requireUnit } from './checks.ts';
import type { Handler } from './handler.ts';

export const monitorPresence: Handler<Session, 'monitor-presence'> = ({ context, session, operation, request }) => {
  requireEnabled(context.policy());
  requireNoMonitor(session);
  if (session.monitor('presence') !== undefined) throw new BiometricError('WINBIO_E_PRESENCE_MONITOR_ACTIVE');
  if (session.pool.isPrivate)
    throw new BiometricError('WINBIO_E_INVALID_OPERATION', 'only the system pool has presence monitors');
  const { unitId } = request;
  const unit = requireUnit(context, session, unitId);
  if (unit.engine.identifyAll === undefined) {
    throw new BiometricError('WINBIO_E_INVALID_OPERATION', 'the unit cannot monitor presence', { unitId });
  }
  const table = new PresenceTable(unit.sensor.info.factor);
  const stopped = new AbortController();
  let alarm: Disposable | undefined;
  const report = (changes: ReturnType<PresenceTable['expire']>) => {
    for (const { change, people } of changes) monitor.report({ kind: 'presence', change, unitId, people });
    alarm?.[Symbol.dispose]();
    // People depart even when no further frame arrives.
    const expire = () => report(table.expire(context.clock.nowMs()));
    alarm = table.people.length > 0 ? context.clock.after(PRESENCE_EXPIRY_MS, expire) : undefined;
  };
  const candidate: Candidate = {
    kind: request.kind,
    role: 'monitor',
    session,
    process: session.process,
    unitId,
    purpose: WINBIO_PURPOSE_IDENTIFY,
    async receive(_unitId, capture) {
      const { store } = unit;
      if (capture.kind === 'rejected') return { request, outcome: badCapture(unitId, capture.detail) };
      // A frame that fails is ignored.
      const frame = await store?.identifyAll(capture.sample, stopped).catch(() => undefined);
      if (frame !== undefined && !stopped.signal.aborted) {
        const tell = ({ recordId }: PresentPerson) => {
          const owner = store?.ownerOf(recordId);
          return owner !== undefined && mayLearn(owner, session.process.principal) ? owner : undefined;
        };
        report(table.update(frame, context.clock.nowMs(), tell));
      }
      return { request, outcome: success(unitId) };
    },
    refuse() {},
    fail: (hresult) => monitor.end(hresult),
  };
  const monitor = session.startMonitor('presence', operation, () => {
    stopped.abort();
    alarm?.[Symbol.dispose]();
    session.pool.withdraw(candidate);
  });
  monitor.report({ kind: 'presence', change: WINBIO_PRESENCE_CHANGE_TYPE_UPDATE_ALL, unitId, people: [] });
  session.pool.enlist(candidate);
  return success(unitId);
};
