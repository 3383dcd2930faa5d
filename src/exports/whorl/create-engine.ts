/** An engine on threads of its own. */

import type { ThreadedEngine } from '../../composition/threads/threaded-engine.ts';
import { checkOptions, type OptionTable, wholeNumber } from '../../core/option-rules.ts';

/** Options of {@link createEngine}. */
export interface CreateEngineOptions {
  /** Most threads, 1 to 64. Default: one for each processor, at most 4. */
  readonly threads?: number;
}

const CREATE_OPTIONS: OptionTable<CreateEngineOptions> = { threads: wholeNumber(1, 64) };

/**
 * An engine for servers: `extract`, `verify` and `identify` as promises that threads keep, so that the event loop goes on
 * with other requests. The functions of the same names block the thread that calls them. Rejects with E_INVALIDARG for
 * options that are none, and WHORL_E_CONFIGURATION when a bundler has left the code of the threads behind.
 *
 * @example
 * ```ts
 * await using engine = await createEngine({ threads: 2 });
 * const result = await engine.extract(upload, { signal });
 * ```
 */
export async function createEngine(options: CreateEngineOptions = {}): Promise<ThreadedEngine> {
  checkOptions('createEngine', options, CREATE_OPTIONS);
  // Threads and their pool are loaded by programs that ask for them.
  const { ThreadedEngine } = await import('../../composition/threads/threaded-engine.ts');
  return new ThreadedEngine(options.threads);
}
