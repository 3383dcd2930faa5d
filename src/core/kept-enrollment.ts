/** Enrollments that the service keeps: a page may be reloaded, a reader unplugged, and no touch is lost. */

import type { FingerCoverage } from './finger-coverage.ts';
import type { HRESULT } from './hresult.ts';
import type { DatabaseId, RejectDetail, SubFactor, UnitId } from './identifiers.ts';
import type { OwnerIdentity } from './identity.ts';
import type { SampleReport } from './sample-report.ts';

/** What is enrolled, and where. */
export interface NewEnrollment {
  /** Whose finger: a person of the directory. */
  readonly identity: OwnerIdentity;
  /** Which finger. */
  readonly subFactor: SubFactor;
  /** Reader to touch, by its name. Default: the first that is plugged in, readers for desks before others. */
  readonly reader?: string;
  /** Database of a private pool. Default: that of the system pool. */
  readonly databaseId?: DatabaseId;
}

/** What one touch did. */
export interface EnrollmentTouch {
  /** Counts touches of this enrollment, from 1. */
  readonly number: number;
  /** `used`: the template grew. `rejected`: it did not. */
  readonly kind: 'used' | 'rejected';
  /** Why it was rejected: `WINBIO_FP_*`. */
  readonly rejectDetail?: RejectDetail;
  /** Quality of the sample, and advice. */
  readonly report?: SampleReport;
}

/**
 * How an enrollment is. `waiting`: its reader is unplugged or somebody else's turn. `touch`: for a finger. `complete`: it
 * can be saved. `duplicate`: saving found the finger under somebody else, or as another finger. `saved`, `ended`: over.
 */
export type KeptEnrollmentStage = 'waiting' | 'touch' | 'complete' | 'duplicate' | 'saved' | 'ended';

/** An enrollment that the service keeps for ten minutes after it was last asked about. */
export interface KeptEnrollment extends NewEnrollment {
  /** Names it: who has the token goes on with it. */
  readonly token: string;
  /** Counts changes; asked with the next question. */
  readonly number: number;
  /** Name of the person. */
  readonly name: string;
  /** Reader that is touched. */
  readonly reader: string;
  /** Database that the template goes to. */
  readonly databaseId: DatabaseId;
  /** How it is. */
  readonly stage: KeptEnrollmentStage;
  /** Unit of the reader now; absent while it is unplugged. */
  readonly unitId?: UnitId;
  /** 0 to 100. */
  readonly percentComplete: number;
  /** The part of the finger that was seen; absent when the engine does not keep track. */
  readonly coverage?: FingerCoverage;
  /** What the last touch did; absent before the first. */
  readonly lastTouch?: EnrollmentTouch;
  /** Who has the finger, in stage `duplicate`. */
  readonly duplicate?: {
    /** Whose. */
    readonly identity: OwnerIdentity;
    /** Name; empty for an identity that is in no directory. */
    readonly name: string;
    /** Which finger. */
    readonly subFactor: SubFactor;
  };
  /** Why it ended or waits, as a result code; absent when there is nothing to say. */
  readonly reason?: HRESULT;
}
