/** Access rules: what no row allows is refused. WBF: service 8. */

import { BiometricError } from '../../core/biometric-error.ts';
import { WINBIO_FLAG_MAINTENANCE, WINBIO_FLAG_RAW } from '../../core/constants.ts';
import { isPrivileged, type Principal } from './principal.ts';

/** What a client may be allowed to do. */
export type Right =
  | 'open-system-pool'
  | 'open-private-pool'
  | 'raw'
  | 'maintenance'
  | 'enroll'
  | 'match'
  | 'capture-sample'
  | 'enumerate'
  | 'delete-own'
  | 'delete-any'
  | 'lock'
  | 'control'
  | 'control-privileged'
  | 'take-last-system-unit';

const anyone = () => true;

const RULES: Record<Right, (principal: Principal, flags: number) => boolean> = {
  'open-system-pool': anyone,
  'open-private-pool': anyone,
  raw: isPrivileged,
  maintenance: isPrivileged,
  enroll: (principal) => principal.mayEnroll || isPrivileged(principal),
  match: anyone,
  // Checked for each capture: the session must have been opened with RAW.
  'capture-sample': (principal, flags) => isPrivileged(principal) && (flags & WINBIO_FLAG_RAW) !== 0,
  enumerate: anyone,
  'delete-own': anyone,
  'delete-any': isPrivileged,
  lock: anyone,
  control: anyone,
  'control-privileged': (principal, flags) => isPrivileged(principal) && (flags & WINBIO_FLAG_MAINTENANCE) !== 0,
  'take-last-system-unit': isPrivileged,
};

/** Throws E_ACCESSDENIED unless the principal has the right on a session opened with these flags. */
export function requireRight(right: Right, principal: Principal, flags = 0): void {
  if (RULES[right]?.(principal, flags) === true) return;
  throw new BiometricError('E_ACCESSDENIED', `${right}: not allowed for this account`);
}
