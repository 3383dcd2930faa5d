/** True in `npm run -s test:readers`, which plays every recording and waits for as long as readers are waited for. */
export const isFull = process.env.WHORL_READERS_FULL === '1';
