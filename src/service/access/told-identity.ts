/** Whom a monitor tells who touched a reader: administrators and the account itself. Others learn that someone did. */

import { type Identity, sameIdentity, sidIdentity } from '../../core/identity.ts';
import { isPrivileged, type Principal } from './principal.ts';

/** True when the principal may learn whose finger it was. */
export function mayLearn(identity: Identity, principal: Principal): boolean {
  return isPrivileged(principal) || sameIdentity(identity, sidIdentity(principal.sid));
}
