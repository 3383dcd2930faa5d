/** What operations report: one record per accepted operation, and the events of monitors. Runs anywhere. */

import type { FingerCoverage } from './finger-coverage.ts';
import type { HRESULT } from './hresult.ts';
import type { BiometricFactor, DatabaseId, RejectDetail, SubFactor, UnitId } from './identifiers.ts';
import type { Identity } from './identity.ts';
import type { SamplePicture } from './sample-picture.ts';
import type { SampleReport } from './sample-report.ts';

/** A person in front of a unit. WBF: structures 8. */
export interface Presence {
  readonly factor: BiometricFactor;
  readonly subFactor: SubFactor;
  /** Outcome of the last identification of this person. */
  readonly status: HRESULT;
  readonly rejectDetail: RejectDetail;
  readonly identity: Identity;
  /** Names the person while in view; never reused within a monitor. */
  readonly trackingId: number;
  readonly boundingBox: BoundingBox;
}

/** Where a person is in the frame, pixels. */
export interface BoundingBox {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** A unit as enumerations describe it. WBF: structures 4.1. */
export interface UnitDescription {
  readonly unitId: UnitId;
  readonly poolType: number;
  readonly factor: BiometricFactor;
  readonly subType: number;
  readonly capabilities: number;
  readonly deviceInstanceId: string;
  readonly description: string;
  readonly manufacturer: string;
  readonly model: string;
  readonly serialNumber: string;
  readonly firmwareVersion: { readonly major: number; readonly minor: number };
}

/** A database as enumerations describe it. WBF: structures 4.3. */
export interface DatabaseDescription {
  readonly factor: BiometricFactor;
  readonly databaseId: DatabaseId;
  readonly dataFormat: string;
  readonly attributes: number;
  readonly filePath: string;
  readonly connectionString: string;
}

/** A service provider as enumerations describe it. WBF: structures 4.2. */
export interface ProviderDescription {
  readonly factor: BiometricFactor;
  readonly providerId: string;
  readonly description: string;
  readonly vendor: string;
  readonly version: { readonly major: number; readonly minor: number };
}

/** What a monitor of unclaimed samples saw. WBF: structures 5. */
export interface UnclaimedEvent {
  readonly type: number;
  readonly unitId: UnitId;
  readonly identity: Identity;
  readonly subFactor: SubFactor;
  readonly rejectDetail: RejectDetail;
  readonly errorCode: HRESULT;
}

/**
 * Values an operation can report beside its code. A field is present when its operation reports it and it is not the
 * documented "nothing" (zero, false, null identity, empty list), which receivers fill in.
 */
export interface OperationValues {
  readonly rejectDetail?: RejectDetail;
  readonly sample?: Uint8Array;
  readonly match?: boolean;
  readonly identity?: Identity;
  readonly subFactor?: SubFactor;
  readonly subFactors?: readonly SubFactor[];
  readonly isNewTemplate?: boolean;
  /** -log10 of the false match rate at the comparison score that decided. */
  readonly score?: number;
  /** What that score had to reach. */
  readonly threshold?: number;
  /** 0..100, of an enrollment. */
  readonly percentComplete?: number;
  /** What of the finger an enrollment has seen. */
  readonly coverage?: FingerCoverage;
  /** How good the sample was; never what it shows. */
  readonly report?: SampleReport;
  readonly property?: Uint8Array;
  readonly received?: Uint8Array;
  readonly operationStatus?: number;
  readonly units?: readonly UnitDescription[];
  readonly databases?: readonly DatabaseDescription[];
  readonly providers?: readonly ProviderDescription[];
  readonly setting?: { readonly value: boolean; readonly source: number };
  readonly factors?: BiometricFactor;
  readonly credentialState?: number;
}

/** How an operation ended. */
export interface Completion {
  readonly hresult: HRESULT;
  /** Number within its session; 0 when the call was refused and took none. */
  readonly sequence: number;
  /** When the operation began, milliseconds since 1970. */
  readonly startedAtMs: number;
  /** Unit that did the work; 0 when none did. */
  readonly unitId: UnitId;
  readonly values: OperationValues;
}

/** A sample that somebody else's operation used, for whoever may look on. */
export interface WatchedSample {
  readonly unitId: UnitId;
  /** What it was for: the name of the operation, such as `identify`. */
  readonly operation: string;
  /** How the operation ended. */
  readonly hresult: HRESULT;
  readonly values: OperationValues;
  /** Absent when the engine cannot show its work, or the capture was rejected by the sensor. */
  readonly picture?: SamplePicture;
}

/** One event of a running monitor. The last one says why it ended. */
export type MonitorEvent =
  | { readonly kind: 'unclaimed'; readonly event: UnclaimedEvent }
  | {
      readonly kind: 'presence';
      readonly change: number;
      readonly unitId: UnitId;
      readonly people: readonly Presence[];
    }
  | { readonly kind: 'unit-arrival' | 'unit-removal'; readonly unitId: UnitId }
  | { readonly kind: 'sample'; readonly sample: WatchedSample }
  | { readonly kind: 'ended'; readonly hresult: HRESULT };
