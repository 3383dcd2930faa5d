/** WinBioAsyncMonitorFrameworkChanges: arrivals, removals and statuses of units. WBF: framework 5, D-27. */

import { BiometricError } from '../../core/biometric-error.ts';
import { WINBIO_FRAMEWORK_CHANGE_UNIT, WINBIO_FRAMEWORK_CHANGE_UNIT_STATUS } from '../../core/constants.ts';
import { success } from '../outcome.ts';
import type { Framework } from '../sessions/framework.ts';
import type { Handler } from './handler.ts';

/** The bit of the mask that asks for a change. */
const BIT = {
  'unit-arrival': WINBIO_FRAMEWORK_CHANGE_UNIT,
  'unit-removal': WINBIO_FRAMEWORK_CHANGE_UNIT,
  'unit-status': WINBIO_FRAMEWORK_CHANGE_UNIT_STATUS,
} as const;

export const monitorFrameworkChanges: Handler<Framework, 'monitor-framework-changes'> = (call) => {
  const { context, session, operation, request } = call;
  if (session.monitor('framework-changes') !== undefined) throw new BiometricError('WINBIO_E_EVENT_MONITOR_ACTIVE');
  const subscription = context.units.onChange((change) => {
    if ((request.changeTypes & BIT[change.kind]) !== 0) monitor.report(change);
  });
  const monitor = session.startMonitor('framework-changes', operation, () => subscription[Symbol.dispose]());
  return success();
};
