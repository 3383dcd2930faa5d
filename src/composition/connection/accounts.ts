/** What the clients of each account hold together: connections, bytes of their messages, unanswered requests. */

import { BiometricError } from '../../core/biometric-error.ts';
import { Budget } from '../../protocol/budget.ts';
import type { ClientLimits } from './client-limits.ts';

/** The share of one account. */
export interface Account {
  readonly bytes: Budget;
  readonly operations: Budget;
}

/** A place among the clients of an account; disposing gives it back. Idempotent. */
export interface Place extends Disposable {
  readonly account: Account;
}

interface Counted extends Account {
  connections: number;
}

export class Accounts {
  readonly #limits: ClientLimits;
  readonly #accounts = new Map<string, Counted>();

  constructor(limits: ClientLimits) {
    this.#limits = limits;
  }

  /** Takes a place. Throws E_OUTOFMEMORY when the account has all of its places; a trusted one has no such limit. */
  enter(name: string, { trusted }: { readonly trusted: boolean }): Place {
    const { connectionsPerAccount, bytesPerAccount, operationsPerAccount } = this.#limits;
    const known = this.#accounts.get(name);
    if (!trusted && (known?.connections ?? 0) >= connectionsPerAccount) {
      throw new BiometricError('E_OUTOFMEMORY', `this account has ${connectionsPerAccount} connections already`);
    }
    const account = known ?? {
      connections: 0,
      bytes: new Budget(bytesPerAccount),
      operations: new Budget(operationsPerAccount),
    };
    this.#accounts.set(name, account);
    account.connections += 1;
    let held = true;
    return {
      account,
      [Symbol.dispose]: () => {
        if (!held) return;
        held = false;
        account.connections -= 1;
        if (account.connections === 0) this.#accounts.delete(name);
      },
    };
  }
}
