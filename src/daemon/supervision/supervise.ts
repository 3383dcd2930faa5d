/** Finds out who has started the service. */

import type { Supervision } from './supervision.ts';
import { superviseBySystemd } from './systemd-supervision.ts';

/**
 * Begins it; absent when nobody supervises the process. `windowsService` is the name of the service of Windows that this process
 * is. Rejects with E_FAIL when it is not, WHORL_E_CONFIGURATION without koffi.
 */
export async function supervise(windowsService: string | undefined): Promise<Supervision | undefined> {
  if (windowsService === undefined) return superviseBySystemd();
  const { WindowsSupervision } = await import('./windows-supervision.ts');
  return await WindowsSupervision.begin(windowsService);
}
