/** What operations report: one completion for each accepted operation, and the events of monitors. */

import type { FingerCoverage } from './finger-coverage.ts';
import type { HRESULT } from './hresult.ts';
import type { BiometricFactor, DatabaseId, RejectDetail, SubFactor, UnitId } from './identifiers.ts';
import type { Identity } from './identity.ts';
import type { RecognisedPerson } from './person.ts';
import type { SamplePicture } from './sample-picture.ts';
import type { SampleReport } from './sample-report.ts';

/** A person in front of a unit. WBF: structures 8. */
export interface Presence {
  /** What was recognized: `WINBIO_TYPE_*`. */
  readonly factor: BiometricFactor;
  /** Which eye, or which kind of face image. */
  readonly subFactor: SubFactor;
  /** Outcome of the last identification of this person. */
  readonly status: HRESULT;
  /** Why the last sample was rejected; 0 when it was not. */
  readonly rejectDetail: RejectDetail;
  /** Account of the person; the null identity while unknown. */
  readonly identity: Identity;
  /** Number of the person while in view; not reused within a monitor. */
  readonly trackingId: number;
  /** Where the person is in the frame. */
  readonly boundingBox: BoundingBox;
}

/** Where a person is in the frame, pixels from its upper left corner. */
export interface BoundingBox {
  /** Left edge. */
  readonly left: number;
  /** Upper edge. */
  readonly top: number;
  /** Right edge. */
  readonly right: number;
  /** Lower edge. */
  readonly bottom: number;
}

/** A biometric unit: one sensor with its engine and database. WBF: structures 4.1. */
export interface UnitDescription {
  /** Number that names the unit while the service runs. */
  readonly unitId: UnitId;
  /** Name of its reader in the configuration, the same each time it is attached. */
  readonly name: string;
  /** Name to show; that of the reader when nobody gave one. */
  readonly title: string;
  /** Where it is; empty when nobody said. */
  readonly place: string;
  /** Pool it is in now: `WINBIO_POOL_*`. */
  readonly poolType: number;
  /** What it captures: one `WINBIO_TYPE_*`. */
  readonly factor: BiometricFactor;
  /** Kind of sensor: `WINBIO_FP_SENSOR_SUBTYPE_*`. */
  readonly subType: number;
  /** What it can do: a mask of `WINBIO_CAPABILITY_*`. */
  readonly capabilities: number;
  /** Names the device, the same each time it is attached. */
  readonly deviceInstanceId: string;
  /** Name to show to a person. */
  readonly description: string;
  /** Manufacturer of the device. */
  readonly manufacturer: string;
  /** Model of the device. */
  readonly model: string;
  /** Serial number; empty when the device does not tell. */
  readonly serialNumber: string;
  /** Version of its firmware; 0.0 when the device does not tell. */
  readonly firmwareVersion: {
    /** Major number. */
    readonly major: number;
    /** Minor number. */
    readonly minor: number;
  };
}

/** An installed template database. WBF: structures 4.3. */
export interface DatabaseDescription {
  /** What its templates are of: one `WINBIO_TYPE_*`. */
  readonly factor: BiometricFactor;
  /** GUID that names the database. */
  readonly databaseId: DatabaseId;
  /** GUID of the format of its templates. */
  readonly dataFormat: string;
  /** A `WINBIO_DATABASE_TYPE_*`, with `WINBIO_DATABASE_FLAG_*`. */
  readonly attributes: number;
  /** Path of its file, told to administrators; empty for others, and when it is not kept in one. */
  readonly filePath: string;
  /** Connection string of a database that is not a file, told to administrators; empty otherwise. */
  readonly connectionString: string;
}

/** A service provider: what serves one biometric factor. WBF: structures 4.2. */
export interface ProviderDescription {
  /** What it serves: one `WINBIO_TYPE_*`. */
  readonly factor: BiometricFactor;
  /** GUID that names the provider. */
  readonly providerId: string;
  /** Name to show to a person. */
  readonly description: string;
  /** Its vendor. */
  readonly vendor: string;
  /** Its version. */
  readonly version: {
    /** Major number. */
    readonly major: number;
    /** Minor number. */
    readonly minor: number;
  };
}

