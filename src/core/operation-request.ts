/** What a client can ask of a session or framework connection, one shape per operation. Runs anywhere. */

import type { BiometricFactor, DatabaseId, SubFactor, UnitId } from './identifiers.ts';
import type { Identity } from './identity.ts';

/** Which kind of handle: calls block, calls are notified, or framework-wide. WBF: sessions 1. */
export type HandleKind = 'synchronous' | 'asynchronous' | 'framework';

/** The database of a session: one of the documented selectors, or the GUID of an installed database. */
export type DatabaseSelector =
  | { readonly selector: 'default' | 'bootstrap' | 'onchip' }
  | { readonly databaseId: DatabaseId };

/** Arguments of an open, as the reference pages order them. */
export interface OpenSessionRequest {
  readonly kind: 'open-session';
  readonly handleKind: 'synchronous' | 'asynchronous';
  readonly factor: BiometricFactor;
  readonly poolType: number;
  readonly flags: number;
  readonly units: readonly UnitId[] | null;
  readonly unitCount: number;
  readonly database: DatabaseSelector | null;
}

export interface OpenFrameworkRequest {
  readonly kind: 'open-framework';
}

/** Captures one sample for export. */
export interface CaptureSampleRequest {
  readonly kind: 'capture-sample';
  readonly purpose: number;
  readonly flags: number;
}
export interface IdentifyRequest {
  readonly kind: 'identify';
}
export interface VerifyRequest {
  readonly kind: 'verify';
  readonly identity: Identity;
  readonly subFactor: SubFactor;
}
export interface LocateSensorRequest {
  readonly kind: 'locate-sensor';
}
export interface EnrollBeginRequest {
  readonly kind: 'enroll-begin';
  readonly subFactor: SubFactor;
  readonly unitId: UnitId;
}
export interface EnrollSelectRequest {
  readonly kind: 'enroll-select';
  readonly selector: bigint;
}
export interface EnrollCaptureRequest {
  readonly kind: 'enroll-capture';
}
export interface EnrollCommitRequest {
  readonly kind: 'enroll-commit';
}
export interface EnrollDiscardRequest {
  readonly kind: 'enroll-discard';
}
export interface EnumEnrollmentsRequest {
  readonly kind: 'enum-enrollments';
  readonly unitId: UnitId;
  readonly identity: Identity;
}
export interface DeleteTemplateRequest {
  readonly kind: 'delete-template';
  readonly unitId: UnitId;
  readonly identity: Identity;
  readonly subFactor: SubFactor;
}
export interface GetPropertyRequest {
  readonly kind: 'get-property';
  readonly propertyType: number;
  readonly propertyId: number;
  readonly unitId: UnitId;
  readonly identity: Identity | null;
  readonly subFactor: SubFactor;
}
export interface SetPropertyRequest {
  readonly kind: 'set-property';
  readonly propertyType: number;
  readonly propertyId: number;
  readonly unitId: UnitId;
  readonly identity: Identity;
  readonly subFactor: SubFactor;
  readonly value: Uint8Array;
}
export interface LockUnitRequest {
  readonly kind: 'lock-unit';
  readonly unitId: UnitId;
}
export interface UnlockUnitRequest {
  readonly kind: 'unlock-unit';
  readonly unitId: UnitId;
}
export interface ControlUnitRequest {
  readonly kind: 'control-unit';
  readonly privileged: boolean;
  readonly unitId: UnitId;
  readonly component: number;
  readonly controlCode: number;
  readonly sendBuffer: Uint8Array;
  readonly receiveBufferSize: number;
}
export interface LogonIdentifiedUserRequest {
  readonly kind: 'logon-identified-user';
}
export interface RegisterEventMonitorRequest {
  readonly kind: 'register-event-monitor';
  readonly eventMask: number;
}
export interface UnregisterEventMonitorRequest {
  readonly kind: 'unregister-event-monitor';
}
export interface MonitorPresenceRequest {
  readonly kind: 'monitor-presence';
  readonly unitId: UnitId;
}
/** Looks on while operations of others use samples; no function of WinBio. */
export interface WatchSamplesRequest {
  readonly kind: 'watch-samples';
}
export interface EnumBiometricUnitsRequest {
  readonly kind: 'enum-biometric-units';
  readonly factor: BiometricFactor;
}
export interface EnumDatabasesRequest {
  readonly kind: 'enum-databases';
  readonly factor: BiometricFactor;
}
export interface EnumServiceProvidersRequest {
  readonly kind: 'enum-service-providers';
  readonly factor: BiometricFactor;
}
export interface MonitorFrameworkChangesRequest {
  readonly kind: 'monitor-framework-changes';
  readonly changeTypes: number;
}
export interface CancelRequest {
  readonly kind: 'cancel';
}
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
