/** Something a page does on request: one at a time, with its fault in words. */

import { useSignal } from '@preact/signals';
import { type FaultWords, faultWords } from '../words/fault-words.ts';

export interface Work {
  readonly isBusy: boolean;
  readonly fault: FaultWords | undefined;
  /** Does it; resolves with whether it succeeded. */
  readonly run: (work: () => Promise<unknown>) => Promise<boolean>;
  /** Forgets the fault. */
  readonly clear: () => void;
}

export function useWork(): Work {
  const isBusy = useSignal(false);
  const fault = useSignal<FaultWords | undefined>(undefined);
  const run = async (work: () => Promise<unknown>): Promise<boolean> => {
    if (isBusy.value) return false;
    isBusy.value = true;
    fault.value = undefined;
    try {
      await work();
      return true;
    } catch (thrown) {
      fault.value = faultWords(thrown);
      return false;
    } finally {
      isBusy.value = false;
    }
  };
  return { isBusy: isBusy.value, fault: fault.value, run, clear: () => (fault.value = undefined) };
}
