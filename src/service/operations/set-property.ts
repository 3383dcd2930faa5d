/** WinBioSetProperty: only the anti-spoof setting of an account can be written. WBF: operations 4.2, D-24. */

import { BiometricError } from '../../core/biometric-error.ts';
import { WINBIO_ANTI_SPOOF_REMOVE } from '../../core/constants.ts';
import { ANTI_SPOOF_POLICY_SIZE, decodeAntiSpoofPolicy } from '../../core/property-values.ts';
import { requireEnabled } from '../access/policy.ts';
import { isPrivileged } from '../access/principal.ts';
import { success } from '../outcome.ts';
import type { Session } from '../sessions/session.ts';
import { tellAccountPolicy } from '../units/tell-account-policy.ts';
import { requireNoMonitor } from './checks.ts';
import type { Handler } from './handler.ts';

export const setProperty: Handler<Session, 'set-property'> = ({ context, session, request }) => {
  requireEnabled(context.policy());
  const { principal } = session.process;
  const sid = request.identity.type === 'sid' ? request.identity.sid : undefined;
  if (request.value.length !== ANTI_SPOOF_POLICY_SIZE)
    throw new BiometricError('E_INVALIDARG', 'the value must have 8 bytes');
  // On write only the action matters.
  const { action } = decodeAntiSpoofPolicy(request.value);
  if (action > WINBIO_ANTI_SPOOF_REMOVE) throw new BiometricError('E_INVALIDARG', 'the action is out of range');
  if (sid !== principal.sid && !isPrivileged(principal)) throw new BiometricError('E_ACCESSDENIED');
  requireNoMonitor(session);
  if (sid === principal.sid) context.antiSpoof.setOwn(sid, action);
  else context.antiSpoof.setByAdministrator(sid, action);
  const engines = new Set(context.units.all.map(({ engine }) => engine));
  for (const engine of engines) void tellAccountPolicy(engine, context.antiSpoof.list(), context.logger);
  return success();
};
