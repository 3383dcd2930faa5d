/** Engines learn the anti-spoofing policy when their unit is configured, and whenever it changes. WBF: workflows B4. */

import type { AccountPolicy, EngineAdapter } from '../../adapters/engine-adapter.ts';
import { hresultOf } from '../../core/biometric-error.ts';
import type { Logger } from '../../core/logger.ts';

/** What an engine makes of the policy is its own business: a failure is logged and changes nothing. */
export function tellAccountPolicy(engine: EngineAdapter, policies: readonly AccountPolicy[], logger: Logger): void {
  try {
    engine.setAccountPolicy?.(policies);
  } catch (thrown) {
    logger.warn('an engine refused the account policy', { hresult: hresultOf(thrown) });
  }
}
