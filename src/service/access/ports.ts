/** What the service needs of the system: accounts and user switching. The defaults refuse. */

/** Accounts of the system. */
export interface Accounts {
  exists(sid: string): Promise<boolean>;
  /** Domain of an account; undefined for a local one. */
  domainOf(sid: string): Promise<string | undefined>;
  /** True when the account may log on interactively and this is its password. */
  verifyPassword(sid: string, password: string): Promise<boolean>;
}

/** Switches the console to another account. */
export interface UserSwitch {
  /** Resolves to false when the account could not be logged on. */
  switchTo(sid: string): Promise<boolean>;
}

/** Knows no account. */
export const NO_ACCOUNTS: Accounts = Object.freeze({
  exists: async () => false,
  domainOf: async () => undefined,
  verifyPassword: async () => false,
});

/** Refuses every switch. */
export const NO_USER_SWITCH: UserSwitch = Object.freeze({ switchTo: async () => false });
