/** Who a connection acts for. The host states these facts; the service accepts them from no client. */

import { LOCAL_SYSTEM_SID } from '../../core/sid.ts';
import type { EnrollmentShelf } from '../enrollment-shelf.ts';

/** One client process. */
export interface Principal {
  /** SID of the account. */
  readonly sid: string;
  /** Elevated member of the administrators. */
  readonly administrator: boolean;
  /** May create and change templates of its own account. */
  readonly mayEnroll: boolean;
  /** Looks after people, journal and enrollments of others, and is no administrator. */
  readonly operator?: boolean;
  /** Id of the pairing it came with. Default: it came by a socket. */
  readonly pairing?: string;
  /** Name of the door that a paired screen shows; it may do nothing else. */
  readonly screen?: string;
  /** Runs on a remote desktop, not on the active console. */
  readonly remote: boolean;
  /** Number of the session of Windows that it runs in. Default: none is known. */
  readonly session?: number;
  /** Runs below medium integrity, in a sandbox. */
  readonly lowIntegrity?: boolean;
}

/** True for Local System. */
export function isLocalSystem(principal: Principal): boolean {
  return principal.sid === LOCAL_SYSTEM_SID;
}

/** True for administrators and Local System. */
export function isPrivileged(principal: Principal): boolean {
  return principal.administrator || isLocalSystem(principal);
}

/** A client process, as holder of focus and origin of operations. */
export interface ClientProcess {
  readonly principal: Principal;
  /** Where enrollments of the process go when their reader is gone. Default: nowhere, they are wiped. */
  readonly shelf?: EnrollmentShelf;
}
