/**
 * The seed of everything random in the tests. Ordinary runs use the same seed, so that a failure comes from the change;
 * `npm run test:nightly` draws a new one with WHORL_SEED=random and prints it, so that WHORL_SEED=<seed> repeats the
 * run.
 */

const DEFAULT_SEED = 20_261_121;

const wanted = process.env.WHORL_SEED;
/** 0 to 2^31 - 1. */
export const SEED = wanted === 'random' ? Math.floor(Math.random() * 2 ** 31) : Number(wanted ?? DEFAULT_SEED);
