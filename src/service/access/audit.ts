/** What the service must be able to account for: every change of what is stored, and every sample that leaves it. */

import type { HRESULT } from '../../core/hresult.ts';
import type { SubFactor, UnitId } from '../../core/identifiers.ts';
import { type Identity, identityKey } from '../../core/identity.ts';
import type { OperationRequest } from '../../core/operation-request.ts';
import type { OperationValues } from '../../core/operation-result.ts';
import type { ServiceCall } from '../../core/service-call.ts';
import type { Principal } from './principal.ts';

/** One line of the account. It names people and fingers, and holds nothing of them. */
export interface AuditRecord {
  /** What was done: the operation, or the call. */
  readonly action: string;
  /** Account that asked for it. */
  readonly sid: string;
  readonly hresult: HRESULT;
  readonly unitId?: UnitId;
  /** Whose template or setting it is. */
  readonly owner?: string;
  readonly subFactor?: SubFactor;
}

/** Keeps the account. Resolves when the record is there to stay. */
export type Audit = (record: AuditRecord) => Promise<void>;

/** Keeps nothing. */
export const NO_AUDIT: Audit = async () => {};

/** The operation as it stands in the account; undefined when it changed nothing and nothing left the service. */
export function auditRecord(
  request: OperationRequest,
  principal: Principal,
  outcome: { readonly hresult: HRESULT; readonly unitId: UnitId; readonly values: OperationValues },
): AuditRecord | undefined {
  const { hresult, unitId, values } = outcome;
  if (hresult !== 0) return undefined;
  const record = { action: request.kind, sid: principal.sid, hresult, unitId };
  switch (request.kind) {
    case 'capture-sample':
    case 'control-unit':
      return record;
    case 'enroll-commit':
      if (values.isNewTemplate !== true) return undefined;
      return { ...record, ...(values.identity && owner(values.identity)) };
    case 'delete-template':
      return { ...record, ...owner(request.identity), subFactor: request.subFactor };
    case 'set-property':
      return { ...record, ...owner(request.identity) };
    default:
      return undefined;
  }
}

/** A call that changes credentials, as it stands in the account. */
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
