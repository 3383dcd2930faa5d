/** A synthetic person: ten fingers of one seed. */

import { Random } from './random.ts';

/**
 * Seed of one finger of a person, for {@link synthesizeFinger}. `position` is an ANSI 381 finger position, 1 (right
 * thumb) to 10 (left little finger). Throws TypeError for other positions.
 *
 * @example
 * const thumb = synthesizeFinger(fingerSeed(42, 1));
 */
export function fingerSeed(personSeed: number, position: number): number {
  if (!Number.isInteger(position) || position < 1 || position > 10) throw new TypeError('a finger position is 1 to 10');
  const random = new Random(personSeed, 3, position);
  return Math.floor(random.uniform() * 2 ** 21) * 2 ** 32 + Math.floor(random.uniform() * 2 ** 32);
}
