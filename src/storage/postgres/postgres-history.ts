/** Places in the history of a database or a log, as rows have them. */

import type { Position } from '../../adapters/shared-history.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import type { Row } from './postgres-session.ts';

/** Of an installation `h` and the row `d` of a database or log, by the names that {@link positionOf} reads. */
export const POSITION_COLUMNS = `h.incarnation, d.change_seq as change, encode(d.token, 'hex') as token`;

/** The position of a row that has these columns. */
export function positionOf({ incarnation, change, token }: Row): Position {
  return { incarnation: String(incarnation).toUpperCase(), change: Number(change), token: String(token) };
}

/** True for the same place in the same history. */
export function isSamePosition(one: Position, other: Position): boolean {
  return (
    one.change === other.change &&
    one.token === other.token &&
    one.incarnation.toUpperCase() === other.incarnation.toUpperCase()
  );
}

/** Values of {@link checkedCondition}. */
export function checkedValues(checked: Position | undefined): readonly [number | null, string, string] {
  return checked === undefined ? [null, '', ''] : [checked.change, checked.token, checked.incarnation];
}

/** Whether the row `d` is where the values say, from this number on; always when they say nothing. */
export function checkedCondition(first: number): string {
  return `($${first}::bigint is null or (d.change_seq = $${first} and encode(d.token, 'hex') = $${first + 1}::text
    and upper(h.incarnation::text) = upper($${first + 2}::text)))`;
}

/**
 * Rows after a position: the first of them is the one of the position, which has to be as it was known, and each has the
 * next number. Throws WHORL_E_RESYNC.
 */
export function rowsAfter(rows: readonly Row[], after: Position, isFromStart: boolean): readonly Row[] {
  const wanted = isFromStart ? rows : rows.slice(1);
  const [known] = rows;
  if (!isFromStart && (known === undefined || !isSamePosition(positionOf(known), after))) {
    throw new BiometricError('WHORL_E_RESYNC', `change ${after.change} is not part of the history`);
  }
  for (const [i, { change }] of wanted.entries()) {
    if (Number(change) === after.change + 1 + i) continue;
    throw new BiometricError('WHORL_E_RESYNC', `change ${after.change + 1 + i} is missing in the history`);
  }
  return wanted;
}
