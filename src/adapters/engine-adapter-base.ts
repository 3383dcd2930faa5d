/** Checks once what every engine must check; an author writes the hooks. */

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
  VerificationOutcome,
} from './engine-adapter.ts';
import type { AdapterOptions } from './sensor-adapter.ts';
import { throwIfAborted } from './sensor-adapter-base.ts';

/** The five purposes a capture can have. WBF: adapters 2.2. */
const CAPTURE_PURPOSES = 0x1f;

/** Throws E_INVALIDARG for an empty sample, or a purpose that no capture has. */
export function checkSample(sample: Uint8Array, purpose: number): void {
  if (!(sample instanceof Uint8Array) || sample.length === 0) {
    throw new BiometricError('E_INVALIDARG', 'the sample is empty');
  }
  if (!Number.isInteger(purpose) || purpose <= 0 || (purpose & ~CAPTURE_PURPOSES) !== 0) {
    throw new BiometricError('E_INVALIDARG', 'a sample is extracted for a purpose');
  }
}

/** Base of an engine adapter. Its optional parts (hashing, index vectors, presence, calibration) are members to add. */
export abstract class EngineAdapterBase implements EngineAdapter {
  abstract readonly info: EngineInfo;
  #closing: Promise<void> | undefined;

  async extract(sample: Uint8Array, purpose: number, options: AdapterOptions): Promise<ExtractionOutcome> {
    this.#check(options);
    checkSample(sample, purpose);
    return await this._extract(sample, purpose, options);
  }

  /** An identity without templates is no match. */
  async verify(
    features: Uint8Array,
    templates: readonly Uint8Array[],
    options: AdapterOptions,
  ): Promise<VerificationOutcome> {
    this.#check(options);
    if (templates.length === 0) return { match: false, score: 0 };
    return await this._verify(features, templates, options);
  }

  createGallery(): Gallery {
    this.#checkOpen();
    return this._createGallery();
  }

  /** Nobody is found in an empty gallery. */
  async identify(features: Uint8Array, gallery: Gallery, options: AdapterOptions): Promise<readonly Candidate[]> {
    this.#check(options);
    return gallery.size === 0 ? [] : await this._identify(features, gallery, options);
  }

  createEnrollment(subFactor: SubFactor): EnrollmentBuilder {
    this.#checkOpen();
    if (subFactor === WINBIO_SUBTYPE_NO_INFORMATION || subFactor === WINBIO_SUBTYPE_ANY) {
      throw new BiometricError('E_INVALIDARG', 'an enrollment is of one sub-factor');
    }
    return this._createEnrollment(subFactor);
  }

  async findDuplicates(template: Uint8Array, gallery: Gallery, options: AdapterOptions): Promise<readonly Candidate[]> {
    this.#check(options);
    return gallery.size === 0 ? [] : await this._findDuplicates(template, gallery, options);
  }

  async control(request: ControlRequest, options: AdapterOptions): Promise<ControlOutcome> {
    this.#check(options);
    return await this._control(request, options);
  }

  close(): Promise<void> {
    this.#closing ??= this._close();
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  protected abstract _extract(sample: Uint8Array, purpose: number, options: AdapterOptions): Promise<ExtractionOutcome>;

  /** Called with at least one template. */
  protected abstract _verify(
    features: Uint8Array,
    templates: readonly Uint8Array[],
    options: AdapterOptions,
  ): Promise<VerificationOutcome>;

  protected abstract _createGallery(): Gallery;

  /** Called with a gallery that is not empty. */
  protected abstract _identify(
    features: Uint8Array,
    gallery: Gallery,
    options: AdapterOptions,
  ): Promise<readonly Candidate[]>;

  protected abstract _createEnrollment(subFactor: SubFactor): EnrollmentBuilder;

  /** By default a template is searched as features are. */
  protected _findDuplicates(
    template: Uint8Array,
    gallery: Gallery,
    options: AdapterOptions,
  ): Promise<readonly Candidate[]> {
    return this._identify(template, gallery, options);
  }

  /** Vendor commands; by default every code is unknown (D-26). */
  protected async _control(request: ControlRequest, _options: AdapterOptions): Promise<ControlOutcome> {
    throw new BiometricError('E_INVALIDARG', `control code ${request.code} is unknown`);
  }

  protected async _close(): Promise<void> {}

  #check({ signal }: AdapterOptions): void {
    this.#checkOpen();
    throwIfAborted(signal);
  }

  #checkOpen(): void {
    if (this.#closing !== undefined) throw new BiometricError('WINBIO_E_INVALID_DEVICE_STATE', 'engine is closed');
  }
}
