/** What the waiting calls of a session answer: outcomes are values, faults are thrown. */

import type { FingerCoverage } from '../core/finger-coverage.ts';
import type { RejectDetail, SubFactor, UnitId } from '../core/identifiers.ts';
import type { OwnerIdentity } from '../core/identity.ts';
import type { Reported } from '../core/sample-report.ts';

/** A sample could not be used; {@link detail} says why, `fingerprintRejectDetail(detail)` says it in words. */
export interface Rejected extends Reported {
  readonly kind: 'rejected';
  readonly detail: RejectDetail;
  readonly unitId: UnitId;
}

/** How alike a sample and a reference are. */
interface Compared extends Reported {
  /** -log10 of the false match rate at this score. */
  readonly score: number;
  /** What it had to reach, where the engine says. */
  readonly threshold?: number;
  readonly unitId: UnitId;
}

/** Somebody was found. */
export interface Identified extends Compared {
  readonly kind: 'identified';
  readonly identity: OwnerIdentity;
  readonly subFactor: SubFactor;
}

/** Nobody was. */
export interface UnknownIdentity extends Reported {
  readonly kind: 'unknown-identity';
  readonly unitId: UnitId;
}

/** Answer of an identification. */
export type IdentifyOutcome = Identified | UnknownIdentity | Rejected;

/** The finger is the claimed one, or not. */
export interface Verified extends Compared {
  readonly kind: 'match' | 'non-match';
}

/** Answer of a verification. */
export type VerifyOutcome = Verified | Rejected;

/** Answer of a capture for export: the bytes of a BIR. */
export type CaptureOutcome =
  | { readonly kind: 'captured'; readonly sample: Uint8Array; readonly unitId: UnitId }
  | Rejected;

/** How far an enrollment is. */
interface Progress extends Reported {
  readonly percentComplete: number;
  /** What of the finger has been seen, of engines that know. */
  readonly coverage?: FingerCoverage;
}

/** One capture of an enrollment. */
export type EnrollmentStep =
  /** The sample was used; more are needed, or the template is complete and may be committed. */
  | (Progress & { readonly kind: 'more-needed' | 'sufficient' })
  /** The sample was not used; the enrollment is as it was. */
  | (Progress & { readonly kind: 'rejected'; readonly detail: RejectDetail });

/** Answer of a commit. */
export type CommitOutcome =
  | { readonly kind: 'stored'; readonly identity: OwnerIdentity }
  /** The same finger of the same owner is enrolled already; nothing was written. */
  | { readonly kind: 'already-enrolled'; readonly identity: OwnerIdentity }
  /** The finger is enrolled for this owner as this finger; the enrollment stays open. */
  | { readonly kind: 'duplicate'; readonly identity: OwnerIdentity; readonly subFactor: SubFactor };
