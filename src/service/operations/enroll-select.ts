/** WinBioEnrollSelect: fingerprints need no selection, so it is accepted and ignored. WBF: operations 2.2. */

import { requireNoMonitor } from '../checks.ts';
import { success } from '../outcome.ts';
import { requireEnabled } from '../policy.ts';
import type { Session } from '../session.ts';
import type { Handler } from './handler.ts';

export const enrollSelect: Handler<Session, 'enroll-select'> = ({ context, session }) => {
  requireEnabled(context.policy());
  requireNoMonitor(session);
  return success();
};
