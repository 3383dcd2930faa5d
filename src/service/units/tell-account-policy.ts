/** Tells an engine the anti-spoofing policy: when its unit is configured, and at each change. WBF: workflows B4. */

import type { AccountPolicy, EngineAdapter } from '../../adapters/engine-adapter.ts';
import { hresultOf } from '../../core/biometric-error.ts';
import { codeName } from '../../core/codes.ts';
import type { Logger } from '../../core/logger.ts';

/** Never rejects: a failure is logged, and the unit works on. */
export async function tellAccountPolicy(
  engine: EngineAdapter,
  policies: readonly AccountPolicy[],
  logger: Logger,
): Promise<void> {
  try {
    await engine.setAccountPolicy?.(policies);
  } catch (thrown) {
    logger.warn('an engine refused the account policy', { code: codeName(hresultOf(thrown)) });
  }
}
