/** What an implementation of winbio.h must do. */

import type { AdapterClause } from '../adapter-tests.ts';
import type { WinBioRigCapability } from './winbio-rig.ts';
import type { WinBioTrial } from './winbio-trial.ts';

/** A clause of the client interface, `C-nnn`, and its check. */
export interface WinBioClause extends AdapterClause<WinBioRigCapability> {
  /** Uses no part of the rig but the one it needs. Rejects when the implementation does not conform. */
  check(trial: WinBioTrial): Promise<void>;
}
