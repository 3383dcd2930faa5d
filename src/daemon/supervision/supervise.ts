/** Finds out who has started the service. */

import { BiometricError } from '../../core/biometric-error.ts';
import type { Supervision } from './supervision.ts';
import { superviseBySystemd } from './systemd-supervision.ts';

/**
 * Begins it; absent when nobody supervises the process. `windowsService` is the name of the service of Windows that this process
 * is. Rejects with E_FAIL when it is not, E_NOTIMPL on other systems,
 * WHORL_E_CONFIGURATION without koffi.
 */
export async function supervise(windowsService: string | undefined): Promise<Supervision | undefined> {
  if (windowsService === undefined) return superviseBySystemd();
  if (process.platform !== 'win32') throw new BiometricError('E_NOTIMPL', '--windows-service is for Windows');
  const { WindowsSupervision } = await import('./windows-supervision.ts');
  return await WindowsSupervision.begin(windowsService);
}
