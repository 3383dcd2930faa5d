/** What the waiting calls of a session answer: outcomes are values, faults are thrown. Runs anywhere. */

import type { RejectDetail, SubFactor, UnitId } from '../core/identifiers.ts';
import type { OwnerIdentity } from '../core/identity.ts';

/** A sample could not be used; {@link detail} says why, `fingerprintRejectDetail(detail)` says it in words. */
export interface Rejected {
  readonly kind: 'rejected';
  readonly detail: RejectDetail;
  readonly unitId: UnitId;
}

/** Answer of an identification. */
export type IdentifyOutcome =
  | {
      readonly kind: 'identified';
      readonly identity: OwnerIdentity;
      readonly subFactor: SubFactor;
      /** -log10 of the false match rate at this score. */
      readonly score: number;
      readonly unitId: UnitId;
    }
  | { readonly kind: 'unknown-identity'; readonly unitId: UnitId }
  | Rejected;

/** Answer of a verification. */
export type VerifyOutcome =
  | { readonly kind: 'match'; readonly score: number; readonly unitId: UnitId }
  | { readonly kind: 'non-match'; readonly score: number; readonly unitId: UnitId }
  | Rejected;

/** Answer of a capture for export: the bytes of a BIR. */
export type CaptureOutcome =
  | { readonly kind: 'captured'; readonly sample: Uint8Array; readonly unitId: UnitId }
  | Rejected;

/** One capture of an enrollment. */
export type EnrollmentStep =
  /** The sample was used and more are needed. */
  | { readonly kind: 'more-needed'; readonly percentComplete: number }
  /** The template is complete and may be committed. */
  | { readonly kind: 'sufficient'; readonly percentComplete: number }
  /** The sample was not used; the enrollment is as it was. */
  | { readonly kind: 'rejected'; readonly detail: RejectDetail; readonly percentComplete: number };

/** Answer of a commit. */
export type CommitOutcome =
  | { readonly kind: 'stored'; readonly identity: OwnerIdentity }
  /** The same finger of the same owner is enrolled already; nothing was written. */
  | { readonly kind: 'already-enrolled'; readonly identity: OwnerIdentity }
  /** The finger is enrolled for somebody else or as another finger; the enrollment stays open. */
  | { readonly kind: 'duplicate'; readonly identity: OwnerIdentity };
