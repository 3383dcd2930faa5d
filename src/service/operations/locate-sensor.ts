/** WinBioLocateSensor: tells which sensor was touched, even by a rejected sample (D-33). WBF: operations 1.7. */

import { WINBIO_PURPOSE_IDENTIFY } from '../../core/constants.ts';
import { requireRight } from '../access/access.ts';
import { requireEnabled } from '../access/policy.ts';
import { success } from '../outcome.ts';
import type { Session } from '../sessions/session.ts';
import type { Unit } from '../units/unit.ts';
import { requireNoMonitor } from './checks.ts';
import type { Handler } from './handler.ts';
import { takeSample } from './take-sample.ts';

export const locateSensor: Handler<Session, 'locate-sensor'> = ({ context, session, operation }) => {
  requireEnabled(context.policy());
  requireRight('match', session.process.principal);
  requireNoMonitor(session);
  const located = (unit: Unit) => success(unit.unitId);
  const wish = { purpose: WINBIO_PURPOSE_IDENTIFY, exportsSample: true };
  return takeSample(
    { context, session, operation },
    wish,
    async (unit, sample) => {
      sample.fill(0);
      return located(unit);
    },
    located,
  );
};
