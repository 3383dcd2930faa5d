/** WinBioControlUnit(Privileged): a vendor command to one adapter. WBF: operations 5.3, workflows 11. */

import { BiometricError } from '../../core/biometric-error.ts';
import { WINBIO_COMPONENT_ENGINE, WINBIO_COMPONENT_SENSOR } from '../../core/constants.ts';
import { requireRight } from '../access/access.ts';
import { requireEnabled } from '../access/policy.ts';
import { success } from '../outcome.ts';
import type { Session } from '../sessions/session.ts';
import type { Unit } from '../units/unit.ts';
import { changing } from './change.ts';
import { requireNoMonitor, requireUnit } from './checks.ts';
import type { Handler } from './handler.ts';
import { onUnit } from './on-unit.ts';

export const controlUnit: Handler<Session, 'control-unit'> = ({ context, session, operation, request }) =>
  onUnit(request.unitId, async () => {
    const { privileged, controlCode, sendBuffer, receiveBufferSize } = request;
    requireEnabled(context.policy());
    requireRight(privileged ? 'control-privileged' : 'control', session.process.principal, session.flags);
    requireNoMonitor(session);
    const unit = requireUnit(context, session, request.unitId);
    if (session.lockedUnit !== unit) throw new BiometricError('WINBIO_E_LOCK_VIOLATION', 'lock the unit first');
    const command = { code: controlCode, privileged, sendBuffer, receiveBufferSize };
    const target = component(unit, request.component);
    const change = { action: 'control-unit', unitId: unit.unitId } as const;
    const { received, operationStatus } = await changing(context, session.process.principal, change, () =>
      target.control(command, operation),
    );
    if (received.length > receiveBufferSize) throw new BiometricError('E_NOT_SUFFICIENT_BUFFER');
    return success(unit.unitId, { received, operationStatus });
  });

function component(unit: Unit, which: number): Pick<Unit['sensor'], 'control'> {
  if (which === WINBIO_COMPONENT_SENSOR) return unit.sensor;
  if (which === WINBIO_COMPONENT_ENGINE) return unit.engine;
  if (unit.store === undefined) throw new BiometricError('WINBIO_E_INVALID_DEVICE_STATE');
  return unit.store.storage;
}
