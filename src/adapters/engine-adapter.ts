/** The contract of an engine: samples to features, features to templates, comparison and search. */

import type { FingerCoverage } from '../core/finger-coverage.ts';
import type { BiometricFactor, RecordId, RejectDetail, SubFactor } from '../core/identifiers.ts';
import type { BoundingBox } from '../core/operation-result.ts';
import type { EnrollmentRequirements } from '../core/property-values.ts';
import type { SamplePicture } from '../core/sample-picture.ts';
import type { SampleReport } from '../core/sample-report.ts';
import type { AdapterOptions } from './adapter-options.ts';
import type { ControlOutcome, ControlRequest } from './control.ts';

/** What an engine says about itself. */
export interface EngineInfo {
  /** What it works on: one `WINBIO_TYPE_*` bit. */
  readonly factor: BiometricFactor;
  /** GUID of the template format; a database holds templates of one format. */
  readonly templateFormat: string;
  /** `WINBIO_ENG_CAP_*` bits. */
  readonly capabilities: number;
  /** Estimate of the most good samples an enrollment needs. WBF: QuerySampleHint. */
  readonly sampleHint: number;
  /** Samples of each kind a new template needs. WBF: EnrollmentRequirements. */
  readonly requirements?: EnrollmentRequirements;
  /**
   * True when one of several people must be selected before an enrollment can capture (face, iris). False when absent.
   */
  readonly needsSelector?: boolean;
  /**
   * OIDs of the digests it makes of templates; SHA-1 (`1.3.14.3.2.26`) must be among them. None when absent. WBF:
   * QueryHashAlgorithms.
   */
  readonly hashAlgorithms?: readonly string[];
  /** Numbers in an index vector, by which a database narrows a search. None when absent. WBF: QueryIndexVectorSize. */
  readonly indexLength?: number;
  /** Looks that a search takes, one after the other, until one finds somebody: as prints lie, then turned. Default: 1. */
  readonly looks?: number;
}

/** A person an engine sees in a frame. WBF: IdentifyAll. */
export interface PresentPerson {
  /** The same while the person stays in view; never reused. */
  readonly trackingId: number;
  /**
   * `pending` while the engine has not decided, `rejected` with a detail, `matched` with a record, `unknown` for a
   * person without one.
   */
  readonly state: 'pending' | 'rejected' | 'matched' | 'unknown';
  /** Why the person was rejected; 0 in other states. */
  readonly detail: RejectDetail;
  /** The reference that matched; present in state `matched` only. */
  readonly recordId?: RecordId;
  /** Where the person is in the frame, in its pixels. */
  readonly boundingBox: BoundingBox;
}

/**
 * Feature extraction: features (opaque bytes, valid in this engine only) or the reason there are none. An engine that
 * can tell how good the sample is adds a report, which reaches the client.
 */
export type ExtractionOutcome =
  | {
      /** The sample has usable features. */
      readonly kind: 'features';
      /** Opaque bytes that only this engine can read. */
      readonly features: Uint8Array;
      /** Quality of the sample and advice, from engines that can tell. */
      readonly report?: SampleReport;
    }
  | {
      /** The sample cannot be used. */
      readonly kind: 'rejected';
      /** Why the sample cannot be used: `WINBIO_FP_*`. */
      readonly detail: RejectDetail;
      /** Quality of the sample and advice, from engines that can tell. */
      readonly report?: SampleReport;
    };

/** A reference that was found. Candidate lists begin with the best. */
export interface Candidate {
  /** Number under which the reference was added to the gallery. */
  readonly recordId: RecordId;
  /** -log10 of the false match rate at this score; higher is more alike. */
  readonly score: number;
  /** Score that it had to reach; absent when the engine does not tell. */
  readonly threshold?: number;
}

/** Answer of a 1:1 comparison against the references of one identity. */
export interface VerificationOutcome {
  /** Whether the score reached the threshold. */
  readonly match: boolean;
  /** -log10 of the false match rate at this score, of the best of the references; higher is more alike. */
  readonly score: number;
  /** Score that it had to reach; absent when the engine does not tell. */
  readonly threshold?: number;
}

/** How far an enrollment has come. */
export interface EnrollmentProgress {
  /** `more-data` wants another sample, `complete` has a template, `rejected` refused the last features. */
  readonly kind: 'more-data' | 'complete' | 'rejected';
  /** Why the last features were refused, else 0. A refusal leaves the enrollment as it was. */
  readonly detail: RejectDetail;
  /** 0 to 100, never decreasing; 100 exactly when complete. */
  readonly percentComplete: number;
  /** Which parts of the finger the kept impressions show, from engines that know. */
  readonly coverage?: FingerCoverage;
}

