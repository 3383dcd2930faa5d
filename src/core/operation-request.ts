/** The requests that sessions and framework connections take, one shape for each operation. */

import type { BiometricFactor, DatabaseId, SubFactor, UnitId } from './identifiers.ts';
import type { Identity, OwnerIdentity } from './identity.ts';
import type { ReaderReference } from './named-readers.ts';

/**
 * Kind of a handle: a session whose calls wait, a session whose calls are notified, or a framework connection.
 * WBF: sessions 1.
 */
export type HandleKind = 'synchronous' | 'asynchronous' | 'framework';

/** The database of a session: a documented selector, or the GUID of an installed database. */
export type DatabaseSelector =
  | { readonly selector: 'default' | 'bootstrap' | 'onchip' }
  | { readonly databaseId: DatabaseId };

/** Opens a session; arguments in the documented order. WBF: sessions 2 and 3. */
export interface OpenSessionRequest {
  readonly kind: 'open-session';
  readonly handleKind: 'synchronous' | 'asynchronous';
  readonly factor: BiometricFactor;
  readonly poolType: number;
  readonly flags: number;
  readonly units: readonly UnitId[] | null;
  readonly unitCount: number;
  readonly database: DatabaseSelector | null;
  /** Readers of the system pool that the session is confined to. Default: all. No argument of WinBio. */
  readonly readers?: readonly ReaderReference[];
}

/** Opens a framework connection. WBF: framework 2. */
export interface OpenFrameworkRequest {
  readonly kind: 'open-framework';
}

/** Captures a sample and exports it. WBF: operations 1.1. */
export interface CaptureSampleRequest {
  readonly kind: 'capture-sample';
  readonly purpose: number;
  readonly flags: number;
}

/** Captures a sample and searches it. WBF: operations 1.3. */
export interface IdentifyRequest {
  readonly kind: 'identify';
}

/** Captures a sample and compares it with the templates of one identity. WBF: operations 1.5. */
export interface VerifyRequest {
  readonly kind: 'verify';
  readonly identity: Identity;
  readonly subFactor: SubFactor;
}

/** Waits until a sensor is touched. WBF: operations 1.7. */
export interface LocateSensorRequest {
  readonly kind: 'locate-sensor';
}

/** Opens an empty template on a unit. WBF: operations 2.1. */
export interface EnrollBeginRequest {
  readonly kind: 'enroll-begin';
  readonly subFactor: SubFactor;
  readonly unitId: UnitId;
}

/** Picks one of several people in view. WBF: operations 2.2. */
export interface EnrollSelectRequest {
  readonly kind: 'enroll-select';
  readonly selector: bigint;
}

/** Captures a sample and adds it to the template. WBF: operations 2.3. */
export interface EnrollCaptureRequest {
  readonly kind: 'enroll-capture';
}

/** Stores the template. WBF: operations 2.5. */
export interface EnrollCommitRequest {
  readonly kind: 'enroll-commit';
  /** Whose the template is. Default: the account of the session, or a new GUID in a private pool. No argument of WinBio. */
  readonly owner?: OwnerIdentity;
}

/** Ends the enrollment without storing. WBF: operations 2.6. */
export interface EnrollDiscardRequest {
  readonly kind: 'enroll-discard';
}

/** Lists the enrolled fingers of an identity. WBF: operations 3.1. */
export interface EnumEnrollmentsRequest {
  readonly kind: 'enum-enrollments';
  readonly unitId: UnitId;
  readonly identity: Identity;
}

/** Deletes templates. WBF: operations 3.2. */
export interface DeleteTemplateRequest {
  readonly kind: 'delete-template';
  readonly unitId: UnitId;
  readonly identity: Identity;
  readonly subFactor: SubFactor;
}

/** Reads a property. WBF: operations 4.1. */
export interface GetPropertyRequest {
  readonly kind: 'get-property';
  readonly propertyType: number;
  readonly propertyId: number;
  readonly unitId: UnitId;
  readonly identity: Identity | null;
  readonly subFactor: SubFactor;
}

