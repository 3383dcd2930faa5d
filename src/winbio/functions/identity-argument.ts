/** Identity parameters. */

import type { Identity } from '../../core/identity.ts';
import { fromWinbioIdentity, type WINBIO_IDENTITY } from '../identity.ts';

/** An identity for the argument rules to judge: null when missing, and of no known type when malformed. */
export function identityArgument(structure: WINBIO_IDENTITY | null | undefined): Identity {
  const identity = fromWinbioIdentity(structure);
  return (identity === undefined ? { type: 'malformed' } : identity) as Identity;
}
