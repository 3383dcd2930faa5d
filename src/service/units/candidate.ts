/** Whoever may receive the next sample of a unit. WBF: workflows B2a. */

import type { CaptureOutcome } from '../../adapters/sensor-adapter.ts';
import type { HRESULT } from '../../core/hresult.ts';
import type { UnitId } from '../../core/identifiers.ts';
import type { OperationKind, OperationRequest } from '../../core/operation-request.ts';
import type { ClientProcess } from '../access/principal.ts';
import type { Outcome } from '../outcome.ts';

/** What the candidate is: an operation, the capture of an enrollment, or a monitor of unclaimed samples. */
export type CandidateRole = 'operation' | 'enrollment' | 'monitor';

/** What became of a capture: whose it was, and how that ended. */
export interface SampleUse {
  readonly request: OperationRequest;
  readonly outcome: Outcome;
}

export interface Candidate {
  /** The operation that waits. */
  readonly kind: OperationKind;
  readonly role: CandidateRole;
  /** The session it belongs to, as an identity only. */
  readonly session: object;
  readonly process: ClientProcess;
  /** The one unit it may use; any unit of its pool when absent. */
  readonly unitId?: UnitId;
  /** `WINBIO_PURPOSE_*` bits. */
  readonly purpose: number;
  /** The sample is for the client, not for the engine. */
  readonly exportsSample?: boolean;
  /** Gets the capture and resolves to what became of it; the unit waits for that. Never rejects. */
  receive(unitId: UnitId, capture: CaptureOutcome): Promise<SampleUse>;
  /** An enrollment on the unit is in the way: ends it with WINBIO_E_ENROLLMENT_IN_PROGRESS. */
  refuse(unitId: UnitId): void;
  /** Ends it without a sample. */
  fail(hresult: HRESULT, unitId: UnitId): void;
}