/** Writes a property. WBF: operations 4.2. */
export interface SetPropertyRequest {
  readonly kind: 'set-property';
  readonly propertyType: number;
  readonly propertyId: number;
  readonly unitId: UnitId;
  readonly identity: Identity;
  readonly subFactor: SubFactor;
  readonly value: Uint8Array;
}

/** Takes exclusive use of a unit. WBF: operations 5.1. */
export interface LockUnitRequest {
  readonly kind: 'lock-unit';
  readonly unitId: UnitId;
}

/** Releases the lock. WBF: operations 5.2. */
export interface UnlockUnitRequest {
  readonly kind: 'unlock-unit';
  readonly unitId: UnitId;
}

/** Sends a vendor command to an adapter. WBF: operations 5.3 and 5.4. */
export interface ControlUnitRequest {
  readonly kind: 'control-unit';
  readonly privileged: boolean;
  readonly unitId: UnitId;
  readonly component: number;
  readonly controlCode: number;
  readonly sendBuffer: Uint8Array;
  readonly receiveBufferSize: number;
}

/** Switches to the account identified last. WBF: operations 9. */
export interface LogonIdentifiedUserRequest {
  readonly kind: 'logon-identified-user';
}

/** Reports samples that no operation asked for. WBF: operations 6.1. */
export interface RegisterEventMonitorRequest {
  readonly kind: 'register-event-monitor';
  readonly eventMask: number;
}

/** Ends the event monitor. WBF: operations 6.2. */
export interface UnregisterEventMonitorRequest {
  readonly kind: 'unregister-event-monitor';
}

/** Reports the people in front of a unit. WBF: operations 7. */
export interface MonitorPresenceRequest {
  readonly kind: 'monitor-presence';
  readonly unitId: UnitId;
}
/** Shows the samples that operations on the pool use. Not a function of WinBio. */
export interface WatchSamplesRequest {
  readonly kind: 'watch-samples';
}

/** Lists units. WBF: framework 3. */
export interface EnumBiometricUnitsRequest {
  readonly kind: 'enum-biometric-units';
  readonly factor: BiometricFactor;
}

/** Lists databases. WBF: framework 3. */
export interface EnumDatabasesRequest {
  readonly kind: 'enum-databases';
  readonly factor: BiometricFactor;
}

/** Lists service providers. WBF: framework 3. */
export interface EnumServiceProvidersRequest {
  readonly kind: 'enum-service-providers';
  readonly factor: BiometricFactor;
}

/** Reports units that are attached and detached. WBF: framework 5. */
export interface MonitorFrameworkChangesRequest {
  readonly kind: 'monitor-framework-changes';
  readonly changeTypes: number;
}

/** Cancels everything pending on the handle. WBF: sessions 6. */
export interface CancelRequest {
  readonly kind: 'cancel';
}

/** Closes the handle. WBF: sessions 5, framework 6. */
export interface CloseRequest {
  readonly kind: 'close';
}

/** Any operation on an open handle. */
export type OperationRequest =
  | CaptureSampleRequest
  | IdentifyRequest
  | VerifyRequest
  | LocateSensorRequest
  | EnrollBeginRequest
  | EnrollSelectRequest
  | EnrollCaptureRequest
  | EnrollCommitRequest
  | EnrollDiscardRequest
  | EnumEnrollmentsRequest
  | DeleteTemplateRequest
  | GetPropertyRequest
  | SetPropertyRequest
  | LockUnitRequest
  | UnlockUnitRequest
  | ControlUnitRequest
  | LogonIdentifiedUserRequest
  | RegisterEventMonitorRequest
  | UnregisterEventMonitorRequest
  | MonitorPresenceRequest
  | WatchSamplesRequest
  | EnumBiometricUnitsRequest
  | EnumDatabasesRequest
  | EnumServiceProvidersRequest
  | MonitorFrameworkChangesRequest
  | CancelRequest
  | CloseRequest;

/** Name of an operation. */
export type OperationKind = OperationRequest['kind'];

/** The request of one operation. */
export type RequestOf<K extends OperationKind> = Extract<OperationRequest, { readonly kind: K }>;
