/** Accounts of a scripted system, and its console. */

import type { Accounts, UserSwitch } from '../../service/access/ports.ts';

/** An account of a scripted system. */
export interface ScriptedAccount {
  /** The password that is accepted. */
  readonly password: string;
  /** Domain the account belongs to. Default: the account is local. */
  readonly domain?: string;
  /** The account cannot be logged on. Default: false. */
  readonly lockedOut?: boolean;
}

export class ScriptedAccounts implements Accounts, UserSwitch {
  /** SIDs the console was switched to, in order. */
  readonly switchedTo: string[] = [];
  readonly #accounts: Readonly<Record<string, ScriptedAccount>>;

  /** Accounts by SID. */
  constructor(accounts: Readonly<Record<string, ScriptedAccount>>) {
    this.#accounts = accounts;
  }

  async exists(sid: string): Promise<boolean> {
    return this.#accounts[sid] !== undefined;
  }

  async domainOf(sid: string): Promise<string | undefined> {
    return this.#accounts[sid]?.domain;
  }

  async verifyPassword(sid: string, password: string): Promise<boolean> {
    return this.#accounts[sid]?.password === password;
  }

  async switchTo(sid: string): Promise<boolean> {
    const account = this.#accounts[sid];
    if (account === undefined || account.lockedOut === true) return false;
    this.switchedTo.push(sid);
    return true;
  }
}
