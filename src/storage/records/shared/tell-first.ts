/** What the first service that shares something tells the others. */

import type { SharedLog } from '../../../adapters/shared-log.ts';
import { hresultOf } from '../../../core/biometric-error.ts';
import { WHORL_E_STALE } from '../../../core/result-constants.ts';

/** Writes an entry into a log where nothing was written yet; whoever was quicker has told it. Rejects as logs do. */
export async function tellFirst(log: SharedLog, key: string, body: Uint8Array): Promise<void> {
  const checked = await log.position();
  if (checked.change > 0) return;
  await log.push([{ key, body }], { checked }).catch((thrown: unknown) => {
    if (hresultOf(thrown) !== WHORL_E_STALE) throw thrown;
  });
}
