/** The engine of a device: it reads what the device found; the comparison itself was inside. */

import type {
  Candidate,
  EngineInfo,
  EnrollmentBuilder,
  ExtractionOutcome,
  Gallery,
  VerificationOutcome,
} from '../../adapters/engine-adapter.ts';
import { EngineAdapterBase } from '../../adapters/engine-adapter-base.ts';
import { HASH_ALGORITHMS, hashTemplate } from '../../adapters/hash-template.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import { WINBIO_FP_POOR_QUALITY, WINBIO_PURPOSE_ENROLL, WINBIO_TYPE_FINGERPRINT } from '../../core/constants.ts';
import type { SubFactor } from '../../core/identifiers.ts';
import { DeviceEnrollmentBuilder } from './device-enrollment-builder.ts';
import { DeviceGallery } from './device-gallery.ts';
import { decodeDeviceSample, decodeFinding, encodeFinding } from './device-sample.ts';
import { DEVICE_TEMPLATE_FORMAT, decodeDeviceTemplate } from './device-template.ts';
import type { OnBoardDevice } from './on-board-device.ts';

/** What a comparison is worth when the maker states nothing. */
const FALSE_MATCH_RATE = 1e-5;

/** Reads the findings of one device. */
export class DeviceEngine extends EngineAdapterBase {
  readonly info: EngineInfo;
  readonly #onBoard: OnBoardDevice;
  /** The device decides, so each match has the score that its maker promises. */
  readonly #score: number;

  constructor(onBoard: OnBoardDevice) {
    super();
    const { enrollStages, falseMatchRate = FALSE_MATCH_RATE } = onBoard.device.info;
    this.#onBoard = onBoard;
    this.#score = -Math.log10(falseMatchRate);
    this.info = {
      factor: WINBIO_TYPE_FINGERPRINT,
      templateFormat: DEVICE_TEMPLATE_FORMAT,
      capabilities: 0,
      sampleHint: enrollStages + 1,
      hashAlgorithms: HASH_ALGORITHMS,
    };
  }

  /** Digest of a template as it is stored. Rejects with E_INVALIDARG for an unknown algorithm. */
  hashTemplate(template: Uint8Array, algorithm: string): Promise<Uint8Array> {
    return hashTemplate(template, algorithm);
  }

  /**
   * Refuses the template of another device with WHORL_E_UNSUPPORTED_FORMAT, and one whose print is no longer on this
   * one with WINBIO_E_DATABASE_NO_SUCH_RECORD.
   */
  checkTemplate(template: Uint8Array): void {
    const { device, print } = decodeDeviceTemplate(template);
    if (device !== this.#onBoard.name) {
      throw new BiometricError('WHORL_E_UNSUPPORTED_FORMAT', 'the print is on another reader');
    }
    if (this.#onBoard.holds(print.id) === false) {
      const text = 'its print is no longer on the reader: see whorl reconcile';
      throw new BiometricError('WINBIO_E_DATABASE_NO_SUCH_RECORD', text);
    }
  }

  protected override async _extract(sample: Uint8Array, purpose: number): Promise<ExtractionOutcome> {
    const finding = decodeDeviceSample(sample);
    const enrolls = (purpose & WINBIO_PURPOSE_ENROLL) !== 0;
    // A touch that was compared cannot be enrolled, nor one that was enrolled be compared.
    if (enrolls !== (finding.kind === 'stage')) return { kind: 'rejected', detail: WINBIO_FP_POOR_QUALITY };
    return { kind: 'features', features: encodeFinding(finding) };
  }

  protected override async _verify(
    features: Uint8Array,
    templates: readonly Uint8Array[],
  ): Promise<VerificationOutcome> {
    const finding = decodeFinding(features);
    const match =
      finding.kind === 'print' &&
      templates.some((template) => {
        const { device, print } = decodeDeviceTemplate(template);
        return device === this.#onBoard.name && print.id === finding.id;
      });
    return { match, score: match ? this.#score : 0, threshold: this.#score };
  }

  protected override _createGallery(): Gallery {
    return new DeviceGallery(() => this.#onBoard.galleryChanged());
  }

  protected override async _identify(features: Uint8Array, gallery: Gallery): Promise<readonly Candidate[]> {
    const finding = decodeFinding(features);
    return finding.kind === 'print' ? this.#candidates(gallery, finding.id) : [];
  }

  protected override _createEnrollment(subFactor: SubFactor): EnrollmentBuilder {
    this.#onBoard.enrollment?.[Symbol.dispose]();
    const builder = new DeviceEnrollmentBuilder(this.#onBoard, subFactor);
    this.#onBoard.enrollment = builder;
    return builder;
  }

  protected override async _findDuplicates(template: Uint8Array, gallery: Gallery): Promise<readonly Candidate[]> {
    return this.#candidates(gallery, decodeDeviceTemplate(template).print.id);
  }

  #candidates(gallery: Gallery, id: string): readonly Candidate[] {
    if (!(gallery instanceof DeviceGallery)) {
      throw new BiometricError('E_INVALIDARG', 'the gallery is not one of this engine');
    }
    const recordId = gallery.recordOf(id);
    return recordId === undefined ? [] : [{ recordId, score: this.#score, threshold: this.#score }];
  }
}
