/** The engine adapter: extraction, comparison, search and enrollment over a runner of tasks. */

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
import type { SamplePicture } from '../../core/sample-picture.ts';
import { DEFAULT_FMR, DEFAULT_FPIR, thresholdForFmr, thresholdForSearch } from '../comparison/score.ts';
import { PackedGallery } from '../search/packed-gallery.ts';
import { TEMPLATE_FORMAT } from '../template/template-codec.ts';
import type { CompareImpressions } from './compare-impressions.ts';
import type { EngineRunner } from './engine-runner.ts';
import { InlineRunner } from './engine-runner.ts';
import type { EngineTask, EngineTaskResult } from './engine-tasks.ts';
import { FingerprintEnrollment, SAMPLE_HINT } from './fingerprint-enrollment.ts';
import { GallerySearcher } from './gallery-searcher.ts';
import { TaskGroup } from './task-group.ts';
import { updateTemplate } from './template-update.ts';

/** Choices of an engine. */
export interface FingerprintEngineOptions {
  /** Where tasks run; by default on the calling thread. */
  readonly runner?: EngineRunner;
  /** False match rate of a comparison. Default 1e-5. */
  readonly maxFmr?: number;
  /** Chance that a search finds anybody for a finger that is not enrolled. Default 1e-3. */
  readonly maxFpir?: number;
  /** Searches compare every reference in full; slower by some thirty times, see docs/engine.md. Default false. */
  readonly exact?: boolean;
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
  readonly #exact: boolean;
  readonly #searcher: GallerySearcher;
  readonly #updateTemplates: boolean;
  #closed = false;

  /** Rejects a rate outside 0..1 with a TypeError. */
  constructor(options: FingerprintEngineOptions = {}) {
    this.#runner = options.runner ?? new InlineRunner();
    this.#searcher = new GallerySearcher(this.#runner);
    this.#exact = options.exact ?? false;
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
    const comparisons = await this.#run(signal, (cancel) => ({
      kind: 'compare' as const,
      probe: features,
      references: templates,
      cancel,
    }));
    const score = Math.max(0, ...comparisons.map((comparison) => comparison.score));
    const threshold = thresholdForFmr(this.#maxFmr, templates.length);
    return { match: score >= threshold, score, threshold };
  }

  /** Of a sample that extraction rejects as well. Also rejects a template that is none with WHORL_E_MALFORMED. */
  async describe(
    sample: Uint8Array,
    template: Uint8Array | undefined,
    { signal }: AdapterOptions,
  ): Promise<SamplePicture> {
    return await this.#run(signal, (cancel) => ({ kind: 'describe', sample, ...(template && { template }), cancel }));
  }

  createGallery(): PackedGallery {
    this.#checkOpen();
    return new PackedGallery((gallery) => this.#searcher.prepareSoon(gallery));
  }

  async identify(features: Uint8Array, gallery: Gallery, { signal }: AdapterOptions): Promise<readonly Candidate[]> {
    if (!(gallery instanceof PackedGallery)) throw new TypeError('the gallery is not one of this engine');
    this.#checkOpen();
    return await this.#searcher.search(gallery, {
      probe: features,
      threshold: (size) => thresholdForSearch(size, this.#maxFmr, this.#maxFpir),
      exact: this.#exact,
      signal,
    });
  }

  createEnrollment(_subFactor: SubFactor): EnrollmentBuilder {
    this.#checkOpen();
    return new FingerprintEnrollment({
      compare: this.#compare,
      cover: (views, signal) => this.#run(signal, (cancel) => ({ kind: 'cover' as const, views, cancel })),
    });
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
    this.#searcher.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  readonly #compare: CompareImpressions = (probe, references, signal) =>
    this.#run(signal, (cancel) => ({ kind: 'compare' as const, probe, references, cancel }));

  /** Runs a task that ends, for the caller, as soon as the signal aborts. */
  async #run<T extends EngineTask>(
    signal: AbortSignal,
    taskFor: (cancel: SharedArrayBuffer) => T,
  ): Promise<EngineTaskResult<T>> {
    this.#checkOpen();
    const tasks = new TaskGroup(this.#runner, signal);
    const [result] = await tasks.run((cancel) => [taskFor(cancel)]);
    return result!;
  }

  #checkOpen(): void {
    if (this.#closed) throw new BiometricError('WINBIO_E_INVALID_DEVICE_STATE', 'engine is closed');
  }
}
