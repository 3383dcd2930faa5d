/** Access rules: what no row allows is refused. WBF: service 8. */

import { BiometricError } from '../../core/biometric-error.ts';
import { WINBIO_FLAG_MAINTENANCE, WINBIO_FLAG_RAW } from '../../core/constants.ts';
import { isPrivileged, type Principal } from './principal.ts';

/** What a client may be allowed to do. */
export type Right =
  | 'use'
  | 'open-system-pool'
  | 'open-private-pool'
  | 'raw'
  | 'maintenance'
  | 'enroll'
  | 'match'
  | 'capture-sample'
  | 'enumerate'
  | 'enumerate-any'
  | 'delete-own'
  | 'delete-any'
  | 'lock'
  | 'control'
  | 'control-privileged'
  | 'take-last-system-unit'
  | 'people'
  | 'enroll-others'
  | 'change-accounts'
  | 'set-up';

/** Who has a right, as a test and in words. */
interface Rule {
  readonly allows: (principal: Principal, flags: number) => boolean;
  readonly holders: string;
}

const ANYONE: Rule = { allows: ({ screen }) => screen === undefined, holders: 'everyone but screens beside a door' };
/** Those who look after people. */
const OPERATORS: Rule = {
  allows: (principal) => principal.operator === true || isPrivileged(principal),
  holders: 'administrators and operators (access.operators of the configuration, the role of a pairing)',
};
const ADMINISTRATORS: Rule = { allows: isPrivileged, holders: 'administrators' };

/** Administrators, on a session that was opened with a flag. */
function withFlag(flag: number, name: string): Rule {
  return {
    allows: (principal, flags) => isPrivileged(principal) && (flags & flag) !== 0,
    holders: `administrators, on a session opened with the access '${name}'`,
  };
}

const RULES: Record<Right, Rule> = {
  use: ANYONE,
  'open-system-pool': ANYONE,
  'open-private-pool': ANYONE,
  raw: ADMINISTRATORS,
  maintenance: ADMINISTRATORS,
  enroll: {
    allows: (principal) => principal.mayEnroll || isPrivileged(principal),
    holders: 'administrators and accounts that may enroll (access.enroll of the configuration, --enroll of a pairing)',
  },
  match: ANYONE,
  // Checked for each capture: the session must have been opened with RAW.
  'capture-sample': withFlag(WINBIO_FLAG_RAW, 'raw'),
  enumerate: ANYONE,
  'enumerate-any': ADMINISTRATORS,
  'delete-own': ANYONE,
  'delete-any': ADMINISTRATORS,
  lock: ANYONE,
  control: ANYONE,
  'control-privileged': withFlag(WINBIO_FLAG_MAINTENANCE, 'maintenance'),
  'take-last-system-unit': ADMINISTRATORS,
  // The directory of people and the journal.
  people: OPERATORS,
  'enroll-others': OPERATORS,
  // Fingers of accounts: whose finger an account has may log on as it.
  'change-accounts': ADMINISTRATORS,
  // Names of readers, doors, settings.
  'set-up': ADMINISTRATORS,
};

/** Throws E_ACCESSDENIED unless the principal has the right on a session opened with these flags. */
export function requireRight(right: Right, principal: Principal, flags = 0): void {
  const { allows, holders } = RULES[right];
  if (allows(principal, flags)) return;
  throw new BiometricError('E_ACCESSDENIED', `the right ${right} is missing; it belongs to ${holders}`);
}
