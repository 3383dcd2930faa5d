/** Settings that an administrator decides, each with its source. WBF: service 10. */

import { BiometricError } from '../../core/biometric-error.ts';
import { WINBIO_SETTING_SOURCE_DEFAULT } from '../../core/constants.ts';

/** A setting and its source (`WINBIO_SETTING_SOURCE_*`). */
export interface Setting {
  readonly value: boolean;
  readonly source: number;
}

/** The policy; read at each use, so that it may change while the service runs. */
export interface Policy {
  /** The framework as a whole. */
  readonly enabled: Setting;
  /** Logon with a finger. */
  readonly logon: Setting;
  /** Logon with a finger to a domain account. */
  readonly domainLogon: Setting;
  /** The provider that keeps credentials for logon. */
  readonly credentialProvider: boolean;
  readonly fastUserSwitching: boolean;
  /** A logon needs a secure attention sequence. */
  readonly secureAttention: boolean;
  /** How long an identification allows a logon, milliseconds; at most {@link LONGEST_LOGON_WINDOW_MS}. */
  readonly logonWindowMs: number;
  /** Ordinary callers learn the score of a match in whole steps; otherwise none. */
  readonly scoreSteps: boolean;
}

/** WBF: operations 9. */
export const LONGEST_LOGON_WINDOW_MS = 60_000;

const byDefault = (value: boolean): Setting => Object.freeze({ value, source: WINBIO_SETTING_SOURCE_DEFAULT });

/** Fingers serve applications; logging on with one takes an administrator's decision. */
export const DEFAULT_POLICY: Policy = Object.freeze({
  enabled: byDefault(true),
  logon: byDefault(false),
  domainLogon: byDefault(false),
  credentialProvider: false,
  fastUserSwitching: false,
  secureAttention: false,
  logonWindowMs: 5_000,
  scoreSteps: false,
});

/** Throws WINBIO_E_DISABLED when policy turns the framework off. */
export function requireEnabled(policy: Policy): void {
  if (!policy.enabled.value) throw new BiometricError('WINBIO_E_DISABLED');
}
