/** The sub-factors an operation accepts (D-12), and names for the ten fingers. */

import * as c from './constants.ts';
import type { SubFactor } from './identifiers.ts';

/** The ten fingers: sub-factor by the name that sessions and the command line use. */
export const FINGERS = {
  'right-thumb': c.WINBIO_ANSI_381_POS_RH_THUMB,
  'right-index': c.WINBIO_ANSI_381_POS_RH_INDEX_FINGER,
  'right-middle': c.WINBIO_ANSI_381_POS_RH_MIDDLE_FINGER,
  'right-ring': c.WINBIO_ANSI_381_POS_RH_RING_FINGER,
  'right-little': c.WINBIO_ANSI_381_POS_RH_LITTLE_FINGER,
  'left-thumb': c.WINBIO_ANSI_381_POS_LH_THUMB,
  'left-index': c.WINBIO_ANSI_381_POS_LH_INDEX_FINGER,
  'left-middle': c.WINBIO_ANSI_381_POS_LH_MIDDLE_FINGER,
  'left-ring': c.WINBIO_ANSI_381_POS_LH_RING_FINGER,
  'left-little': c.WINBIO_ANSI_381_POS_LH_LITTLE_FINGER,
} as const satisfies Record<string, SubFactor>;

/** Name of one of the ten fingers: `right-thumb`. */
export type FingerName = keyof typeof FINGERS;

const NAMES = new Map<number, FingerName>(Object.entries(FINGERS).map(([name, value]) => [value, name as FingerName]));

/**
 * Name of a sub-factor; `position N` when it is none of the ten fingers.
 *
 * @example
 * ```ts
 * fingerName(2); // 'right-index'
 * ```
 */
export function fingerName(subFactor: SubFactor): FingerName | `position ${number}` {
  return NAMES.get(subFactor) ?? `position ${subFactor}`;
}

/** True for what can be enrolled: 1..10, 13, 14 and the ten unspecified positions. WBF: constants 6.1, D-12. */
export function isEnrollableSubFactor(value: unknown): value is SubFactor {
  if (typeof value !== 'number' || !Number.isInteger(value)) return false;
  if (value >= c.WINBIO_ANSI_381_POS_RH_THUMB && value <= c.WINBIO_ANSI_381_POS_LH_LITTLE_FINGER) return true;
  if (value === c.WINBIO_ANSI_381_POS_RH_FOUR_FINGERS || value === c.WINBIO_ANSI_381_POS_LH_FOUR_FINGERS) return true;
  return value >= c.WINBIO_FINGER_UNSPECIFIED_POS_01 && value <= c.WINBIO_FINGER_UNSPECIFIED_POS_10;
}

/**
 * True for what can be verified and deleted: what can be enrolled, or `WINBIO_SUBTYPE_ANY`. WBF: constants 6.1, D-12.
 */
export function isSelectableSubFactor(value: unknown): value is SubFactor {
  return value === c.WINBIO_SUBTYPE_ANY || isEnrollableSubFactor(value);
}
