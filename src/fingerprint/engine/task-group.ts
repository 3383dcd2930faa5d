/** Tasks that one signal stops together. */

import { BiometricError } from '../../core/biometric-error.ts';
import { CancelWord } from './cancel-word.ts';
import type { EngineRunner } from './engine-runner.ts';
import type { EngineTask, EngineTaskResult } from './engine-tasks.ts';

/** Runs tasks with one cancel word. */
export class TaskGroup {
  readonly #runner: EngineRunner;
  readonly #signal: AbortSignal;
  readonly #works: Promise<unknown>[] = [];

  constructor(runner: EngineRunner, signal: AbortSignal) {
    this.#runner = runner;
    this.#signal = signal;
  }

  /** Answers of the tasks, in order. For the caller they end as soon as the signal aborts. */
  async run<T extends EngineTask>(
    tasksFor: (cancel: SharedArrayBuffer) => readonly T[],
  ): Promise<readonly EngineTaskResult<T>[]> {
    const signal = this.#signal;
    if (signal.aborted) throw new BiometricError('WINBIO_E_CANCELED', undefined, { cause: signal.reason });
    const word = new CancelWord(signal);
    try {
      const works = tasksFor(word.buffer).map((task) => this.#runner.run(task, { signal }));
      this.#works.push(...works);
      return await untilAborted(signal, Promise.all(works));
    } finally {
      word[Symbol.dispose]();
    }
  }

  /** Calls back when no task runs any more, even on threads that the caller no longer waits for. */
  whenEnded(ended: () => void): void {
    void Promise.allSettled(this.#works).then(ended);
  }
}

/** The work's answer, or WINBIO_E_CANCELED as soon as the signal aborts. */
export async function untilAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = (): void => reject(new BiometricError('WINBIO_E_CANCELED', undefined, { cause: signal.reason }));
  if (signal.aborted) onAbort();
  else signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([aborted, work]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
