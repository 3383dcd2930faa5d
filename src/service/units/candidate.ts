/** What may receive the next sample of a unit. WBF: workflows B2a. */

import type { CaptureOutcome } from '../../adapters/sensor-adapter.ts';
import type { HRESULT } from '../../core/hresult.ts';
import type { SubFactor, UnitId } from '../../core/identifiers.ts';
import type { OwnerIdentity } from '../../core/identity.ts';
import type { NamedUnit } from '../../core/named-readers.ts';
import type { OperationKind, OperationRequest } from '../../core/operation-request.ts';
import type { ClientProcess } from '../access/principal.ts';
import type { Outcome } from '../outcome.ts';

/** What the candidate is: an operation, the capture of an enrollment, or a monitor of unclaimed samples. */
export type CandidateRole = 'operation' | 'enrollment' | 'monitor';

/** How a capture was used: by which request, and with what outcome. */
export interface SampleUse {
  readonly request: OperationRequest;
  readonly outcome: Outcome;
}

/** Whose finger it must be; any of them for WINBIO_SUBTYPE_ANY. */
export interface Claim {
  readonly identity: OwnerIdentity;
  readonly subFactor: SubFactor;
}

/** What a unit needs to know of a session: its identity, and which units it may use. */
export interface CandidateSession {
  /** False for the units of readers that the session did not name. */
  reaches(unit: NamedUnit): boolean;
}

export interface Candidate {
  /** Kind of the waiting operation. */
  readonly kind: OperationKind;
  readonly role: CandidateRole;
  /** The session it belongs to. */
  readonly session: CandidateSession;
  readonly process: ClientProcess;
  /** The only unit it may use. Default: any unit of its pool that its session reaches. */
  readonly unitId?: UnitId;
  /** `WINBIO_PURPOSE_*` bits. */
  readonly purpose: number;
  /** Whose finger a verification expects. */
  readonly claim?: Claim;
  /** The sample goes to the client, not to the engine. */
  readonly exportsSample?: boolean;
  /** Uses the capture; the unit waits until it resolves. Never rejects. */
  receive(unitId: UnitId, capture: CaptureOutcome): Promise<SampleUse>;
  /** Ends it with WINBIO_E_ENROLLMENT_IN_PROGRESS, because the unit is in an enrollment. */
  refuse(unitId: UnitId): void;
  /** Ends it without a sample. */
  fail(hresult: HRESULT, unitId: UnitId): void;
}
