/** Decoding apart from the event loop: in a thread that a signal or a deadline ends, whatever the bytes are. */

import { BiometricError, deserializeError } from '../../core/biometric-error.ts';
import { builtinModule } from '../../core/builtin-module.ts';
import type { GreyImage } from '../../core/grey-image.ts';
import {
  callback,
  checkOptions,
  milliseconds,
  type OptionRule,
  type OptionTable,
  signal,
  wholeNumber,
} from '../../core/option-rules.ts';
import { workerEntry, workerOptions } from '../../core/worker-entry.ts';
import type { ChosenImageOptions } from '../image/image-limits.ts';
import type { DecodeAnswer, DecodeTask } from './decode-task.ts';

/** Options of {@link decodeImageInThread}. */
export interface DecodeImageInThreadOptions extends ChosenImageOptions {
  /** Ends the decoding. */
  readonly signal?: AbortSignal;
  /** Longest time, milliseconds; 60,000 when absent. */
  readonly deadlineMs?: number;
}

/** What is used of a thread of Node.js. */
interface Thread {
  once(event: 'message', listener: (answer: DecodeAnswer) => void): void;
  once(event: 'error', listener: (fault: unknown) => void): void;
  terminate(): Promise<unknown>;
}

/** What is used of `node:worker_threads`. */
interface Threads {
  readonly Worker: new (
    file: URL,
    options: { readonly workerData: DecodeTask; readonly execArgv?: string[] },
  ) => Thread;
}

const USUAL_DEADLINE_MS = 60_000;
const ppi: OptionRule = (value) => (typeof value === 'number' && value > 0 ? undefined : 'pixels per inch, above 0');
const OPTIONS: OptionTable<DecodeImageInThreadOptions> = {
  resolutionPpi: ppi,
  unstatedPpi: ppi,
  onAssumedResolution: callback,
  maxPixels: wholeNumber(1, Number.MAX_SAFE_INTEGER),
  image: wholeNumber(1, 0xffff),
  signal,
  deadlineMs: milliseconds,
};

/**
 * The image of a file as {@link decodeImage} reads it, in a thread of its own: for services that read what strangers
 * send, and large pictures. Needs Node.js. Rejects with the codes of {@link decodeImage}, WINBIO_E_CANCELED when the
 * signal aborts, WHORL_E_LIMIT_EXCEEDED after the deadline, WHORL_E_PLATFORM in browsers, and E_INVALIDARG for options
 * that are none.
 *
 * @example
 * const image = await decodeImageInThread(await readFile('upload.jpg'), { signal, deadlineMs: 5000 });
 */
export async function decodeImageInThread(
  bytes: Uint8Array,
  options: DecodeImageInThreadOptions = {},
): Promise<GreyImage> {
  checkOptions('decodeImageInThread(bytes, options)', options, OPTIONS);
  const { signal, deadlineMs = USUAL_DEADLINE_MS, onAssumedResolution, ...decoding } = options;
  if (signal?.aborted) throw canceled(signal);
  const task: DecodeTask = { bytes, options: decoding };
  const threads = builtinModule('node:worker_threads') as Threads | undefined;
  if (threads === undefined) throw new BiometricError('WHORL_E_PLATFORM', 'decodeImageInThread needs Node.js');
  const worker = new threads.Worker(workerEntry('decode-worker', import.meta.url), {
    workerData: task,
    ...workerOptions(),
  });
  const { promise, resolve, reject } = Promise.withResolvers<DecodeAnswer>();
  const deadline = AbortSignal.timeout(deadlineMs);
  const end = () => reject(canceled(signal));
  const late = () => reject(new BiometricError('WHORL_E_LIMIT_EXCEEDED', `decoding took longer than ${deadlineMs} ms`));
  try {
    worker.once('message', resolve);
    worker.once('error', reject);
    signal?.addEventListener('abort', end);
    deadline.addEventListener('abort', late);
    const answer = await promise;
    if ('error' in answer) throw deserializeError(answer.error);
    if (answer.assumed !== undefined) onAssumedResolution?.(answer.assumed);
    return answer.image;
  } finally {
    signal?.removeEventListener('abort', end);
    deadline.removeEventListener('abort', late);
    await worker.terminate();
  }
}

function canceled(signal: AbortSignal | undefined): BiometricError {
  return new BiometricError('WINBIO_E_CANCELED', undefined, { cause: signal?.reason });
}