/** A template being built from several samples of one finger. Disposing of it wipes the features it keeps. */
export interface EnrollmentBuilder extends Disposable {
  /** State after the last {@link add}; `more-data` before the first. */
  readonly progress: EnrollmentProgress;

  /** Adds features. Rejects with WINBIO_E_CANCELED when aborted, which leaves the enrollment as it was. */
  add(features: Uint8Array, options: AdapterOptions): Promise<EnrollmentProgress>;

  /** The finished template. Throws WINBIO_E_INVALID_OPERATION before the enrollment is complete. */
  template(): Uint8Array;

  /** Selects the tracked person to enroll; engines with `needsSelector` have it. WBF: SetEnrollmentSelector. */
  select?(trackingId: bigint): void;
}

/** References of one database, packed for search and kept up to date by their owner. Disposing of it wipes them. */
export interface Gallery extends Disposable {
  /** Number of references. */
  readonly size: number;
  /**
   * Adds a reference. One with the same number is replaced, and can be found until the new one is in place. Throws for
   * a template that the engine cannot use; the gallery stays as it was. Search codes of the template, where the engine
   * made them, spare it the work; what is wrong with them is no fault, and they are made anew.
   */
  add(recordId: RecordId, template: Uint8Array, searchCodes?: Uint8Array): void;
  /** Removes a reference; an unknown number changes nothing. */
  remove(recordId: RecordId): void;
  /**
   * How many references the gallery will have, while it is being filled: what is found meanwhile has to be as certain.
   * Galleries of engines whose thresholds rise with the size have it.
   */
  expect?(references: number): void;
}

/** What an engine thinks of a sample: whether to take another one, and what the sensor should learn before. */
export interface CalibrationAdvice {
  /** True when the sample is of no use: hand over the data, then capture again. */
  readonly repeat: boolean;
  /** Data for the sensor, at most `maxBytes` of the chosen format; empty when there are none. */
  readonly data: Uint8Array;
}

/** The calibration format an engine chose. */
export interface CalibrationChoice {
  /** GUID, one of those the sensor offers. */
  readonly format: string;
  /** Most bytes of calibration data that the engine will hand over at once. */
  readonly maxBytes: number;
}

/** How an engine tunes the sensor it works with. WBF: workflows 6. */
export interface EngineCalibration {
  /**
   * Chooses one of the sensor's formats (GUIDs; an empty list when the sensor has no calibration), once per
   * configuration; undefined when the engine needs none. Throws (or rejects with)
   * WINBIO_E_NO_SUPPORTED_CALIBRATION_FORMAT.
   */
  select(formats: readonly string[]): CalibrationChoice | undefined | Promise<CalibrationChoice | undefined>;

  /**
   * Asked after each capture, before the sample is used. Rejects with WINBIO_E_CANCELED when aborted; any rejection
   * ends the capture for the operation that waits for it.
   */
  advise(sample: Uint8Array, format: string, options: AdapterOptions): Promise<CalibrationAdvice>;
}

/** Anti-spoofing of one account, or of all that are not named. WBF: SetAccountPolicy. */
export interface AccountPolicy {
  /** SID; absent in the first entry, which is the default. */
  readonly sid?: string;
  /** `WINBIO_ANTI_SPOOF_*`. */
  readonly antiSpoof: number;
}

/** Options of a search. */
export interface SearchOptions extends AdapterOptions {
  /**
   * References of the whole, when the gallery is a part of it: what is found has to be as certain as in the whole. Default:
   * those of the gallery.
   */
  readonly size?: number | undefined;
  /**
   * Takes one look alone, from 0 up to {@link EngineInfo.looks}: a gallery in parts takes each in every part before the
   * next. Default: one after the other, until one finds somebody.
   */
  readonly look?: number | undefined;
}

/**
 * One engine. It serves many units at once and keeps no state of any of them. Every call fails with
 * WINBIO_E_INVALID_DEVICE_STATE once the engine is closed.
 */
export interface EngineAdapter extends AsyncDisposable {
  /** What the engine says about itself; fixed for its life. */
  readonly info: EngineInfo;

