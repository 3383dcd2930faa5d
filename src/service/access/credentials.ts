/** Credential records per account, for the provider that logs on with them. WBF: operations 10. */

import { BiometricError } from '../../core/biometric-error.ts';
import { WINBIO_CREDENTIAL_NOT_SET, WINBIO_CREDENTIAL_SET, WINBIO_PASSWORD_GENERIC } from '../../core/constants.ts';
import type { Policy } from './policy.ts';
import type { Accounts } from './ports.ts';
import { isPrivileged, type Principal } from './principal.ts';

/** What the credentials depend on. */
export interface CredentialFacts {
  readonly accounts: Accounts;
  readonly policy: () => Policy;
  /** True when the account has a template in the system pool. */
  readonly isEnrolled: (sid: string) => Promise<boolean>;
}

/** Makes a change, once it is accounted for. */
type Changing = (change: () => void) => Promise<void>;

export class Credentials {
  readonly #facts: CredentialFacts;
  readonly #records = new Map<string, Uint8Array>();

  constructor(facts: CredentialFacts) {
    this.#facts = facts;
  }

  /** `WINBIO_CREDENTIAL_*`. Rejects with E_ACCESSDENIED before anything more specific. */
  async state(principal: Principal, sid: string): Promise<number> {
    requireOwn(principal, sid);
    this.#requireProvider();
    if (!(await this.#facts.accounts.exists(sid))) throw new BiometricError('WINBIO_E_UNKNOWN_ID');
    return this.#records.has(sid) ? WINBIO_CREDENTIAL_SET : WINBIO_CREDENTIAL_NOT_SET;
  }

  /** Stores the caller's own password once a logon has proved it; replaces an earlier one. */
  async set(principal: Principal, credential: Uint8Array, format: number, changing: Changing): Promise<void> {
    requireIntegrity(principal);
    this.#requireProvider();
    const { sid } = principal;
    // Protected forms need the keys of a Windows account, which other systems do not have.
    if (format !== WINBIO_PASSWORD_GENERIC) throw new BiometricError('E_NOTIMPL', 'only plain credentials are read');
    if (!(await this.#facts.isEnrolled(sid))) throw new BiometricError('WINBIO_E_UNKNOWN_ID');
    const domain = await this.#facts.accounts.domainOf(sid);
    if (domain !== undefined && !this.#facts.policy().domainLogon.value) {
      throw new BiometricError('WINBIO_E_CRED_PROV_DISABLED');
    }
    if (!(await this.#facts.accounts.verifyPassword(sid, passwordOf(credential)))) {
      throw new BiometricError('SEC_E_LOGON_DENIED');
    }
    await changing(() => {
      this.#wipe(sid);
      this.#records.set(sid, Uint8Array.from(credential));
    });
  }

  async remove(principal: Principal, sid: string, changing: Changing): Promise<void> {
    requireIntegrity(principal);
    requireOwn(principal, sid);
    if (!this.#records.has(sid)) throw new BiometricError('WINBIO_E_CRED_PROV_NO_CREDENTIAL');
    await changing(() => this.#wipe(sid));
  }

  async removeAll(principal: Principal, domainOnly: boolean, changing: Changing): Promise<void> {
    if (!isPrivileged(principal)) throw new BiometricError('E_ACCESSDENIED');
    const wanted: string[] = [];
    for (const sid of this.#records.keys()) {
      if (!domainOnly || (await this.#facts.accounts.domainOf(sid)) !== undefined) wanted.push(sid);
    }
    if (wanted.length === 0) return;
    await changing(() => {
      for (const sid of wanted) this.#wipe(sid);
    });
  }

  #requireProvider(): void {
    if (!this.#facts.policy().credentialProvider) throw new BiometricError('WINBIO_E_CRED_PROV_DISABLED');
  }

  #wipe(sid: string): void {
    this.#records.get(sid)?.fill(0);
    this.#records.delete(sid);
  }
}

function requireOwn(principal: Principal, sid: string): void {
  if (sid !== principal.sid && !isPrivileged(principal)) throw new BiometricError('E_ACCESSDENIED');
}

function requireIntegrity(principal: Principal): void {
  if (principal.lowIntegrity === true) throw new BiometricError('E_ACCESSDENIED');
}

/** The argument rules admit NUL-terminated UTF-16 only. */
function passwordOf(credential: Uint8Array): string {
  return new TextDecoder('utf-16le').decode(credential).slice(0, -1);
}
