/** The engine adapter: extraction, comparison, search and enrollment over a runner of tasks. Runs anywhere. */

import type { ControlOutcome, ControlRequest } from '../../adapters/control.ts';
import type {
  Candidate,
  EngineAdapter,
  EngineInfo,
  EnrollmentBuilder,
  ExtractionOutcome,
  Gallery,
  VerificationOutcome,
} from '../../adapters/engine-adapter.ts';
import { checkSample } from '../../adapters/engine-adapter-base.ts';
import { HASH_ALGORITHMS, hashTemplate } from '../../adapters/hash-template.ts';
import type { AdapterOptions } from '../../adapters/sensor-adapter.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import { WINBIO_TYPE_FINGERPRINT } from '../../core/constants.ts';
import type { SubFactor } from '../../core/identifiers.ts';
import { DEFAULT_FMR, DEFAULT_FPIR, thresholdForFmr, thresholdForSearch } from '../comparison/score.ts';
import { SEARCH } from '../parameters.ts';
import { PackedGallery } from '../search/packed-gallery.ts';
import { bestCandidates } from '../search/search-gallery.ts';
import { TEMPLATE_FORMAT } from '../template/template-codec.ts';
import { CancelWord } from './cancel-word.ts';
import type { EngineRunner } from './engine-runner.ts';
import { InlineRunner } from './engine-runner.ts';
import type { EngineTask, EngineTaskResult } from './engine-tasks.ts';
import { type CompareImpressions, FingerprintEnrollment, SAMPLE_HINT } from './fingerprint-enrollment.ts';
import { updateTemplate } from './template-update.ts';

/** Slots prepared by one task: some ten milliseconds, so that a cancel is not long in coming. */
const PREPARE_SLOTS = 32;

/** Choices of an engine. */
export interface FingerprintEngineOptions {
  /** Where tasks run; by default on the calling thread. */
  readonly runner?: EngineRunner;
  /** False match rate of a comparison. Default 1e-5. */
  readonly maxFmr?: number;
  /** Chance that a search finds anybody for a finger that is not enrolled. Default 1e-3. */
  readonly maxFpir?: number;
  /** Whether {@link FingerprintEngine.updateTemplate} ever changes a template. Default false. */
  readonly updateTemplates?: boolean;
}

/** Whorl's own fingerprint engine. Keeps no state of any unit. */
export class FingerprintEngine implements EngineAdapter {
  readonly info: EngineInfo = Object.freeze({
    factor: WINBIO_TYPE_FINGERPRINT,
    templateFormat: TEMPLATE_FORMAT,
    capabilities: 0,
    sampleHint: SAMPLE_HINT,
    hashAlgorithms: HASH_ALGORITHMS,
  });
  readonly #runner: EngineRunner;
  readonly #maxFmr: number;
  readonly #maxFpir: number;
  readonly #updateTemplates: boolean;
  readonly #preparing = new WeakMap<PackedGallery, Promise<void>>();
  #closed = false;

