/** Owners of templates as people read them. */

import type { OwnerIdentity } from '../../../src/exports/whorl/client/browser.ts';

/** The SID or GUID. */
export function identityText(identity: OwnerIdentity): string {
  return identity.type === 'sid' ? identity.sid : identity.guid;
}

/** The same, saying which is one's own. */
export function identityWords(identity: OwnerIdentity, ownSid: string | undefined): string {
  const text = identityText(identity);
  return text === ownSid ? `${text} (my account)` : text;
}
