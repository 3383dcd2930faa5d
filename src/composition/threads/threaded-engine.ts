/** The engine for servers: what extraction, comparison and search compute, threads of its own compute. */

import { BiometricError } from '../../core/biometric-error.ts';
import type { GreyImage } from '../../core/grey-image.ts';
import { CancelWord } from '../../fingerprint/engine/cancel-word.ts';
import { untilAborted } from '../../fingerprint/engine/task-group.ts';
import {
  DEFAULT_FMR,
  type ExtractResult,
  FingerprintEngine,
  type IdentifyOptions,
  type PackedGallery,
  thresholdForFmr,
  type VerifyOptions,
  type VerifyResult,
} from '../../fingerprint/index.ts';
import type { DecodeImageOptions } from '../../formats/index.ts';
import { EngineThreads } from './engine-threads.ts';

/** What ends a call of a {@link ThreadedEngine}. */
export interface ThreadedCallOptions {
  /** Aborting it ends the call with WINBIO_E_CANCELED at once, and the work soon after. Default: none. */
  readonly signal?: AbortSignal;
}

/** Options of {@link ThreadedEngine.extract}: those of a file are for files alone. */
export interface ThreadedExtractOptions extends ThreadedCallOptions, DecodeImageOptions {}

type Candidates = Awaited<ReturnType<FingerprintEngine['identify']>>;

/** An engine on threads of its own. The event loop hands over and takes back; close it when it is no longer needed. */
export class ThreadedEngine implements AsyncDisposable {
  readonly #threads: EngineThreads;
  readonly #closed = new AbortController();
  #closing: Promise<void> | undefined;

  /** As `createEngine` makes it; undefined for the default number of threads. */
  constructor(threads: number | undefined) {
    this.#threads = new EngineThreads(threads);
  }

  /** Most threads that compute at once. */
  get threads(): number {
    return this.#threads.parallelism;
  }

  /** Calls that wait for a thread. */
  get waiting(): number {
    return this.#threads.waiting;
  }

  /**
   * Features of an image, or of a file of any format with one, read on the thread too. An image without a usable finger
   * is an answer (`rejected`). Rejects with E_INVALIDARG, WHORL_E_MALFORMED, WHORL_E_UNSUPPORTED_FORMAT,
   * WHORL_E_LIMIT_EXCEEDED for other bytes; WINBIO_E_CANCELED, WINBIO_E_DEVICE_BUSY (10,000 calls wait),
   * WINBIO_E_INVALID_DEVICE_STATE (closed).
   *
   * @example
   * ```ts
   * const result = await engine.extract(upload, { signal, unstatedPpi: 500 });
   * ```
   */
  async extract(image: GreyImage | Uint8Array, options: ThreadedExtractOptions = {}): Promise<ExtractResult> {
    const { signal, ...reading } = options;
    return await this.#cancelable(signal, (cancel, until) =>
      this.#threads.extract({ kind: 'extract-image', image, reading, cancel }, { signal: until }),
    );
  }

  /**
   * Whether features match a reference template. Rejects with WHORL_E_MALFORMED, WHORL_E_NEWER_FORMAT for broken bytes,
   * TypeError for a rate out of range; WINBIO_E_CANCELED, WINBIO_E_DEVICE_BUSY, WINBIO_E_INVALID_DEVICE_STATE (closed).
   *
   * @example
   * ```ts
   * const { match, score } = await engine.verify(features, template, { maxFmr: 1e-6 });
   * ```
   */
  async verify(
    probe: Uint8Array,
    reference: Uint8Array,
    options: VerifyOptions & ThreadedCallOptions = {},
  ): Promise<VerifyResult> {
    const threshold = thresholdForFmr(options.maxFmr ?? DEFAULT_FMR);
    const [comparison] = await this.#cancelable(options.signal, (cancel, signal) =>
      this.#threads.run({ kind: 'compare', probe, references: [reference], cancel }, { signal }),
    );
    const score = comparison?.score ?? 0;
    return { match: score >= threshold, score };
  }

  /**
   * References of the gallery that match the features, best first; the threads share the gallery, and what was added
   * since the last search is prepared on them too. Rejects with WHORL_E_MALFORMED, WHORL_E_NEWER_FORMAT for broken
   * features, TypeError for rates out of range; WINBIO_E_CANCELED, WINBIO_E_DEVICE_BUSY, WINBIO_E_INVALID_DEVICE_STATE
   * (closed).
   *
   * @example
   * ```ts
   * using gallery = new PackedGallery();
   * gallery.add(1, template);
   * const [best] = await engine.identify(features, gallery, { signal });
   * ```
   */
  async identify(features: Uint8Array, gallery: PackedGallery, options: IdentifyOptions = {}): Promise<Candidates> {
    const { signal, ...rates } = options;
    await using engine = new FingerprintEngine({ ...rates, runner: this.#threads });
    return await engine.identify(features, gallery, { signal: this.#signal(signal) });
  }

  /**
   * Ends the threads; calls under way end with WINBIO_E_CANCELED. Idempotent, never fails.
   *
   * @example
   * ```ts
   * await engine.close();
   * ```
   */
  close(): Promise<void> {
    this.#closed.abort();
    this.#closing ??= this.#threads[Symbol.asyncDispose]();
    return this.#closing;
  }

  /** As {@link close}. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #cancelable<T>(
    given: AbortSignal | undefined,
    run: (cancel: SharedArrayBuffer, signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const signal = this.#signal(given);
    using word = new CancelWord(signal);
    return await untilAborted(signal, run(word.buffer, signal));
  }

  /** Aborts with the caller's signal, and when the engine is closed. */
  #signal(given: AbortSignal | undefined): AbortSignal {
    const { signal: closed } = this.#closed;
    if (closed.aborted) throw new BiometricError('WINBIO_E_INVALID_DEVICE_STATE', 'the engine is closed');
    return given === undefined ? closed : AbortSignal.any([given, closed]);
  }
}
