/** Synthetic people that virtual readers touch for those in the directory. */

/** People beyond this number are not told apart more than those before it. */
const MOST = 9000;

/** The number of the synthetic person for an identity: the same each time. */
export function syntheticPerson(key: string): number {
  let hash = 7;
  for (const character of key) hash = (Math.imul(hash, 31) + (character.codePointAt(0) ?? 0)) >>> 0;
  return (hash % MOST) + 1;
}
