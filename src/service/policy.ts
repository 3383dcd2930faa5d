/** Settings an administrator decides, each with where its value comes from. WBF: service 10. */

import { BiometricError } from '../core/biometric-error.ts';
import { WINBIO_SETTING_SOURCE_DEFAULT } from '../core/constants.ts';

/** A setting and its source (`WINBIO_SETTING_SOURCE_*`). */
export interface Setting {
  readonly value: boolean;
  readonly source: number;
}

/** What the service asks of policy; read anew at each use, so that it may change while the service runs. */
export interface Policy {
  /** The framework as a whole. */
  readonly enabled: Setting;
}

export const DEFAULT_POLICY: Policy = Object.freeze({
  enabled: Object.freeze({ value: true, source: WINBIO_SETTING_SOURCE_DEFAULT }),
});

/** Throws WINBIO_E_DISABLED when policy turns the framework off. */
export function requireEnabled(policy: Policy): void {
  if (!policy.enabled.value) throw new BiometricError('WINBIO_E_DISABLED');
}
