/** The contract of an engine: samples to features, features to templates, comparison and search. */

import type { FingerCoverage } from '../core/finger-coverage.ts';
import type { BiometricFactor, RecordId, RejectDetail, SubFactor } from '../core/identifiers.ts';
import type { BoundingBox } from '../core/operation-result.ts';
import type { EnrollmentRequirements } from '../core/property-values.ts';
import type { SamplePicture } from '../core/sample-picture.ts';
import type { SampleReport } from '../core/sample-report.ts';
import type { ControlOutcome, ControlRequest } from './control.ts';
import type { AdapterOptions } from './sensor-adapter.ts';

/** What an engine says about itself. */
export interface EngineInfo {
  readonly factor: BiometricFactor;
  /** GUID of the template format; a database holds templates of one format. */
  readonly templateFormat: string;
  /** `WINBIO_ENG_CAP_*` bits. */
  readonly capabilities: number;
  /** Estimate of the most good samples an enrollment needs. WBF: QuerySampleHint. */
  readonly sampleHint: number;
  /** Samples of each kind a new template needs. WBF: EnrollmentRequirements. */
  readonly requirements?: EnrollmentRequirements;
  /** One of several people has to be selected before an enrollment can capture (face, iris). */
  readonly needsSelector?: boolean;
  /** OIDs of the digests it makes of templates, SHA-1 (`1.3.14.3.2.26`) among them; none when absent. WBF: QueryHashAlgorithms. */
  readonly hashAlgorithms?: readonly string[];
  /** Numbers in an index vector, by which a database narrows a search; none when absent. WBF: QueryIndexVectorSize. */
  readonly indexLength?: number;
}

/** A person an engine sees in a frame. WBF: IdentifyAll. */
export interface PresentPerson {
  /** The same while the person is in view, never reused. */
  readonly trackingId: number;
  readonly state: 'pending' | 'rejected' | 'matched' | 'unknown';
  /** With `rejected`. */
  readonly detail: RejectDetail;
  /** With `matched`. */
  readonly recordId?: RecordId;
  readonly boundingBox: BoundingBox;
}

/**
 * Feature extraction: features (opaque bytes, valid in this engine only) or the reason there are none. An engine that
 * can tell how good the sample is adds a report, which reaches the client.
 */
export type ExtractionOutcome =
  | { readonly kind: 'features'; readonly features: Uint8Array; readonly report?: SampleReport }
  | { readonly kind: 'rejected'; readonly detail: RejectDetail; readonly report?: SampleReport };

/** A reference that was found, best first in a candidate list. */
export interface Candidate {
  readonly recordId: RecordId;
  /** -log10 of the false match rate at this score; higher is more alike. */
  readonly score: number;
  /** What it had to reach. */
  readonly threshold?: number;
}

/** Answer of a 1:1 comparison against the references of one identity. */
export interface VerificationOutcome {
  readonly match: boolean;
  readonly score: number;
  /** What it had to reach. */
  readonly threshold?: number;
}

/** How far an enrollment has come. */
export interface EnrollmentProgress {
  readonly kind: 'more-data' | 'complete' | 'rejected';
  /** Set when the last features were refused; the enrollment is as it was before them. */
  readonly detail: RejectDetail;
  /** 0..100, never decreasing; 100 exactly when complete. */
  readonly percentComplete: number;
  /** What of the finger the kept impressions show, of engines that know. */
  readonly coverage?: FingerCoverage;
}

/** A template being built from several samples of one finger. */
export interface EnrollmentBuilder extends Disposable {
  /** State after the last {@link add}; `more-data` before the first. */
  readonly progress: EnrollmentProgress;

  /** Adds features. Rejects with WINBIO_E_CANCELED when aborted, leaving the enrollment as it was. */
  add(features: Uint8Array, options: AdapterOptions): Promise<EnrollmentProgress>;

  /** The template. Throws WINBIO_E_INVALID_OPERATION before it is complete. */
  template(): Uint8Array;

  /** The tracked person to enroll, of engines with `needsSelector`. WBF: SetEnrollmentSelector. */
  select?(trackingId: bigint): void;
}

/** References of one database, packed for search; kept up to date by its owner. */
export interface Gallery extends Disposable {
  readonly size: number;
  /** Adds a reference; one of the same number gives way to it, and is found until then. */
  add(recordId: RecordId, template: Uint8Array): void;
  remove(recordId: RecordId): void;
}

