/** Which records an operation means. */

import type { RecordSelector } from '../../adapters/storage-adapter.ts';
import { WINBIO_SUBTYPE_ANY } from '../../core/constants.ts';
import type { SubFactor } from '../../core/identifiers.ts';
import type { Identity } from '../../core/identity.ts';

/** All identities for a wildcard, all fingers for WINBIO_SUBTYPE_ANY. */
export function selector(identity: Identity, subFactor: SubFactor): RecordSelector {
  return {
    ...((identity.type === 'sid' || identity.type === 'guid') && { identity }),
    ...(subFactor !== WINBIO_SUBTYPE_ANY && { subFactor }),
  };
}
