/** Where the service reaches outside: accounts and user switching. The defaults refuse. */

/** Accounts of the system. */
export interface Accounts {
  exists(sid: string): Promise<boolean>;
  /** Domain of a domain account. */
  domainOf(sid: string): Promise<string | undefined>;
  /** May log on interactively, and this is the password. */
  verifyPassword(sid: string, password: string): Promise<boolean>;
}

/** Switches the console to another account. */
export interface UserSwitch {
  /** Says whether the account could be logged on. */
  switchTo(sid: string): Promise<boolean>;
}

/** Knows nobody. */
export const NO_ACCOUNTS: Accounts = Object.freeze({
  exists: async () => false,
  domainOf: async () => undefined,
  verifyPassword: async () => false,
});

/** Switches to nobody. */
export const NO_USER_SWITCH: UserSwitch = Object.freeze({ switchTo: async () => false });
