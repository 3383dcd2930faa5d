/** WinBioEnrollCapture: one sample of the enrolling unit, added to the template. WBF: operations 2.3, workflows 7.3. */

import { BiometricError, isBiometricError } from '../../core/biometric-error.ts';
import { WINBIO_PURPOSE_ENROLL } from '../../core/constants.ts';
import { FAILED } from '../../core/hresult.ts';
import type { OperationValues } from '../../core/operation-result.ts';
import { reportOf } from '../../core/report-of.ts';
import { S_OK, WINBIO_E_BAD_CAPTURE, WINBIO_E_CANCELED, WINBIO_I_MORE_DATA } from '../../core/result-constants.ts';
import { requireRight } from '../access/access.ts';
import { requireEnabled } from '../access/policy.ts';
import { badCapture, type Outcome, success } from '../outcome.ts';
import type { Session } from '../sessions/session.ts';
import type { Enrollment } from '../units/enrollment.ts';
import type { Unit } from '../units/unit.ts';
import { requireEnrollment, requireNoMonitor, requireUnlocked } from './checks.ts';
import type { Handler } from './handler.ts';
import { takeSample } from './take-sample.ts';

export const enrollCapture: Handler<Session, 'enroll-capture'> = async ({ context, session, operation }) => {
  requireEnabled(context.policy());
  requireRight('enroll', session.process.principal);
  requireNoMonitor(session);
  const { enrollment, unit: enrolling } = requireEnrollment(session);
  requireUnlocked(enrolling, session);
  // Checked before any adapter is called; the enrollment stays open.
  if (enrolling.engine.info.needsSelector === true && enrollment.selector === undefined) {
    throw new BiometricError('WINBIO_E_SELECTION_REQUIRED', undefined, { unitId: enrolling.unitId });
  }
  const wish = { role: 'enrollment', purpose: WINBIO_PURPOSE_ENROLL, unitId: enrollment.unitId } as const;
  const rejected = (unit: Unit, detail: number) => {
    enrollment.reject(detail);
    return badCapture(unit.unitId, detail);
  };
  const outcome = await takeSample(
    { context, session, operation },
    wish,
    (unit, sample, signal) => add(session, enrollment, unit, sample, signal),
    rejected,
  );
  if (aborts(outcome) && session.enrollment === enrollment) session.endEnrollment();
  return outcome;
};

async function add(
  session: Session,
  enrollment: Enrollment,
  unit: Unit,
  sample: Uint8Array,
  signal: AbortSignal,
): Promise<Outcome> {
  const { unitId } = unit;
  let report: OperationValues = {};
  try {
    const extracted = await unit.engine.extract(sample, WINBIO_PURPOSE_ENROLL, { signal });
    report = reportOf(extracted);
    if (extracted.kind === 'rejected') {
      enrollment.reject(extracted.detail);
      return badCapture(unitId, extracted.detail, report);
    }
    enrollment.note(await enrollment.builder.add(extracted.features, { signal }));
  } catch (thrown) {
    if (enrollment.state === 'ended' && !signal.aborted) requireEnrollment(session);
    // A canceled capture leaves the enrollment open (workflows 12.2), a complete template stays complete (D-20).
    if (isBiometricError(thrown) && enrollment.state === 'complete') {
      return badCapture(unitId, enrollment.lastReject, report);
    }
    throw thrown;
  }
  // Ended by sleep or removal meanwhile: the code that any later call gets.
  if (enrollment.state === 'ended') requireEnrollment(session);
  if (enrollment.lastReject !== 0) return badCapture(unitId, enrollment.lastReject, report);
  const hresult = enrollment.state === 'complete' ? S_OK : WINBIO_I_MORE_DATA;
  const { percentComplete, coverage } = enrollment;
  return success(unitId, { percentComplete, ...(coverage && { coverage }), ...report }, hresult);
}

/** Any failure but a bad or canceled capture ends the enrollment. */
function aborts({ hresult }: Outcome): boolean {
  return FAILED(hresult) && hresult !== WINBIO_E_BAD_CAPTURE && hresult !== WINBIO_E_CANCELED;
}
