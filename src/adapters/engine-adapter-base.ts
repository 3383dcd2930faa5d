/** The checks that every engine needs, made once: an author writes the hooks, which start with an underscore. */

import { BiometricError } from '../core/biometric-error.ts';
import { WINBIO_SUBTYPE_ANY, WINBIO_SUBTYPE_NO_INFORMATION } from '../core/constants.ts';
import type { SubFactor } from '../core/identifiers.ts';
import type { ControlOutcome, ControlRequest } from './control.ts';
import type {
  Candidate,
  EngineAdapter,
  EngineInfo,
  EnrollmentBuilder,
  ExtractionOutcome,
  Gallery,
  SearchOptions,
  VerificationOutcome,
} from './engine-adapter.ts';
import type { AdapterOptions } from './sensor-adapter.ts';
import { throwIfAborted } from './sensor-adapter-base.ts';

/** The five purposes a capture can have. WBF: adapters 2.2. */
const CAPTURE_PURPOSES = 0x1f;

/**
 * Throws E_INVALIDARG when the sample is empty, or when `purpose` is not an OR of the five `WINBIO_PURPOSE_*` of a
 * capture.
 *
 * @example
 * checkSample(sample, WINBIO_PURPOSE_VERIFY);
 */
export function checkSample(sample: Uint8Array, purpose: number): void {
  if (!(sample instanceof Uint8Array) || sample.length === 0) {
    throw new BiometricError('E_INVALIDARG', 'the sample is empty');
  }
  if (!Number.isInteger(purpose) || purpose <= 0 || (purpose & ~CAPTURE_PURPOSES) !== 0) {
    throw new BiometricError('E_INVALIDARG', 'a sample is extracted for a purpose');
  }
}

/**
 * Base of an engine adapter. Each public method checks state, signal and arguments and then calls its hook. Optional
 * parts of the contract (hashing, index vectors, presence, calibration) are members that the subclass adds.
 */
export abstract class EngineAdapterBase implements EngineAdapter {
  /** What the engine says about itself; fixed for its life. */
  abstract readonly info: EngineInfo;
  #closing: Promise<void> | undefined;

  /**
   * Turns a sample (the bytes of a BIR) into features. `purpose`: an OR of `WINBIO_PURPOSE_*`. Rejects with
   * E_INVALIDARG, WINBIO_E_CANCELED (aborted), WINBIO_E_INVALID_DEVICE_STATE (closed), and what `_extract` rejects
   * with. WBF: adapters 7.8.
   *
   * @example
   * const outcome = await engine.extract(sample, WINBIO_PURPOSE_IDENTIFY, { signal });
   * if (outcome.kind === 'rejected') console.log(outcome.detail);
   */
  async extract(sample: Uint8Array, purpose: number, options: AdapterOptions): Promise<ExtractionOutcome> {
    this.#check(options);
    checkSample(sample, purpose);
    return await this._extract(sample, purpose, options);
  }

  /**
   * Compares features with the templates of one identity; no templates are no match, with score 0. Rejects with
   * WINBIO_E_CANCELED (aborted), WINBIO_E_INVALID_DEVICE_STATE (closed), and what `_verify` rejects with. WBF: adapters
   * 7.10.
   *
   * @example
   * const { match, score } = await engine.verify(features, [template], { signal });
   */
  async verify(
    features: Uint8Array,
    templates: readonly Uint8Array[],
    options: AdapterOptions,
  ): Promise<VerificationOutcome> {
    this.#check(options);
    if (templates.length === 0) return { match: false, score: 0 };
    return await this._verify(features, templates, options);
  }

  /**
   * An empty gallery, owned by the caller. Throws WINBIO_E_INVALID_DEVICE_STATE once the engine is closed.
   *
   * @example
   * using gallery = engine.createGallery();
   * gallery.add(1, template);
   */
  createGallery(): Gallery {
    this.#checkOpen();
    return this._createGallery();
  }

  /**
   * References that match, best first; none for an empty gallery. Rejects with WINBIO_E_CANCELED (aborted),
   * WINBIO_E_INVALID_DEVICE_STATE (closed), and what `_identify` rejects with. WBF: adapters 7.11.
   *
   * @example
   * const [best] = await engine.identify(features, gallery, { signal });
   */
  async identify(features: Uint8Array, gallery: Gallery, options: SearchOptions): Promise<readonly Candidate[]> {
    this.#check(options);
    return gallery.size === 0 ? [] : await this._identify(features, gallery, options);
  }

