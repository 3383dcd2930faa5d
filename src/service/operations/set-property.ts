/** WinBioSetProperty: only the anti-spoof setting of an account can be written. WBF: operations 4.2, D-24. */

import { BiometricError } from '../../core/biometric-error.ts';
import { WINBIO_ANTI_SPOOF_REMOVE } from '../../core/constants.ts';
import { ANTI_SPOOF_POLICY_SIZE, decodeAntiSpoofPolicy } from '../../core/property-values.ts';
import { ownerOf } from '../access/audit.ts';
import { requireEnabled } from '../access/policy.ts';
import { isPrivileged } from '../access/principal.ts';
import { success } from '../outcome.ts';
import type { Session } from '../sessions/session.ts';
import { tellAccountPolicy } from '../units/tell-account-policy.ts';
import { changing } from './change.ts';
import { requireNoMonitor } from './checks.ts';
import type { Handler } from './handler.ts';

export const setProperty: Handler<Session, 'set-property'> = async ({ context, session, request }) => {
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
  const decision =
    sid === principal.sid ? context.antiSpoof.own(sid, action) : context.antiSpoof.administrators(sid, action);
  // Nothing happened that anybody would have to account for.
  if (!decision.changes) return success();
  const change = { action: 'set-property', unitId: 0, ...ownerOf(request.identity) } as const;
  await changing(context, principal, change, () => decision.apply());
  const engines = new Set(context.units.all.map(({ engine }) => engine));
  for (const engine of engines) void tellAccountPolicy(engine, context.antiSpoof.list(), context.logger);
  return success();
};
