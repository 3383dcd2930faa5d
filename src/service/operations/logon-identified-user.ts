/** WinBioLogonIdentifiedUser: switches to the last identified account. WBF: operations 9, D-45. */

import { BiometricError } from '../../core/biometric-error.ts';
import { S_FALSE } from '../../core/result-constants.ts';
import { LONGEST_LOGON_WINDOW_MS, requireEnabled } from '../access/policy.ts';
import { success } from '../outcome.ts';
import type { Session } from '../sessions/session.ts';
import { requireNoMonitor } from './checks.ts';
import type { Handler } from './handler.ts';

export const logonIdentifiedUser: Handler<Session, 'logon-identified-user'> = async ({ context, session }) => {
  const policy = context.policy();
  requireEnabled(policy);
  requireNoMonitor(session);
  const { identified } = session;
  const windowMs = Math.min(policy.logonWindowMs, LONGEST_LOGON_WINDOW_MS);
  if (!policy.logon.value || identified === undefined || context.clock.nowMs() - identified.atMs > windowMs) {
    throw new BiometricError('E_ACCESSDENIED', 'no recent identification');
  }
  if (identified.sid === session.process.principal.sid) return success(0, {}, S_FALSE);
  if (!policy.credentialProvider) throw new BiometricError('WINBIO_E_CRED_PROV_DISABLED');
  if (!policy.fastUserSwitching) throw new BiometricError('WINBIO_E_FAST_USER_SWITCH_DISABLED');
  if (policy.secureAttention) throw new BiometricError('WINBIO_E_SAS_ENABLED');
  if (!(await context.userSwitch.switchTo(identified.sid))) throw new BiometricError('SEC_E_LOGON_DENIED');
  // Success consumes the identification.
  session.identified = undefined;
  return success();
};
