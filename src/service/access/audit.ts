/** The audit: every change of what is stored, and every sample that leaves the service. */

import type { HRESULT } from '../../core/hresult.ts';
import type { DatabaseId, SubFactor, UnitId } from '../../core/identifiers.ts';
import { type Identity, identityKey } from '../../core/identity.ts';
import type { OperationKind } from '../../core/operation-request.ts';

/** One record of the audit. It names people and fingers, and holds no biometric data. */
export interface AuditRecord {
  /** The operation or call. */
  readonly action: string;
  /** Account that requested it. */
  readonly sid: string;
  readonly hresult: HRESULT;
  readonly unitId?: UnitId;
  /** Owner of the template or setting. */
  readonly owner?: string;
  readonly subFactor?: SubFactor;
  /** Database that several templates came into. */
  readonly databaseId?: DatabaseId;
  /** How many templates, people or lines. */
  readonly count?: number;
  /** Number of a line of the journal. */
  readonly line?: number;
}

/** Keeps the audit. Resolves when the record is durable. */
export type Audit = (record: AuditRecord) => Promise<void>;

/** Keeps no record. */
export const NO_AUDIT: Audit = async () => {};

/**
 * When an operation has its line: before it changes what is stored, after it took a sample that is about to leave, or
 * never.
 */
const AUDITED = {
  'capture-sample': 'after',
  identify: null,
  verify: null,
  'locate-sensor': null,
  'enroll-begin': null,
  'enroll-select': null,
  'enroll-capture': null,
  'enroll-commit': 'before',
  'enroll-discard': null,
  'enum-enrollments': null,
  'delete-template': 'before',
  'get-property': null,
  'set-property': 'before',
  'lock-unit': null,
  'unlock-unit': null,
  'control-unit': 'before',
  'logon-identified-user': null,
  'register-event-monitor': null,
  'unregister-event-monitor': null,
  'monitor-presence': null,
  // Each watched sample has a record of its own.
  'watch-samples': null,
  'enum-biometric-units': null,
  'enum-databases': null,
  'enum-service-providers': null,
  'monitor-framework-changes': null,
  cancel: null,
  close: null,
} as const satisfies Record<OperationKind, 'before' | 'after' | null>;

type AuditedOperation = {
  [K in OperationKind]: (typeof AUDITED)[K] extends 'before' ? K : never;
}[OperationKind];
type CredentialCall = 'set-credential' | 'remove-credential' | 'remove-all-credentials';

/** What changes something that outlives its caller: operations, calls, and templates that learn. */
export type ChangeKind = AuditedOperation | CredentialCall | 'update-template';

/** True for operations whose result leaves only once it is recorded. */
export function isRecordedAfterwards(kind: OperationKind): boolean {
  return AUDITED[kind] === 'after';
}

/** How a record names the owner of something. */
export function ownerOf(identity: Identity): { readonly owner: string } {
  return { owner: identityKey(identity) };
}
