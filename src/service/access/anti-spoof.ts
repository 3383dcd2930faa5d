/** Anti-spoof settings: the administrator's, else the account's own, else the default. WBF: service 10.2. */

import type { AccountPolicy } from '../../adapters/engine-adapter.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import {
  WINBIO_ANTI_SPOOF_DISABLE,
  WINBIO_ANTI_SPOOF_ENABLE,
  WINBIO_ANTI_SPOOF_REMOVE,
  WINBIO_POLICY_ADMIN,
  WINBIO_POLICY_DEFAULT,
  WINBIO_POLICY_LOCAL,
} from '../../core/constants.ts';
import type { AntiSpoofPolicy } from '../../core/property-values.ts';

/** What an administrator decided before the service started. */
export interface AntiSpoofDecisions {
  /** For every account without an entry of its own. */
  readonly everybody?: boolean | undefined;
  /** By SID. */
  readonly accounts?: Readonly<Record<string, boolean>> | undefined;
}

/** A change that is not made yet. */
export interface AntiSpoofChange {
  /** false: the setting is that already. */
  readonly changes: boolean;
  readonly apply: () => void;
}

const actionOf = (enabled: boolean) => (enabled ? WINBIO_ANTI_SPOOF_ENABLE : WINBIO_ANTI_SPOOF_DISABLE);

export class AntiSpoofPolicies {
  #default: number = WINBIO_ANTI_SPOOF_ENABLE;
  readonly #everybody: number | undefined;
  readonly #admin = new Map<string, number>();
  readonly #local = new Map<string, number>();

  constructor({ everybody, accounts = {} }: AntiSpoofDecisions = {}) {
    this.#everybody = everybody === undefined ? undefined : actionOf(everybody);
    for (const [sid, enabled] of Object.entries(accounts)) this.#admin.set(sid, actionOf(enabled));
  }

  /** The effective setting of an account; of the system if undefined. */
  effective(sid: string | undefined): AntiSpoofPolicy {
    const admin = (sid === undefined ? undefined : this.#admin.get(sid)) ?? this.#everybody;
    if (admin !== undefined) return { action: admin, source: WINBIO_POLICY_ADMIN };
    const local = sid === undefined ? undefined : this.#local.get(sid);
    if (local !== undefined) return { action: local, source: WINBIO_POLICY_LOCAL };
    return { action: this.#default, source: WINBIO_POLICY_DEFAULT };
  }

  /** The setting of the system, then that of every account with one of its own. */
  list(): readonly AccountPolicy[] {
    const accounts = new Set([...this.#admin.keys(), ...this.#local.keys()]);
    return [
      { antiSpoof: this.effective(undefined).action },
      ...[...accounts].map((sid) => ({ sid, antiSpoof: this.effective(sid).action })),
    ];
  }

  /** A change of the account's own setting. Throws E_ACCESSDENIED where an administrator has decided (D-24). */
  own(sid: string, action: number): AntiSpoofChange {
    if (this.#everybody !== undefined || this.#admin.has(sid))
      throw new BiometricError('E_ACCESSDENIED', 'an administrator has decided this');
    return changeOf(this.#local, sid, action);
  }

  /** A decision of an administrator for an account; for the system if undefined. */
  administrators(sid: string | undefined, action: number): AntiSpoofChange {
    if (sid !== undefined) return changeOf(this.#admin, sid, action);
    const wanted = action === WINBIO_ANTI_SPOOF_REMOVE ? WINBIO_ANTI_SPOOF_ENABLE : action;
    return {
      changes: wanted !== this.#default,
      apply: () => {
        this.#default = wanted;
      },
    };
  }
}

function changeOf(settings: Map<string, number>, sid: string, action: number): AntiSpoofChange {
  const wanted = action === WINBIO_ANTI_SPOOF_REMOVE ? undefined : action;
  return {
    changes: settings.get(sid) !== wanted,
    apply: () => {
      if (wanted === undefined) settings.delete(sid);
      else settings.set(sid, wanted);
    },
  };
}
