/** Owners of templates in words. */

import type { OwnerIdentity } from '../../../src/exports/whorl/client/browser.ts';

/** The SID or GUID. */
export function identityText(identity: OwnerIdentity): string {
  return identity.type === 'sid' ? identity.sid : identity.guid;
}

/** The SID or GUID, with a mark on your own. */
export function identityWords(identity: OwnerIdentity, ownSid: string | undefined): string {
  const text = identityText(identity);
  return text === ownSid ? `${text} (my account)` : text;
}
