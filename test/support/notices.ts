/** Collects the notices of an asynchronous handle. */

import type { WINBIO_ASYNC_RESULT } from '../../src/exports/whorl/winbio.ts';

export interface Notices {
  readonly callback: (result: WINBIO_ASYNC_RESULT) => void;
  readonly results: readonly WINBIO_ASYNC_RESULT[];
  /** The n-th notice; waits for it if necessary. */
  at(index: number): Promise<WINBIO_ASYNC_RESULT>;
}

export function notices(): Notices {
  const results: WINBIO_ASYNC_RESULT[] = [];
  let wake = Promise.withResolvers<void>();
  return {
    results,
    callback: (result) => {
      results.push(result);
      wake.resolve();
      wake = Promise.withResolvers<void>();
    },
    async at(index) {
      while (results[index] === undefined) await wake.promise;
      return results[index];
    },
  };
}
