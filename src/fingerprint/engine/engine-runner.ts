/** The port through which the engine computes: the owner of the engine decides on which threads. */

import { BiometricError } from '../../core/biometric-error.ts';
import type { EngineTask, EngineTaskResult } from './engine-tasks.ts';
import { executeTask } from './engine-tasks.ts';

/** Runs tasks, on worker threads or here. */
export interface EngineRunner {
  /** Tasks that can run at the same time; searches are split into as many. */
  readonly parallelism: number;

  /** Tasks run on the thread that asks, so that nothing is begun before it is needed. */
  readonly blocking?: boolean;

  /**
   * Answers what `executeTask` answers on the thread it chose, or rejects with what it throws. May reject at once with
   * WINBIO_E_CANCELED when the signal aborts while the task still waits; one that runs sees its cancel word.
   */
  run<T extends EngineTask>(task: T, options: { readonly signal: AbortSignal }): Promise<EngineTaskResult<T>>;
}

/** Runs every task on the calling thread, at once. */
export class InlineRunner implements EngineRunner {
  readonly parallelism = 1;
  readonly blocking = true;

  async run<T extends EngineTask>(task: T, { signal }: { readonly signal: AbortSignal }): Promise<EngineTaskResult<T>> {
    if (signal.aborted) throw new BiometricError('WINBIO_E_CANCELED', undefined, { cause: signal.reason });
    return executeTask(task);
  }
}
