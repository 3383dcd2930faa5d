/** WinBioUnregisterEventMonitor: no event follows its completion; S_OK without a monitor. WBF: D-28. */

import { S_OK } from '../../core/result-constants.ts';
import { success } from '../outcome.ts';
import type { Session } from '../sessions/session.ts';
import type { Handler } from './handler.ts';

export const unregisterEventMonitor: Handler<Session, 'unregister-event-monitor'> = ({ session }) => {
  session.monitor('unclaimed')?.end(S_OK);
  return success();
};