  /** Rejects a rate outside 0..1 with a TypeError. */
  constructor(options: FingerprintEngineOptions = {}) {
    this.#runner = options.runner ?? new InlineRunner();
    this.#maxFmr = options.maxFmr ?? DEFAULT_FMR;
    this.#maxFpir = options.maxFpir ?? DEFAULT_FPIR;
    this.#updateTemplates = options.updateTemplates ?? false;
    thresholdForSearch(1, this.#maxFmr, this.#maxFpir);
  }

  /** Also rejects with what the decoders of samples reject: WHORL_E_MALFORMED, _UNSUPPORTED_FORMAT, _LIMIT_EXCEEDED. */
  async extract(sample: Uint8Array, purpose: number, { signal }: AdapterOptions): Promise<ExtractionOutcome> {
    this.#checkOpen();
    checkSample(sample, purpose);
    return await this.#run(signal, (cancel) => ({ kind: 'extract', sample, cancel }));
  }

  async verify(
    features: Uint8Array,
    templates: readonly Uint8Array[],
    { signal }: AdapterOptions,
  ): Promise<VerificationOutcome> {
    const scores = await this.#run(signal, (cancel) => ({
      kind: 'compare' as const,
      probe: features,
      references: templates,
      cancel,
    }));
    const score = Math.max(0, ...scores);
    return { match: score >= thresholdForFmr(this.#maxFmr, templates.length), score };
  }

  createGallery(): PackedGallery {
    this.#checkOpen();
    return new PackedGallery();
  }

  async identify(features: Uint8Array, gallery: Gallery, { signal }: AdapterOptions): Promise<readonly Candidate[]> {
    if (!(gallery instanceof PackedGallery)) throw new TypeError('the gallery is not one of this engine');
    await this.#prepare(gallery, signal);
    const snapshot = gallery.snapshot();
    const shards = Math.max(1, Math.min(this.#runner.parallelism, snapshot.slots));
    const threshold = thresholdForSearch(snapshot.size, this.#maxFmr, this.#maxFpir);
    const limit = SEARCH.maxCandidates;
    const searches = Array.from({ length: shards }, (_, shard) => {
      const first = Math.floor((snapshot.slots * shard) / shards);
      const last = Math.floor((snapshot.slots * (shard + 1)) / shards);
      return this.#run(signal, (cancel) => ({
        kind: 'search' as const,
        probe: features,
        gallery: snapshot,
        first,
        last,
        threshold,
        limit,
        cancel,
      }));
    });
    return bestCandidates((await Promise.all(searches)).flat(), limit);
  }

  createEnrollment(_subFactor: SubFactor): EnrollmentBuilder {
    this.#checkOpen();
    return new FingerprintEnrollment(this.#compare);
  }

  /**
   * What to store in place of a template that features have just matched, so that it follows the finger; undefined when it is
   * to stay, and always unless the engine was made with `updateTemplates`. See template-update.ts for its bounds.
   * Rejects broken bytes with WHORL_E_MALFORMED.
   */
  async updateTemplate(
    template: Uint8Array,
    features: Uint8Array,
    { signal }: AdapterOptions,
  ): Promise<Uint8Array | undefined> {
    this.#checkOpen();
    return this.#updateTemplates ? await updateTemplate(this.#compare, template, features, signal) : undefined;
  }

  findDuplicates(template: Uint8Array, gallery: Gallery, options: AdapterOptions): Promise<readonly Candidate[]> {
    return this.identify(template, gallery, options);
  }

  hashTemplate(template: Uint8Array, algorithm: string): Promise<Uint8Array> {
    return hashTemplate(template, algorithm);
  }

  async control(request: ControlRequest, _options: AdapterOptions): Promise<ControlOutcome> {
    throw new BiometricError('E_INVALIDARG', `control code ${request.code} is unknown`);
  }

  async close(): Promise<void> {
    this.#closed = true;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  readonly #compare: CompareImpressions = (probe, references, signal) =>
    this.#run(signal, (cancel) => ({ kind: 'compare' as const, probe, references, cancel }));

  /** Prepares what was added before; searches that come meanwhile await the same slices, so no slot is prepared twice. */
  async #prepare(gallery: PackedGallery, signal: AbortSignal): Promise<void> {
    const { slots } = gallery.snapshot();
    while (gallery.published < slots) {
      this.#checkOpen();
      let slices = this.#preparing.get(gallery);
      if (slices === undefined) {
        slices = this.#prepareSlices(gallery).finally(() => this.#preparing.delete(gallery));
        this.#preparing.set(gallery, slices);
      }
      await untilAborted(signal, slices);
    }
  }

  /** Prepares the next slots, a slice a thread. Not canceled: others may await it, and it ends soon. */
  async #prepareSlices(gallery: PackedGallery): Promise<void> {
    const snapshot = gallery.snapshot();
    const start = gallery.published;
    const last = Math.min(snapshot.slots, start + PREPARE_SLOTS * this.#runner.parallelism);
    const { signal } = new AbortController();
    const slices: Promise<undefined>[] = [];
    for (let first = start; first < last; first += PREPARE_SLOTS) {
      const cancel = new SharedArrayBuffer(4);
      const end = Math.min(last, first + PREPARE_SLOTS);
      slices.push(
        this.#runner.run({ kind: 'prepare' as const, gallery: snapshot, first, last: end, cancel }, { signal }),
      );
    }
    const failed = (await Promise.allSettled(slices)).find((slice) => slice.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    gallery.publish(snapshot, last);
  }

  /** Runs a task that ends, for the caller, as soon as the signal aborts. */
  async #run<T extends EngineTask>(
    signal: AbortSignal,
    taskFor: (cancel: SharedArrayBuffer) => T,
  ): Promise<EngineTaskResult<T>> {
    this.#checkOpen();
    if (signal.aborted) throw new BiometricError('WINBIO_E_CANCELED', undefined, { cause: signal.reason });
    using word = new CancelWord(signal);
    return await untilAborted(signal, this.#runner.run(taskFor(word.buffer), { signal }));
  }

  #checkOpen(): void {
    if (this.#closed) throw new BiometricError('WINBIO_E_INVALID_DEVICE_STATE', 'engine is closed');
  }
}

/** The work's answer, or WINBIO_E_CANCELED as soon as the signal aborts. */
async function untilAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
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
