/** Shows the samples that operations of the pool use, as the engine sees them. Not a function of WinBio (ADR 16). */

import { BiometricError, hresultOf } from '../../core/biometric-error.ts';
import { codeName } from '../../core/codes.ts';
import { WINBIO_CAPABILITY_SECURE_SENSOR } from '../../core/constants.ts';
import type { OperationRequest } from '../../core/operation-request.ts';
import { S_OK } from '../../core/result-constants.ts';
import type { SamplePicture } from '../../core/sample-picture.ts';
import { requireRight } from '../access/access.ts';
import { requireEnabled } from '../access/policy.ts';
import { type Outcome, success } from '../outcome.ts';
import type { Session } from '../sessions/session.ts';
import type { ShownUse } from '../units/onlookers.ts';
import { requireNoMonitor } from './checks.ts';
import type { Handler } from './handler.ts';

export const watchSamples: Handler<Session, 'watch-samples'> = ({ context, session, operation }) => {
  const { audit, logger } = context;
  const { principal } = session.process;
  requireEnabled(context.policy());
  requireRight('capture-sample', principal, session.flags);
  requireNoMonitor(session);
  if (session.monitor('samples') !== undefined) throw new BiometricError('WINBIO_E_EVENT_MONITOR_ACTIVE');
  const stopped = new AbortController();
  const see = async (shown: ShownUse): Promise<void> => {
    const { unit, request, outcome } = shown;
    if (!session.reaches(unit)) return;
    const { sample: _, ...values } = outcome.values;
    const seen = { unitId: unit.unitId, operation: request.kind, hresult: outcome.hresult, values };
    try {
      const picture = await pictureOf(shown, stopped.signal);
      // A sample that cannot be recorded in the audit log is not shown.
      if (picture)
        await audit({ action: operation.request.kind, sid: principal.sid, hresult: S_OK, unitId: unit.unitId });
      monitor.report({ kind: 'sample', sample: { ...seen, ...(picture && { picture }) } });
    } catch (thrown) {
      if (stopped.signal.aborted) return;
      logger.warn('a sample could not be shown', { unitId: unit.unitId, code: codeName(hresultOf(thrown)) });
      monitor.report({ kind: 'sample', sample: seen });
    }
  };
  const onlooking = session.pool.onlookers.add(see);
  const monitor = session.startMonitor('samples', operation, () => {
    stopped.abort();
    onlooking[Symbol.dispose]();
  });
  return success();
};

/** The picture, with the template of the decision; undefined when there is none to show. */
async function pictureOf(
  { unit, sample, request, outcome }: ShownUse,
  signal: AbortSignal,
): Promise<SamplePicture | undefined> {
  const { engine, sensor, store } = unit;
  const secure = (sensor.info.capabilities & WINBIO_CAPABILITY_SECURE_SENSOR) !== 0;
  if (sample === undefined || secure || engine.describe === undefined) return undefined;
  const of = comparedWith(request, outcome);
  const templates = (of && (await store?.templates(of.identity, of.subFactor))) ?? [];
  const [first, ...others] = await Promise.all(
    (templates.length > 0 ? templates : [undefined]).map((template) => engine.describe?.(sample, template, { signal })),
  );
  const score = (picture: SamplePicture | undefined) => picture?.reference?.score ?? 0;
  return others.reduce((best, picture) => (score(picture) > score(best) ? picture : best), first);
}

/** Owner and finger of the templates that the sample was compared with. */
function comparedWith(request: OperationRequest, { values }: Outcome) {
  if (request.kind === 'verify') return request;
  const { identity, subFactor } = values;
  return identity !== undefined && subFactor !== undefined ? { identity, subFactor } : undefined;
}
