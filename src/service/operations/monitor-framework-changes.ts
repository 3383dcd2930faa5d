/** WinBioAsyncMonitorFrameworkChanges: arrivals and removals of units. WBF: framework 5, D-27. */

import { BiometricError } from '../../core/biometric-error.ts';
import { WINBIO_FRAMEWORK_CHANGE_UNIT } from '../../core/constants.ts';
import { success } from '../outcome.ts';
import type { Framework } from '../sessions/framework.ts';
import type { Handler } from './handler.ts';

export const monitorFrameworkChanges: Handler<Framework, 'monitor-framework-changes'> = (call) => {
  const { context, session, operation, request } = call;
  if (session.monitor('framework-changes') !== undefined) throw new BiometricError('WINBIO_E_EVENT_MONITOR_ACTIVE');
  const subscription = context.units.onChange((change) => {
    if ((request.changeTypes & WINBIO_FRAMEWORK_CHANGE_UNIT) !== 0) monitor.report(change);
  });
  const monitor = session.startMonitor('framework-changes', operation, () => subscription[Symbol.dispose]());
  return success();
};
