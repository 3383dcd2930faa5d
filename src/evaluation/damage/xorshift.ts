/** The random numbers of the damage: those of the study whose figures are to be repeated (Marsaglia 2003, 13-17-5). */

/** Uniform numbers from 0 to 1; the first are dropped, since near seeds begin alike. */
export function xorshift(seed: number): () => number {
  let state = seed >>> 0 || 1;
  const next = (): number => {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 2 ** 32;
  };
  for (let i = 0; i < DROPPED; i++) next();
  return next;
}

const DROPPED = 20;
