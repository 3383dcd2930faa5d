/** A reference that a search found. */

import type { RecordId, SubFactor } from '../../core/identifiers.ts';
import type { OwnerIdentity } from '../../core/identity.ts';

/** A reference that was found. */
export interface FoundReference {
  readonly recordId: RecordId;
  readonly identity: OwnerIdentity;
  readonly subFactor: SubFactor;
  readonly score: number;
  /** Least score that would have matched. */
  readonly threshold?: number;
}
