/** The audit: every change of what is stored, and every sample that leaves the service. */

import type { HRESULT } from '../../core/hresult.ts';
import type { DatabaseId, SubFactor, UnitId } from '../../core/identifiers.ts';
import { type Identity, identityKey } from '../../core/identity.ts';
import type { OperationKind, OperationRequest, RequestOf } from '../../core/operation-request.ts';
import type { OperationValues } from '../../core/operation-result.ts';
import type { ServiceCall } from '../../core/service-call.ts';
import type { Principal } from './principal.ts';

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
  /** How many templates. */
  readonly count?: number;
}

/** Keeps the audit. Resolves when the record is durable. */
export type Audit = (record: AuditRecord) => Promise<void>;

/** Keeps no record. */
export const NO_AUDIT: Audit = async () => {};

/** What an operation adds to its record; undefined when it changed nothing and exported nothing. */
type Addition<K extends OperationKind> = (
  request: RequestOf<K>,
  values: OperationValues,
) => Partial<AuditRecord> | undefined;

const noAddition = () => ({});

/** Operations that change what is stored or export a sample; null for all others. */
const AUDITED: { readonly [K in OperationKind]: Addition<K> | null } = {
  'capture-sample': noAddition,
  identify: null,
  verify: null,
  'locate-sensor': null,
  'enroll-begin': null,
  'enroll-select': null,
  'enroll-capture': null,
  'enroll-commit': (_, { isNewTemplate, identity }) =>
    isNewTemplate === true ? { ...(identity && owner(identity)) } : undefined,
  'enroll-discard': null,
  'enum-enrollments': null,
  'delete-template': ({ identity, subFactor }) => ({ ...owner(identity), subFactor }),
  'get-property': null,
  'set-property': ({ identity }) => owner(identity),
  'lock-unit': null,
  'unlock-unit': null,
  'control-unit': noAddition,
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
};

/** True for operations that may need a record. */
export function isAudited(kind: OperationKind): boolean {
  return AUDITED[kind] !== null;
}

/** The record of an operation; undefined when it needs none. */
export function auditRecord(
  request: OperationRequest,
  principal: Principal,
  outcome: { readonly hresult: HRESULT; readonly unitId: UnitId; readonly values: OperationValues },
): AuditRecord | undefined {
  const { hresult, unitId, values } = outcome;
  if (hresult !== 0) return undefined;
  const addition = (AUDITED[request.kind] as Addition<OperationKind> | null)?.(request, values);
  return addition && { action: request.kind, sid: principal.sid, hresult, unitId, ...addition };
}

/** The record of a call that changes credentials; undefined for other calls. */
export function callRecord(call: ServiceCall, principal: Principal): AuditRecord | undefined {
  const record = { action: call.kind, sid: principal.sid, hresult: 0 };
  switch (call.kind) {
    case 'set-credential':
    case 'remove-all-credentials':
      return record;
    case 'remove-credential':
      return { ...record, ...owner(call.identity) };
    default:
      return undefined;
  }
}

function owner(identity: Identity): { readonly owner: string } {
  return { owner: identityKey(identity) };
}
