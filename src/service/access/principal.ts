/** Who a connection acts for. These are facts that the host hands in; the service believes no client about them. */

import { LOCAL_SYSTEM_SID } from '../../core/sid.ts';

/** One client process. */
export interface Principal {
  /** Account, as text. */
  readonly sid: string;
  /** Elevated member of the administrators. */
  readonly administrator: boolean;
  /** May create and change templates of the own account. */
  readonly mayEnroll: boolean;
  /** Connected from a remote desktop, not the active console. */
  readonly remote: boolean;
  /** Runs below medium integrity, sandboxed. */
  readonly lowIntegrity?: boolean;
}

/** Runs under Local System. */
export function isLocalSystem(principal: Principal): boolean {
  return principal.sid === LOCAL_SYSTEM_SID;
}

/** Administrator or Local System. */
export function isPrivileged(principal: Principal): boolean {
  return principal.administrator || isLocalSystem(principal);
}

/** A client process as the inner parts know it: whoever has focus, waits or owns. */
export interface ClientProcess {
  readonly principal: Principal;
}
