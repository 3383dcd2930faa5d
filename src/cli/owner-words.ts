/** An identity as commands print it: the SID or the GUID. */

import type { OwnerIdentity } from '../exports/whorl/index.ts';

/** The SID or GUID of an owner. */
export function ownerWords(identity: OwnerIdentity | undefined): string {
  if (identity === undefined) return '';
  return identity.type === 'sid' ? identity.sid : identity.guid;
}
