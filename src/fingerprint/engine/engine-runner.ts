/** The port through which the engine computes: the owner of the engine decides on which threads. */

import { BiometricError } from '../../core/biometric-error.ts';
import type { EngineTask, EngineTaskResult } from './engine-tasks.ts';

/** Runs tasks, on worker threads or on the calling one. */
export interface EngineRunner {
  /** Tasks that can run at the same time; a search is split into as many. */
  readonly parallelism: number;

  /** True when tasks run on the calling thread, so that nothing should begin before it is needed. False when absent. */
  readonly blocking?: boolean;

  /**
   * Resolves to what `executeTask` answers on the thread it chose, or rejects with what it throws. May reject at once
   * with WINBIO_E_CANCELED when the signal aborts while the task waits; a running task sees its cancel word.
   */
  run<T extends EngineTask>(task: T, options: { readonly signal: AbortSignal }): Promise<EngineTaskResult<T>>;
}

/** Runs every task on the calling thread, at once. What computes is loaded with the first task. */
export class InlineRunner implements EngineRunner {
  /** One. */
  readonly parallelism = 1;
  /** Always true. */
  readonly blocking = true;

  /**
   * Blocks the thread while the task runs. Rejects with WINBIO_E_CANCELED when the signal has aborted, and with what the
   * task throws.
   *
   * @example
   * const cancel = new SharedArrayBuffer(4);
   * const outcome = await new InlineRunner().run({ kind: 'extract', sample, cancel }, { signal });
   */
  async run<T extends EngineTask>(task: T, { signal }: { readonly signal: AbortSignal }): Promise<EngineTaskResult<T>> {
    if (signal.aborted) throw new BiometricError('WINBIO_E_CANCELED', undefined, { cause: signal.reason });
    const { executeTask } = await import('./engine-tasks.ts');
    if (signal.aborted) throw new BiometricError('WINBIO_E_CANCELED', undefined, { cause: signal.reason });
    return executeTask(task);
  }
}
