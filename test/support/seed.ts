/**
 * The seed of everything random in the tests. A change is judged by the same runs each time; `npm run test:nightly`
 * looks for new ones with WHORL_SEED=random, and says the seed, so that WHORL_SEED=<seed> repeats them.
 */

const DEFAULT_SEED = 20_261_121;

const wanted = process.env.WHORL_SEED;
/** 0 to 2^31 - 1. */
export const SEED = wanted === 'random' ? Math.floor(Math.random() * 2 ** 31) : Number(wanted ?? DEFAULT_SEED);
