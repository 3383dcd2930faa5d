/** The bounded pool of threads that compute, so that the service's own thread never does. */

import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import { deserializeError } from '../../core/biometric-error.ts';
import type { GreyImage } from '../../core/grey-image.ts';
import { workerEntry, workerOptions } from '../../core/worker-entry.ts';
import type { EngineRunner, EngineTask, EngineTaskResult, ExtractResult } from '../../fingerprint/index.ts';
import type { EngineLoad } from './engine-load.ts';
import type { WorkerAnswer, WorkerTask } from './engine-worker.ts';
import type { ExtractImageTask } from './extract-image-task.ts';
import type { ReadPrint, ReadPrintsTask } from './read-print-task.ts';
import type { SynthesisTask } from './synthesis-task.ts';
import { ThreadTurns } from './thread-turns.ts';

/** Threads unless configured otherwise: one for each processor, at most so many. */
const MAX_DEFAULT_THREADS = 4;
/** Tasks that may wait; more are refused with WINBIO_E_DEVICE_BUSY. */
const QUEUE_LIMIT = 10_000;

export class EngineThreads implements EngineRunner, EngineLoad, AsyncDisposable {
  readonly parallelism: number;
  readonly #pool: Piscina<WorkerTask, WorkerAnswer>;
  readonly #turns: ThreadTurns;

  /** Starts one thread; more come with work, up to `threads`. */
  constructor(threads = Math.min(MAX_DEFAULT_THREADS, availableParallelism())) {
    this.parallelism = threads;
    this.#turns = new ThreadTurns(threads, QUEUE_LIMIT);
    this.#pool = new Piscina<WorkerTask, WorkerAnswer>({
      filename: workerEntry('engine-worker', import.meta.url).href,
      ...workerOptions(),
      minThreads: 1,
      maxThreads: threads,
      idleTimeout: 30_000,
      // A blocked thread could not be ended, and an idle one would poll.
      atomics: 'disabled',
      resourceLimits: { maxYoungGenerationSizeMb: 8 },
    });
  }

  /** Tasks that wait for a thread. */
  get waiting(): number {
    return this.#turns.waiting;
  }

  /** What all threads have spent on tasks since the service began, milliseconds. */
  get busyMs(): number {
    const { completed, histogram } = this.#pool;
    return completed === 0 ? 0 : completed * histogram.runTime.mean;
  }

  /** Share of the threads' time that was spent on tasks, 0 to 1, since the service began. */
  get utilization(): number {
    return this.busyMs / (this.#pool.duration * this.parallelism);
  }

  /** Rejects with WINBIO_E_CANCELED as soon as the signal aborts while the task waits; one that runs sees its word. */
  async run<T extends EngineTask>(task: T, { signal }: { readonly signal: AbortSignal }): Promise<EngineTaskResult<T>> {
    return (await this.#run(task, signal)) as EngineTaskResult<T>;
  }

  /** Features of an image. */
  async extract(task: ExtractImageTask, { signal }: { readonly signal: AbortSignal }): Promise<ExtractResult> {
    return (await this.#run(task, signal)) as ExtractResult;
  }

  /** Templates of prints that other products made. */
  async readPrints(task: ReadPrintsTask): Promise<readonly ReadPrint[]> {
    return (await this.#run(task)) as readonly ReadPrint[];
  }

  /** The PNG of an image. */
  async encodePng(image: GreyImage): Promise<Uint8Array> {
    return (await this.#run({ kind: 'encode-png', image })) as Uint8Array;
  }

  /** An impression of a synthetic finger. */
  async synthesize(task: SynthesisTask): Promise<GreyImage> {
    return (await this.#run(task)) as GreyImage;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#pool.destroy();
  }

  async #run(task: WorkerTask, signal?: AbortSignal): Promise<unknown> {
    // The signal is not handed to the pool: it would end the thread that has begun.
    const answer = await this.#turns.run(() => this.#pool.run(task), signal);
    if ('error' in answer) throw deserializeError(answer.error);
    return answer.result;
  }
}