/** A sample that no operation asked for. WBF: structures 5. */
export interface UnclaimedEvent {
  /** `WINBIO_EVENT_FP_UNCLAIMED`, `WINBIO_EVENT_FP_UNCLAIMED_IDENTIFY` or `WINBIO_EVENT_ERROR`. */
  readonly type: number;
  /** Unit the sample came from. */
  readonly unitId: UnitId;
  /** Owner that was found; the null identity when none was, or none was looked for. */
  readonly identity: Identity;
  /** Finger that was found; 0 when none was. */
  readonly subFactor: SubFactor;
  /** Why the sample was rejected; 0 when it was not. */
  readonly rejectDetail: RejectDetail;
  /** Why the monitor failed, with `WINBIO_EVENT_ERROR`; S_OK otherwise. */
  readonly errorCode: HRESULT;
}

/**
 * Values an operation can report besides its code. A field is absent when its operation does not report it, or when it
 * has the documented empty value (zero, false, null identity, empty list), which receivers fill in.
 */
export interface OperationValues {
  /** Why the sample was rejected. */
  readonly rejectDetail?: RejectDetail;
  /** A captured sample: the bytes of a BIR. */
  readonly sample?: Uint8Array;
  /** Whether the sample matches the claimed identity. */
  readonly match?: boolean;
  /** Owner that was found, or under whom the template is stored. */
  readonly identity?: Identity;
  /** Finger that was found. */
  readonly subFactor?: SubFactor;
  /** Who that is, when the directory knows. */
  readonly person?: RecognisedPerson;
  /** Fingers that are enrolled, ascending. */
  readonly subFactors?: readonly SubFactor[];
  /** Whether a commit stored a template; false when it was there already. */
  readonly isNewTemplate?: boolean;
  /** Comparison score that decided: -log10 of the false match rate. */
  readonly score?: number;
  /** Threshold that score had to reach. */
  readonly threshold?: number;
  /** How far the enrollment is, 0..100. */
  readonly percentComplete?: number;
  /** The part of the finger the enrollment has seen, when the engine keeps track. */
  readonly coverage?: FingerCoverage;
  /** Quality of the sample, and advice. */
  readonly report?: SampleReport;
  /** Value of a property, in its documented layout. */
  readonly property?: Uint8Array;
  /** What an adapter answered to a vendor command. */
  readonly received?: Uint8Array;
  /** Vendor status of a command. */
  readonly operationStatus?: number;
  /** Units of an enumeration. */
  readonly units?: readonly UnitDescription[];
  /** Databases of an enumeration. */
  readonly databases?: readonly DatabaseDescription[];
  /** Service providers of an enumeration. */
  readonly providers?: readonly ProviderDescription[];
  /** Value of a setting and where it comes from: `WINBIO_SETTING_SOURCE_*`. */
  readonly setting?: { readonly value: boolean; readonly source: number };
  /** Factors an account has templates of: a mask of `WINBIO_TYPE_*`. */
  readonly factors?: BiometricFactor;
  /** `WINBIO_CREDENTIAL_SET` or `WINBIO_CREDENTIAL_NOT_SET`. */
  readonly credentialState?: number;
}

/** How an operation ended: exactly one for each accepted operation. */
export interface Completion {
  /** Its result code. */
  readonly hresult: HRESULT;
  /** Number within its handle, from 1; 0 when the call was refused. */
  readonly sequence: number;
  /** When the operation began, milliseconds since 1970. */
  readonly startedAtMs: number;
  /** Unit that did the work; 0 when none did. */
  readonly unitId: UnitId;
  /** What it reports besides the code. */
  readonly values: OperationValues;
  /** Code of what is behind a failure with a more general one: of a database that leaves a pool without units. */
  readonly reason?: HRESULT;
  /** English text for a person, when a failure has more to say than its code; may change between versions. */
  readonly message?: string;
}

/** A sample that an operation of any session used, as `Session.watchSamples` shows it. */
export interface WatchedSample {
  /** Unit the sample came from. */
  readonly unitId: UnitId;
  /** Operation that used it, such as `identify`. */
  readonly operation: string;
  /** How the operation ended. */
  readonly hresult: HRESULT;
  /** What the operation reported, an exported sample excepted. */
  readonly values: OperationValues;
  /** Absent when the sensor rejected the capture or is secure, or the engine cannot show its work. */
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
  | {
      readonly kind: 'unit-status';
      readonly unitId: UnitId;
      /** `WINBIO_SENSOR_*`. */
      readonly availability: number;
      /** Why the unit cannot be used; 0 when it can. */
      readonly reasonCode: HRESULT;
    }
  | { readonly kind: 'sample'; readonly sample: WatchedSample }
  | { readonly kind: 'ended'; readonly hresult: HRESULT };
