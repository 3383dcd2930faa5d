/** An engine for tests that are not about images. */

import type { ControlOutcome, ControlRequest } from '../../adapters/control.ts';
import type {
  Candidate,
  EngineInfo,
  EnrollmentBuilder,
  EnrollmentProgress,
  ExtractionOutcome,
  Gallery,
  VerificationOutcome,
} from '../../adapters/engine-adapter.ts';
import { EngineAdapterBase } from '../../adapters/engine-adapter-base.ts';
import { HASH_ALGORITHMS, hashTemplate } from '../../adapters/hash-template.ts';
import type { AdapterOptions } from '../../adapters/sensor-adapter.ts';
import { throwIfAborted } from '../../adapters/sensor-adapter-base.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import { WINBIO_FP_POOR_QUALITY, WINBIO_TYPE_FINGERPRINT } from '../../core/constants.ts';
import type { BiometricFactor, RecordId, SubFactor } from '../../core/identifiers.ts';
import { decodeFingerprintSample } from '../../formats/bir/fingerprint-sample.ts';
import { scriptedFingerOf } from './scripted-fingers.ts';

/** Template format of the scripted engine. */
export const SCRIPTED_TEMPLATE_FORMAT = '5C21A7D0-3E94-4B6F-8F12-7A60D9C3E415';

/** Options of a {@link ScriptedEngine}. */
export interface ScriptedEngineOptions {
  /** Good samples an enrollment needs. Default: 3. */
  readonly samples?: number;
  /** Samples it says an enrollment needs at most; 0 says nothing. Default: `samples`. */
  readonly sampleHint?: number;
  /** What it reads, one `WINBIO_TYPE_*` bit. Default: fingerprints. */
  readonly factor?: BiometricFactor;
  /** Searches by index vectors, so that the database narrows each search. Default: false. */
  readonly indexed?: boolean;
}

const SCORE_OF_A_MATCH = 9;
const BUCKETS = 100;
const FEATURE_BYTES = 2;

/** Reads pictures of {@link scriptedFinger}: exact and instant, unless a test holds it back. */
export class ScriptedEngine extends EngineAdapterBase {
  /** Its description; `capabilities` is 0, and it has every digest of Whorl. */
  readonly info: EngineInfo;
  /** Present when the engine is `indexed`. The bucket of a finger is its number modulo 100, plus one. Never fails. */
  readonly indexVector?: (featuresOrTemplate: Uint8Array) => readonly number[];
  readonly #samples: number;
  #gate: PromiseWithResolvers<void> | undefined;

  /** @param options See {@link ScriptedEngineOptions}; the defaults are those of fingerprints. */
  constructor(options: ScriptedEngineOptions = {}) {
    super();
    this.#samples = options.samples ?? 3;
    const indexed = options.indexed === true;
    if (indexed) this.indexVector = ([high = 0, low = 0]) => [(((high << 8) | low) % BUCKETS) + 1];
    this.info = {
      factor: options.factor ?? WINBIO_TYPE_FINGERPRINT,
      templateFormat: SCRIPTED_TEMPLATE_FORMAT,
      capabilities: 0,
      sampleHint: options.sampleHint ?? this.#samples,
      hashAlgorithms: HASH_ALGORITHMS,
      ...(indexed && { indexLength: 1 }),
    };
  }

  /**
   * Makes extractions and comparisons that begin from now on wait until {@link release}. Never fails.
   *
   * @example
   * host.engine.hold();
   */
  hold(): void {
    this.#gate ??= Promise.withResolvers<void>();
  }

  /**
   * Lets the work that {@link hold} made wait go on. Never fails.
   *
   * @example
   * host.engine.release();
   */
  release(): void {
    this.#gate?.resolve();
    this.#gate = undefined;
  }

  /**
   * Digest of a template. Rejects with E_INVALIDARG for an `algorithm` (an object identifier) that `info` does not list.
   *
   * @example
   * const digest = await new ScriptedEngine().hashTemplate(template, '2.16.840.1.101.3.4.2.1'); // SHA-256
   */
  hashTemplate(template: Uint8Array, algorithm: string): Promise<Uint8Array> {
    return hashTemplate(template, algorithm);
  }