/** What an engine thinks of a sample: whether to take another one, and what the sensor should learn before. */
export interface CalibrationAdvice {
  /** The sample is of no use; after the data were handed over, capture again. */
  readonly repeat: boolean;
  /** Data for the sensor; empty when there are none. */
  readonly data: Uint8Array;
}

/** How an engine tunes the sensor it works with. WBF: workflows 6. */
export interface EngineCalibration {
  /**
   * Chooses one of the sensor's formats (GUIDs; none when the sensor has no calibration), once per configuration;
   * undefined when the engine does not insist. Throws WINBIO_E_NO_SUPPORTED_CALIBRATION_FORMAT.
   */
  select(formats: readonly string[]): { readonly format: string; readonly maxBytes: number } | undefined;

  /** Asked after each capture, before the sample is used. A rejection ends the capture for whoever waits for it. */
  advise(sample: Uint8Array, format: string, options: AdapterOptions): Promise<CalibrationAdvice>;
}

/** Anti-spoofing of one account, or of all that are not named. WBF: SetAccountPolicy. */
export interface AccountPolicy {
  /** SID; absent in the first entry, which is the default. */
  readonly sid?: string;
  /** `WINBIO_ANTI_SPOOF_*`. */
  readonly antiSpoof: number;
}

/** One engine. It serves many units at once and keeps no state of any of them. */
export interface EngineAdapter extends AsyncDisposable {
  readonly info: EngineInfo;

  /**
   * Features of a sample (the bytes of a BIR). Rejects with E_INVALIDARG for an empty sample or a purpose that is none,
   * and with E_INVALIDARG, WHORL_E_MALFORMED or WHORL_E_UNSUPPORTED_FORMAT when it holds no image it can read.
   */
  extract(sample: Uint8Array, purpose: number, options: AdapterOptions): Promise<ExtractionOutcome>;

  /** Compares features with the templates of one identity. */
  verify(features: Uint8Array, templates: readonly Uint8Array[], options: AdapterOptions): Promise<VerificationOutcome>;

  /** An empty gallery. */
  createGallery(): Gallery;

  /** References that match, best first; empty when none does. Rejects with WINBIO_E_CANCELED when aborted. */
  identify(features: Uint8Array, gallery: Gallery, options: AdapterOptions): Promise<readonly Candidate[]>;

  /** Begins a template. */
  createEnrollment(subFactor: SubFactor): EnrollmentBuilder;

  /** References that hold the same finger as a finished template, best first. WBF: CheckForDuplicate. */
  findDuplicates(template: Uint8Array, gallery: Gallery, options: AdapterOptions): Promise<readonly Candidate[]>;

  /** Everybody in a frame; only engines that can monitor presence have it. Rejects when the frame is to be ignored. */
  identifyAll?(sample: Uint8Array, gallery: Gallery, options: AdapterOptions): Promise<readonly PresentPerson[]>;

  /**
   * Digest of a template exactly as it is stored. Rejects with E_INVALIDARG when the algorithm is not one of
   * `info.hashAlgorithms`. WBF: GetEnrollmentHash.
   */
  hashTemplate?(template: Uint8Array, algorithm: string): Promise<Uint8Array>;

  /** Index vector of features or of a template, `info.indexLength` numbers of 32 bits; 0 names no bucket. */
  indexVector?(featuresOrTemplate: Uint8Array): readonly number[];

  /** Present when the engine tunes its sensors. */
  readonly calibration?: EngineCalibration;

  /**
   * The template with what features that matched it add, or undefined when it is to stay. Only engines that learn have
   * it; the storage must be able to replace. WBF: UpdateRecordBegin, UpdateRecordCommit.
   */
  updateTemplate?(template: Uint8Array, features: Uint8Array, options: AdapterOptions): Promise<Uint8Array | undefined>;

  /**
   * A sample for people to look at, compared with a template when one is given. Only engines that can show their work
   * have it. Rejects like {@link extract} for what holds no image.
   */
  describe?(sample: Uint8Array, template: Uint8Array | undefined, options: AdapterOptions): Promise<SamplePicture>;

  /** Replaces the anti-spoofing policy: the default first, then the accounts that have their own. */
  setAccountPolicy?(policies: readonly AccountPolicy[]): void | Promise<void>;

  /** Runs a vendor command. Rejects with E_INVALIDARG when the code is unknown. */
  control(request: ControlRequest, options: AdapterOptions): Promise<ControlOutcome>;

  /** Ends everything; idempotent. */
  close(): Promise<void>;
}
