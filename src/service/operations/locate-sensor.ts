/** WinBioLocateSensor: which sensor the person touched; a bad capture tells it too (D-33). WBF: operations 1.7. */

import { WINBIO_PURPOSE_IDENTIFY } from '../../core/constants.ts';
import { requireRight } from '../access.ts';
import { requireNoMonitor } from '../checks.ts';
import { success } from '../outcome.ts';
import { requireEnabled } from '../policy.ts';
import type { Session } from '../session.ts';
import { takeSample } from '../take-sample.ts';
import type { Unit } from '../unit.ts';
import type { Handler } from './handler.ts';

export const locateSensor: Handler<Session, 'locate-sensor'> = ({ context, session, operation }) => {
  requireEnabled(context.policy());
  requireRight('match', session.process.principal);
  requireNoMonitor(session);
  const located = (unit: Unit) => success(unit.unitId);
  return takeSample(session, operation, { purpose: WINBIO_PURPOSE_IDENTIFY }, async (unit) => located(unit), located);
};