  protected override async _extract(
    sample: Uint8Array,
    _purpose: number,
    options: AdapterOptions,
  ): Promise<ExtractionOutcome> {
    await this.#work(options);
    const finger = scriptedFingerOf(decodeFingerprintSample(sample));
    if (finger === undefined) return { kind: 'rejected', detail: WINBIO_FP_POOR_QUALITY };
    return { kind: 'features', features: Uint8Array.of(finger >>> 8, finger & 0xff) };
  }

  protected override async _verify(
    features: Uint8Array,
    templates: readonly Uint8Array[],
    options: AdapterOptions,
  ): Promise<VerificationOutcome> {
    await this.#work(options);
    const match = templates.some((template) => sameFinger(template, features));
    return { match, score: match ? SCORE_OF_A_MATCH : 0 };
  }

  protected override _createGallery(): Gallery {
    return new ScriptedGallery();
  }

  protected override async _identify(
    features: Uint8Array,
    gallery: Gallery,
    options: AdapterOptions,
  ): Promise<readonly Candidate[]> {
    await this.#work(options);
    return gallery instanceof ScriptedGallery ? gallery.find(features) : [];
  }

  protected override _createEnrollment(_subFactor: SubFactor): EnrollmentBuilder {
    return new ScriptedEnrollment(this.#samples);
  }

  /** Echoes what was sent when the code is 1. */
  protected override async _control(request: ControlRequest, _options: AdapterOptions): Promise<ControlOutcome> {
    if (request.code !== 1) throw new BiometricError('E_INVALIDARG', `control code ${request.code} is unknown`);
    return { operationStatus: request.privileged ? 2 : 1, received: request.sendBuffer };
  }

  protected override async _close(): Promise<void> {
    this.release();
  }

  async #work({ signal }: AdapterOptions): Promise<void> {
    await this.#gate?.promise;
    throwIfAborted(signal);
  }
}

class ScriptedGallery implements Gallery {
  readonly #templates = new Map<RecordId, Uint8Array>();

  get size(): number {
    return this.#templates.size;
  }

  add(recordId: RecordId, template: Uint8Array): void {
    this.#templates.set(recordId, template);
  }

  remove(recordId: RecordId): void {
    this.#templates.delete(recordId);
  }

  find(features: Uint8Array): readonly Candidate[] {
    return [...this.#templates]
      .filter(([, template]) => sameFinger(template, features))
      .map(([recordId]) => ({ recordId, score: SCORE_OF_A_MATCH }));
  }

  [Symbol.dispose](): void {
    this.#templates.clear();
  }
}

class ScriptedEnrollment implements EnrollmentBuilder {
  readonly #needed: number;
  #template: Uint8Array | undefined;
  #added = 0;
  #ended = false;
  /** Tracking id of the selected person, for engines that need one. */
  selected: bigint | undefined;
  progress: EnrollmentProgress = { kind: 'more-data', detail: 0, percentComplete: 0 };

  constructor(needed: number) {
    this.#needed = needed;
  }

  async add(features: Uint8Array, { signal }: AdapterOptions): Promise<EnrollmentProgress> {
    throwIfAborted(signal);
    if (this.#ended) throw new BiometricError('WINBIO_E_INVALID_DEVICE_STATE', 'the enrollment has ended');
    if (features.length !== FEATURE_BYTES) throw new BiometricError('E_INVALIDARG', 'these are no features');
    this.#template ??= Uint8Array.from(features);
    this.#added += 1;
    const complete = this.#added >= this.#needed;
    const percentComplete = complete ? 100 : Math.floor((100 * this.#added) / this.#needed);
    this.progress = { kind: complete ? 'complete' : 'more-data', detail: 0, percentComplete };
    return this.progress;
  }

  select(trackingId: bigint): void {
    this.selected = trackingId;
  }

  template(): Uint8Array {
    if (this.#ended || this.#template === undefined || this.progress.kind !== 'complete') {
      throw new BiometricError('WINBIO_E_INVALID_OPERATION', 'the template is not complete');
    }
    return Uint8Array.from(this.#template);
  }

  [Symbol.dispose](): void {
    this.#ended = true;
    this.#template?.fill(0);
  }
}

function sameFinger(a: Uint8Array, b: Uint8Array): boolean {
  return a[0] === b[0] && a[1] === b[1];
}
