/** The engine adapter: extraction, comparison, search and enrollment over a runner of tasks. */

import type { ControlOutcome, ControlRequest } from '../../adapters/control.ts';
import type {
  Candidate,
  EngineAdapter,
  EngineInfo,
  EnrollmentBuilder,
  ExtractionOutcome,
  Gallery,
  SearchOptions,
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
import { locateImpressions, TEMPLATE_FORMAT } from '../template/template-codec.ts';
import type { CompareImpressions } from './compare-impressions.ts';
import type { EngineRunner } from './engine-runner.ts';
import { InlineRunner } from './engine-runner.ts';
import type { EngineTask, EngineTaskResult } from './engine-tasks.ts';
import { FingerprintEnrollment, SAMPLE_HINT } from './fingerprint-enrollment.ts';
import { GallerySearcher } from './gallery-searcher.ts';
import { TaskGroup } from './task-group.ts';
import { updateTemplate } from './template-update.ts';

/** Templates coded by one task: some milliseconds, so that others do not have to wait long. */
const CODED_AT_ONCE = 64;

/** How far a finger in a search may be turned against its reference. */
export type SearchRotation = 'upright' | 'any';

/** Options of a {@link FingerprintEngine}. */
export interface FingerprintEngineOptions {
  /** Where tasks run; on the calling thread when absent. */
  readonly runner?: EngineRunner;
  /** False match rate of a comparison, above 0 and at most 1; 1e-5 when absent. */
  readonly maxFmr?: number;
  /** Chance that a search finds a candidate for a finger that is not enrolled; 1e-3 when absent. */
  readonly maxFpir?: number;
  /**
   * Compares every reference in full instead of a shortlist; some thirty times slower, see docs/engine.md. False when
   * absent.
   */
  readonly exact?: boolean;
  /**
   * How far a finger in a search may be turned against its reference: `upright` by at most 60 degrees, `any` by any angle.
   * Whoever is found upright is found as fast either way; that somebody is unknown takes three times as long with `any`,
   * which it is when absent.
   */
  readonly rotation?: SearchRotation;
  /** Whether {@link FingerprintEngine.updateTemplate} may change templates; false when absent. */
  readonly updateTemplates?: boolean;
}

/** Whorl's own fingerprint engine. Keeps no state of any unit. */
export class FingerprintEngine implements EngineAdapter {
  /** What the engine says about itself. */
  readonly info: EngineInfo;
  readonly #runner: EngineRunner;
  readonly #maxFmr: number;
  readonly #maxFpir: number;
  readonly #exact: boolean;
  readonly #anyRotation: boolean;
  readonly #searcher: GallerySearcher;
  readonly #updateTemplates: boolean;
  #closed = false;

  /** Throws TypeError for a rate that is not above 0 and at most 1. */
  constructor(options: FingerprintEngineOptions = {}) {
    this.#runner = options.runner ?? new InlineRunner();
    this.#searcher = new GallerySearcher(this.#runner);
    this.#exact = options.exact ?? false;
    this.#anyRotation = (options.rotation ?? 'any') === 'any';
    this.info = Object.freeze({
      factor: WINBIO_TYPE_FINGERPRINT,
      templateFormat: TEMPLATE_FORMAT,
      capabilities: 0,
      sampleHint: SAMPLE_HINT,
      hashAlgorithms: HASH_ALGORITHMS,
      looks: this.#anyRotation && !this.#exact ? 2 : 1,
    });
    this.#maxFmr = options.maxFmr ?? DEFAULT_FMR;
    this.#maxFpir = options.maxFpir ?? DEFAULT_FPIR;
    this.#updateTemplates = options.updateTemplates ?? false;
    thresholdForSearch(1, this.#maxFmr, this.#maxFpir);
  }

  /**
   * Turns a sample (the bytes of a BIR) into features. Rejects with E_INVALIDARG for an empty sample or an illegal
   * purpose; WHORL_E_MALFORMED, WHORL_E_UNSUPPORTED_FORMAT, WHORL_E_LIMIT_EXCEEDED for one without a readable image;
   * WINBIO_E_CANCELED, WINBIO_E_INVALID_DEVICE_STATE (closed).
   *
   * @example
   * const outcome = await engine.extract(sample, WINBIO_PURPOSE_ENROLL, { signal });
   */
  async extract(sample: Uint8Array, purpose: number, { signal }: AdapterOptions): Promise<ExtractionOutcome> {
    this.#checkOpen();
    checkSample(sample, purpose);
    return await this.#run(signal, (cancel) => ({ kind: 'extract', sample, cancel }));
  }

  /**
   * Compares features with the templates of one identity and takes the best score. The threshold rises with their
   * number, so that `maxFmr` holds for all of them together. Rejects with WHORL_E_MALFORMED, WHORL_E_NEWER_FORMAT for
   * broken bytes; WINBIO_E_CANCELED, WINBIO_E_INVALID_DEVICE_STATE (closed).
   *
   * @example
   * const { match, score } = await engine.verify(features, [template], { signal });
   */
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

  /**
   * A picture of a sample, also of one that extraction rejects. Rejects as {@link extract} does for samples and as
   * {@link verify} does for templates.
   *
   * @example
   * const picture = await engine.describe(sample, undefined, { signal });
   */
  async describe(
    sample: Uint8Array,
    template: Uint8Array | undefined,
    { signal }: AdapterOptions,
  ): Promise<SamplePicture> {
    return await this.#run(signal, (cancel) => ({ kind: 'describe', sample, ...(template && { template }), cancel }));
  }

  /**
   * An empty gallery, owned by the caller. Throws WINBIO_E_INVALID_DEVICE_STATE once closed.
   *
   * @example
   * using gallery = engine.createGallery();
   * gallery.add(1, template);
   */
  createGallery(): PackedGallery {
    this.#checkOpen();
    return new PackedGallery((gallery) => this.#searcher.prepareSoon(gallery));
  }

  /**
   * References that match, best first. Rejects with WHORL_E_MALFORMED, WHORL_E_NEWER_FORMAT for broken features;
   * WINBIO_E_CANCELED, WINBIO_E_INVALID_DEVICE_STATE (closed); TypeError for a gallery of another engine.
   *
   * @example
   * const [best] = await engine.identify(features, gallery, { signal });
   */
  async identify(features: Uint8Array, gallery: Gallery, options: SearchOptions): Promise<readonly Candidate[]> {
    if (!(gallery instanceof PackedGallery)) throw new TypeError('the gallery is not one of this engine');
    this.#checkOpen();
    return await this.#searcher.search(gallery, {
      probe: features,
      threshold: (size) => thresholdForSearch(Math.max(size, options.size ?? 0), this.#maxFmr, this.#maxFpir),
      exact: this.#exact,
      anyRotation: this.#anyRotation,
      look: options.look,
      size: options.size,
      signal: options.signal,
    });
  }

  /**
   * Begins a template. Throws WINBIO_E_INVALID_DEVICE_STATE once closed.
   *
   * @example
   * using enrollment = engine.createEnrollment(WINBIO_ANSI_381_POS_RH_THUMB);
   * while ((await enrollment.add(nextFeatures(), { signal })).kind !== 'complete');
   */
  createEnrollment(_subFactor: SubFactor): EnrollmentBuilder {
    this.#checkOpen();
    return new FingerprintEnrollment({
      compare: this.#compare,
      cover: (views, signal) => this.#run(signal, (cancel) => ({ kind: 'cover' as const, views, cancel })),
    });
  }

  /**
   * What to store in place of a template that features have just matched, so that it follows the finger; undefined when
   * it should stay, which is always so unless the engine was made with `updateTemplates`. See template-update.ts for
   * its bounds. Rejects with WHORL_E_MALFORMED, WHORL_E_NEWER_FORMAT for broken bytes; WINBIO_E_CANCELED,
   * WINBIO_E_INVALID_DEVICE_STATE (closed).
   *
   * @example
   * const learned = await engine.updateTemplate(template, features, { signal });
   */
  async updateTemplate(
    template: Uint8Array,
    features: Uint8Array,
    { signal }: AdapterOptions,
  ): Promise<Uint8Array | undefined> {
    this.#checkOpen();
    return this.#updateTemplates ? await updateTemplate(this.#compare, template, features, signal) : undefined;
  }

  /**
   * Reads every field of a template. Throws WHORL_E_MALFORMED, WHORL_E_NEWER_FORMAT for one that cannot be used.
   *
   * @example
   * engine.checkTemplate(template);
   */
  checkTemplate(template: Uint8Array): void {
    locateImpressions(template);
  }

  /**
   * Search codes of templates, in their order, to be kept beside them and handed to galleries. Rejects with
   * WHORL_E_MALFORMED, WHORL_E_NEWER_FORMAT for broken templates; WINBIO_E_CANCELED, WINBIO_E_INVALID_DEVICE_STATE
   * (closed).
   *
   * @example
   * const [codes] = await engine.searchCodes([template], { signal });
   * gallery.add(1, template, codes);
   */
  async searchCodes(templates: readonly Uint8Array[], { signal }: AdapterOptions): Promise<readonly Uint8Array[]> {
    this.#checkOpen();
    const tasks = new TaskGroup(this.#runner, signal);
    const shares = Array.from({ length: Math.ceil(templates.length / CODED_AT_ONCE) }, (_, i) =>
      templates.slice(CODED_AT_ONCE * i, CODED_AT_ONCE * (i + 1)),
    );
    return (
      await tasks.run((cancel) => shares.map((share) => ({ kind: 'code' as const, templates: share, cancel })))
    ).flat();
  }

  /**
   * References that hold the same finger as a finished template, best first. Rejects as {@link identify} does.
   *
   * @example
   * const [twin] = await engine.findDuplicates(template, gallery, { signal });
   */
  findDuplicates(template: Uint8Array, gallery: Gallery, options: SearchOptions): Promise<readonly Candidate[]> {
    return this.identify(template, gallery, options);
  }

  /**
   * Digest of a template's bytes. Rejects with E_INVALIDARG for an OID that is not in {@link HASH_ALGORITHMS}.
   *
   * @example
   * const sha256 = await engine.hashTemplate(template, '2.16.840.1.101.3.4.2.1');
   */
  hashTemplate(template: Uint8Array, algorithm: string): Promise<Uint8Array> {
    return hashTemplate(template, algorithm);
  }

  /**
   * The engine knows no vendor commands. Rejects with E_INVALIDARG.
   *
   * @example
   * await engine.control({ code: 1, sendBuffer: new Uint8Array(), receiveBufferSize: 0, privileged: false }, { signal });
   */
  async control(request: ControlRequest, _options: AdapterOptions): Promise<ControlOutcome> {
    throw new BiometricError('E_INVALIDARG', `control code ${request.code} is unknown`);
  }

  /**
   * Closes the engine; idempotent. Never fails.
   *
   * @example
   * await engine.close();
   */
  async close(): Promise<void> {
    this.#closed = true;
    this.#searcher.close();
  }

  /**
   * Mirrors {@link close}.
   *
   * @example
   * await using engine = new FingerprintEngine({ maxFmr: 1e-6 });
   */
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
