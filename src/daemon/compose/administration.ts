/** What administrators ask of a running service: its state, and new keys. */

import { BiometricError } from '../../core/biometric-error.ts';
import { S_OK } from '../../core/result-constants.ts';
import { isPrivileged } from '../../service/access/principal.ts';
import type { Extension } from '../clients/extensions.ts';
import type { AuditLog } from '../state/audit-log.ts';
import type { Rotation } from '../state/rotate-keys.ts';

/** What a running service says about itself. */
export interface ServiceStatus {
  readonly pid: number;
  readonly uptimeSeconds: number;
  readonly residentBytes: number;
  readonly stateDirectory: string | undefined;
}

/** Makes the extension. `rotate` is absent for state in memory, which is not sealed. */
export function administration(
  stateDirectory: string | undefined,
  audit: AuditLog | undefined,
  rotate: (() => Promise<Rotation>) | undefined,
): Extension {
  return async (body, principal) => {
    const kind = typeof body === 'object' && body !== null && 'kind' in body ? body.kind : undefined;
    if (kind === 'status') {
      const status: ServiceStatus = {
        pid: process.pid,
        uptimeSeconds: Math.round(process.uptime()),
        residentBytes: process.memoryUsage.rss(),
        stateDirectory,
      };
      return status;
    }
    if (!isPrivileged(principal)) throw new BiometricError('E_ACCESSDENIED', 'this is for administrators');
    if (kind === 'rotate-keys' && rotate !== undefined) {
      const rotation = await rotate();
      await audit?.write({ action: kind, sid: principal.sid, hresult: S_OK });
      return rotation;
    }
    throw new BiometricError('E_INVALIDARG', `there is nothing named ${String(kind).slice(0, 32)} to administrate`);
  };
}