  /**
   * Begins a template of one sub-factor. Throws E_INVALIDARG for `WINBIO_SUBTYPE_NO_INFORMATION` and
   * `WINBIO_SUBTYPE_ANY`, WINBIO_E_INVALID_DEVICE_STATE once closed. WBF: adapters 7.12.
   *
   * @example
   * using enrollment = engine.createEnrollment(WINBIO_ANSI_381_POS_RH_INDEX_FINGER);
   * const { percentComplete } = await enrollment.add(features, { signal });
   */
  createEnrollment(subFactor: SubFactor): EnrollmentBuilder {
    this.#checkOpen();
    if (subFactor === WINBIO_SUBTYPE_NO_INFORMATION || subFactor === WINBIO_SUBTYPE_ANY) {
      throw new BiometricError('E_INVALIDARG', 'an enrollment is of one sub-factor');
    }
    return this._createEnrollment(subFactor);
  }

  /**
   * References that hold the same finger as a finished template, best first. Rejects as {@link identify} does.
   *
   * @example
   * const isKnown = (await engine.findDuplicates(template, gallery, { signal })).length > 0;
   */
  async findDuplicates(template: Uint8Array, gallery: Gallery, options: SearchOptions): Promise<readonly Candidate[]> {
    this.#check(options);
    return gallery.size === 0 ? [] : await this._findDuplicates(template, gallery, options);
  }

  /**
   * Runs a vendor command. Rejects with E_INVALIDARG (unknown code), WINBIO_E_CANCELED (aborted),
   * WINBIO_E_INVALID_DEVICE_STATE (closed).
   *
   * @example
   * const request = { code: 1, privileged: false, sendBuffer: new Uint8Array(), receiveBufferSize: 64 };
   * const { received } = await engine.control(request, { signal });
   */
  async control(request: ControlRequest, options: AdapterOptions): Promise<ControlOutcome> {
    this.#check(options);
    return await this._control(request, options);
  }

  /**
   * Closes the engine; idempotent. Later calls of other methods fail with WINBIO_E_INVALID_DEVICE_STATE. Rejects with
   * what `_close` rejects with.
   *
   * @example
   * await engine.close();
   */
  close(): Promise<void> {
    this.#closing ??= this._close();
    return this.#closing;
  }

  /**
   * Mirrors {@link close}.
   *
   * @example
   * await using engine = new FingerprintEngine();
   */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** Called with a sample that is not empty and a legal purpose. */
  protected abstract _extract(sample: Uint8Array, purpose: number, options: AdapterOptions): Promise<ExtractionOutcome>;

  /** Called with at least one template. */
  protected abstract _verify(
    features: Uint8Array,
    templates: readonly Uint8Array[],
    options: AdapterOptions,
  ): Promise<VerificationOutcome>;

  /** Makes an empty gallery. */
  protected abstract _createGallery(): Gallery;

  /** Called with a gallery that is not empty. */
  protected abstract _identify(
    features: Uint8Array,
    gallery: Gallery,
    options: SearchOptions,
  ): Promise<readonly Candidate[]>;

  /** Called with one sub-factor. */
  protected abstract _createEnrollment(subFactor: SubFactor): EnrollmentBuilder;

  /** Called with a gallery that is not empty. By default a template is searched for as features are. */
  protected _findDuplicates(
    template: Uint8Array,
    gallery: Gallery,
    options: SearchOptions,
  ): Promise<readonly Candidate[]> {
    return this._identify(template, gallery, options);
  }

  /** Vendor commands. By default every code is unknown (D-26). */
  protected async _control(request: ControlRequest, _options: AdapterOptions): Promise<ControlOutcome> {
    throw new BiometricError('E_INVALIDARG', `control code ${request.code} is unknown`);
  }

  /** Releases what the engine holds; called once. By default nothing. */
  protected async _close(): Promise<void> {}

  #check({ signal }: AdapterOptions): void {
    this.#checkOpen();
    throwIfAborted(signal);
  }

  #checkOpen(): void {
    if (this.#closing !== undefined) throw new BiometricError('WINBIO_E_INVALID_DEVICE_STATE', 'engine is closed');
  }
}