  /**
   * Features of a sample (the bytes of a BIR). Rejects with E_INVALIDARG for an empty sample or an illegal purpose;
   * with E_INVALIDARG, WHORL_E_MALFORMED or WHORL_E_UNSUPPORTED_FORMAT for a sample without a readable image; with
   * WINBIO_E_CANCELED when aborted. WBF: adapters 7.8.
   */
  extract(sample: Uint8Array, purpose: number, options: AdapterOptions): Promise<ExtractionOutcome>;

  /**
   * Compares features with the templates of one identity. Rejects with WINBIO_E_CANCELED when aborted. WBF: adapters
   * 7.10.
   */
  verify(features: Uint8Array, templates: readonly Uint8Array[], options: AdapterOptions): Promise<VerificationOutcome>;

  /** An empty gallery, owned by the caller. */
  createGallery(): Gallery;

  /**
   * References that match, best first; empty when none does. Rejects with WINBIO_E_CANCELED when aborted. WBF: adapters
   * 7.11.
   */
  identify(features: Uint8Array, gallery: Gallery, options: SearchOptions): Promise<readonly Candidate[]>;

  /** Begins a template of one sub-factor. Throws E_INVALIDARG for NO_INFORMATION and ANY. WBF: adapters 7.12. */
  createEnrollment(subFactor: SubFactor): EnrollmentBuilder;

  /**
   * References that hold the same finger as a finished template, best first. Rejects with WINBIO_E_CANCELED when
   * aborted. WBF: CheckForDuplicate.
   */
  findDuplicates(template: Uint8Array, gallery: Gallery, options: SearchOptions): Promise<readonly Candidate[]>;

  /**
   * Every person in a frame; engines that can monitor presence have it. Rejects with WINBIO_E_CANCELED when aborted;
   * any other rejection makes the service ignore the frame. WBF: IdentifyAll.
   */
  identifyAll?(sample: Uint8Array, gallery: Gallery, options: AdapterOptions): Promise<readonly PresentPerson[]>;

  /**
   * Digest of a template exactly as it is stored. Rejects with E_INVALIDARG when the algorithm is not one of
   * `info.hashAlgorithms`. WBF: GetEnrollmentHash.
   */
  hashTemplate?(template: Uint8Array, algorithm: string): Promise<Uint8Array>;

  /** Index vector of features or of a template: `info.indexLength` numbers of 32 bits; 0 names no bucket. */
  indexVector?(featuresOrTemplate: Uint8Array): readonly number[] | Promise<readonly number[]>;

  /** Present when the engine tunes its sensors. */
  readonly calibration?: EngineCalibration;

  /**
   * The template with what features that matched it add, or undefined when it should stay as it is. Only engines that
   * learn have it, and the storage must be able to replace records. Rejects with WINBIO_E_CANCELED when aborted. WBF:
   * UpdateRecordBegin, UpdateRecordCommit.
   */
  updateTemplate?(template: Uint8Array, features: Uint8Array, options: AdapterOptions): Promise<Uint8Array | undefined>;

  /**
   * Whether the engine can use a template: asked of each before it is stored, and when a database is loaded. Returns,
   * or throws WHORL_E_MALFORMED, WHORL_E_NEWER_FORMAT, WHORL_E_LIMIT_EXCEEDED (as a rejection too); such a template is
   * not used. An engine without it has every template in its galleries.
   */
  checkTemplate?(template: Uint8Array): void | Promise<void>;

  /**
   * Search codes of templates, in their order: what a search needs to know of each, to be kept beside it. Opaque, and of
   * no use to another version of the engine. Engines that save time with them have it. Rejects as {@link identify} does
   * for broken bytes, and with WINBIO_E_CANCELED when aborted.
   */
  searchCodes?(templates: readonly Uint8Array[], options: AdapterOptions): Promise<readonly Uint8Array[]>;

  /**
   * A picture of a sample for people to look at, compared with a template when one is given. Engines that can show
   * their work have it. Rejects as {@link extract} does.
   */
  describe?(sample: Uint8Array, template: Uint8Array | undefined, options: AdapterOptions): Promise<SamplePicture>;

  /**
   * Replaces the anti-spoofing policy: the default first, then the accounts that have their own. WBF: SetAccountPolicy.
   */
  setAccountPolicy?(policies: readonly AccountPolicy[]): void | Promise<void>;

  /** Runs a vendor command. Rejects with E_INVALIDARG when the code is unknown. */
  control(request: ControlRequest, options: AdapterOptions): Promise<ControlOutcome>;

  /** Closes the engine; idempotent. Rejects with the fault that kept something from being released. */
  close(): Promise<void>;
}
