/** The answer to a question of a page: asked anew when its inputs change, the last one shown meanwhile. */

import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { type FaultWords, faultWords } from '../words/fault-words.ts';

export interface Answer<T> {
  /** The last answer; undefined before the first. */
  readonly value: T | undefined;
  /** Why there is none to the last question. */
  readonly fault: FaultWords | undefined;
  readonly isLoading: boolean;
  /** Asks again. */
  readonly reload: () => void;
}

/** `ask` is given a signal that is aborted when nobody needs the answer any more. */
export function useAnswer<T>(ask: (signal: AbortSignal) => Promise<T>, inputs: readonly unknown[]): Answer<T> {
  const value = useSignal<{ readonly of: T } | undefined>(undefined);
  const fault = useSignal<FaultWords | undefined>(undefined);
  const isLoading = useSignal(true);
  const round = useSignal(0);
  const latest = useRef(ask);
  latest.current = ask;
  useEffect(() => {
    const given = new AbortController();
    isLoading.value = true;
    latest
      .current(given.signal)
      .then(
        (of) => {
          if (given.signal.aborted) return;
          value.value = { of };
          fault.value = undefined;
        },
        (thrown) => {
          if (!given.signal.aborted) fault.value = faultWords(thrown);
        },
      )
      .finally(() => {
        if (!given.signal.aborted) isLoading.value = false;
      });
    return () => given.abort();
  }, [...inputs, round.value]);
  return {
    value: value.value?.of,
    fault: fault.value,
    isLoading: isLoading.value,
    reload: () => {
      round.value += 1;
    },
  };
}
