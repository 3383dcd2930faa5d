/** Identities as text, for addresses and keys of lists; never to be shown. */

import type { OwnerIdentity } from '../../../src/exports/whorl/client/browser.ts';

export function identityKey(identity: OwnerIdentity): string {
  return identity.type === 'sid' ? identity.sid : identity.guid;
}

export function identityOf(key: string): OwnerIdentity {
  return /^S-\d/i.test(key) ? { type: 'sid', sid: key } : { type: 'guid', guid: key };
}

export function isSame(one: OwnerIdentity | undefined, other: OwnerIdentity | undefined): boolean {
  return one !== undefined && other !== undefined && identityKey(one) === identityKey(other);
}
