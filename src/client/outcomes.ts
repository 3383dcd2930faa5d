/** What the waiting calls of a session answer. Outcomes are values; faults are thrown. */

import type { FingerCoverage } from '../core/finger-coverage.ts';
import type { RejectDetail, SubFactor, UnitId } from '../core/identifiers.ts';
import type { OwnerIdentity } from '../core/identity.ts';
import type { InvalidReason, RecognisedPerson } from '../core/person.ts';
import type { Reported } from '../core/report-of.ts';

/** The sample could not be used. `fingerprintRejectDetail(detail)` says in words why, and what to do. */
export interface Rejected extends Reported {
  /** Tells the outcomes apart. */
  readonly kind: 'rejected';
  /** Why: `WINBIO_FP_*` for fingerprints. */
  readonly detail: RejectDetail;
  /** Unit that captured. */
  readonly unitId: UnitId;
}

/** The comparison of a sample with a reference. */
interface Compared extends Reported {
  /**
   * Comparison score: -log10 of the false match rate. Exact for administrators and for applications that embed the
   * service; absent for other accounts, or in whole steps above the threshold where policy allows it.
   */
  readonly score?: number;
  /** Score needed for a match; absent when the engine or the service does not tell. */
  readonly threshold?: number;
  /** Unit that captured. */
  readonly unitId: UnitId;
}

/** The sample matches an enrolled finger. */
export interface Identified extends Compared {
  /** Tells the outcomes apart. */
  readonly kind: 'identified';
  /** Owner of the matching template. */
  readonly identity: OwnerIdentity;
  /** Which finger it is. */
  readonly subFactor: SubFactor;
  /** Who that is; absent when the directory of the service does not know. */
  readonly person?: RecognisedPerson;
}

/** The sample matches a finger of a person who does not count now, or not here. */
export interface NotValid extends Compared {
  /** Tells the outcomes apart. */
  readonly kind: 'not-valid';
  /** Owner of the matching template. */
  readonly identity: OwnerIdentity;
  /** Which finger it is; of a verification, the one that was claimed. */
  readonly subFactor: SubFactor;
  /** Who that is. */
  readonly person: RecognisedPerson;
  /** Why the person does not count. */
  readonly reason: InvalidReason;
}

/** The sample is good and matches no enrolled finger. */
export interface UnknownIdentity extends Reported {
  /** Tells the outcomes apart. */
  readonly kind: 'unknown-identity';
  /** Unit that captured. */
  readonly unitId: UnitId;
}

/** Outcome of an identification. */
export type IdentifyOutcome = Identified | NotValid | UnknownIdentity | Rejected;

/** The sample was compared with the claimed identity. */
export interface Verified extends Compared {
  /** `match`: the finger is the claimed one. `non-match`: it is not, or none is enrolled. */
  readonly kind: 'match' | 'non-match';
  /** Who was claimed, of a `match`; absent when the directory of the service does not know. */
  readonly person?: RecognisedPerson;
}

/** Outcome of a verification. */
export type VerifyOutcome = Verified | NotValid | Rejected;

/** A sample captured for export. */
interface Captured {
  /** Tells the outcomes apart. */
  readonly kind: 'captured';
  /** The bytes of a BIR; `whorl/formats` reads them. */
  readonly sample: Uint8Array;
  /** Unit that captured. */
  readonly unitId: UnitId;
}

/** Outcome of a capture for export. */
export type CaptureOutcome = Captured | Rejected;

/** How far an enrollment is. */
interface Progress extends Reported {
  /** 0..100; it never falls. 100: the template can be committed. */
  readonly percentComplete: number;
  /** The part of the finger seen so far; absent when the engine does not keep track. */
  readonly coverage?: FingerCoverage;
}

/** Outcome of one capture of an enrollment. */
export type EnrollmentStep =
  | (Progress & {
      /** The sample was used: more are needed, or the template can be committed. */
      readonly kind: 'more-needed' | 'sufficient';
    })
  | (Progress & {
      /** The sample was not used; the template is as it was. */
      readonly kind: 'rejected';
      /** Why: `WINBIO_FP_*` for fingerprints. */
      readonly detail: RejectDetail;
    });

/** Outcome of a commit. */
export type CommitOutcome =
  | {
      /** The template was stored; the enrollment has ended. */
      readonly kind: 'stored';
      /** Its owner. */
      readonly identity: OwnerIdentity;
    }
  | {
      /** The same finger of the same owner is enrolled; nothing was written, and the enrollment has ended. */
      readonly kind: 'already-enrolled';
      /** Owner of the template that is there. */
      readonly identity: OwnerIdentity;
    }
  | {
      /** The finger is enrolled for another owner or as another finger; the enrollment stays open. */
      readonly kind: 'duplicate';
      /** Owner of the template that is there. */
      readonly identity: OwnerIdentity;
      /** Finger of the template that is there. */
      readonly subFactor: SubFactor;
    };
