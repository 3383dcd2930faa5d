/** WinBioCaptureSample: one sample, exported as it was captured. WBF: operations 1.1, workflows 4. */

import { BiometricError } from '../../core/biometric-error.ts';
import {
  WINBIO_CAPABILITY_SECURE_SENSOR,
  WINBIO_NO_PURPOSE_AVAILABLE,
  WINBIO_PURPOSE_AUDIT,
  WINBIO_PURPOSE_IDENTIFY,
} from '../../core/constants.ts';
import { requireRight } from '../access/access.ts';
import { requireEnabled } from '../access/policy.ts';
import { success } from '../outcome.ts';
import type { Session } from '../sessions/session.ts';
import type { Unit } from '../units/unit.ts';
import { requireNoMonitor } from './checks.ts';
import type { Handler } from './handler.ts';
import { takeSample } from './take-sample.ts';

export const captureSample: Handler<Session, 'capture-sample'> = ({ context, session, operation, request }) => {
  requireEnabled(context.policy());
  requireRight('capture-sample', session.process.principal, session.flags);
  requireNoMonitor(session);
  const { units } = session;
  if (units.some(({ sensor }) => (sensor.info.capabilities & WINBIO_CAPABILITY_SECURE_SENSOR) !== 0)) {
    throw new BiometricError('WINBIO_E_INVALID_OPERATION', 'a secure sensor is in the pool');
  }
  if (units.length > 0 && !units.some((unit) => canExport(unit, request.flags))) {
    throw new BiometricError('E_NOTIMPL', 'no unit of the pool can export such a sample');
  }
  // Workflows B3: no purpose means identify; AUDIT is ignored on input.
  const asked = request.purpose & ~WINBIO_PURPOSE_AUDIT;
  const purpose = asked === WINBIO_NO_PURPOSE_AVAILABLE ? WINBIO_PURPOSE_IDENTIFY : asked;
  return takeSample({ context, session, operation }, { purpose, exportsSample: true }, async (unit, sample) => {
    if (!canExport(unit, request.flags)) throw new BiometricError('E_NOTIMPL', undefined, { unitId: unit.unitId });
    return success(unit.unitId, { sample });
  });
};

function canExport(unit: Unit, flags: number): boolean {
  return unit.sensor.info.exportFlags.includes(flags);
}
