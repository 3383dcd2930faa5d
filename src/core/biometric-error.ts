/**
 * The one error class. Faults (a call that was not carried out) are thrown as a BiometricError; answers such as
 * "no match" are values and never reach this class. Runs anywhere.
 */

import { CODES, type CodeEntry, type CodeName, codeEntry, codeName, REMEDIES, type ResultCode } from './codes.ts';
import { formatHresult, type HRESULT } from './hresult.ts';

const BRAND = Symbol.for('whorl.BiometricError');

/** What a {@link BiometricError} carries beside its code. */
export interface BiometricErrorDetails {
  /** Unit the fault happened on. */
  readonly unitId?: number;
  /** Operation that failed, in words of the reference pages (`identify`, `enroll-commit`). */
  readonly operation?: string;
  /** Reject detail, with WINBIO_E_BAD_CAPTURE only. */
  readonly rejectDetail?: number;
  /** Where making a connection, or keeping it, failed. */
  readonly stage?: ConnectionStage;
  /** What caused it. */
  readonly cause?: unknown;
}

/**
 * Stages of a connection, in their order: reaching the service, being let in, speaking the same version, sending what
 * it understands.
 */
export type ConnectionStage = 'reach' | 'authorize' | 'version' | 'request';

/** A {@link BiometricError} as plain data, for workers and sockets. */
export interface SerializedBiometricError extends BiometricErrorDetails {
  readonly hresult: HRESULT;
  readonly message: string;
}

/** A fault with a stable code. Test it with {@link isBiometricError}, never with instanceof. */
export class BiometricError extends Error {
  readonly [BRAND] = true;
  readonly hresult: HRESULT;
  readonly code: ResultCode;
  readonly unitId: number | undefined;
  readonly operation: string | undefined;
  readonly rejectDetail: number | undefined;
  readonly stage: ConnectionStage | undefined;

  constructor(code: CodeName | HRESULT, message?: string, details: BiometricErrorDetails = {}) {
    const hresult = typeof code === 'number' ? code >>> 0 : CODES[code].hresult;
    const entry: CodeEntry | undefined = codeEntry(hresult);
    super(message ?? entry?.meaning ?? `failed with ${formatHresult(hresult)}`, { cause: details.cause });
    this.hresult = hresult;
    this.code = codeName(hresult);
    this.name = entry?.kind === 'aborted' ? 'AbortError' : 'BiometricError';
    this.unitId = details.unitId;
    this.operation = details.operation;
    this.rejectDetail = details.rejectDetail;
    this.stage = details.stage;
  }

  /** What a person can do about it. */
  get remedy(): string {
    return REMEDIES[codeEntry(this.hresult)?.remedy ?? 'report'];
  }

  /** Plain data that {@link deserializeError} turns back into an equal error; the cause is reduced to its text. */
  serialize(): SerializedBiometricError {
    return {
      hresult: this.hresult,
      message: this.message,
      ...(this.unitId !== undefined && { unitId: this.unitId }),
      ...(this.operation !== undefined && { operation: this.operation }),
      ...(this.rejectDetail !== undefined && { rejectDetail: this.rejectDetail }),
      ...(this.stage !== undefined && { stage: this.stage }),
      ...(this.cause !== undefined && { cause: String(this.cause) }),
    };
  }
}

/** True for a BiometricError of any copy of this package. */
export function isBiometricError(value: unknown): value is BiometricError {
  return typeof value === 'object' && value !== null && BRAND in value;
}

/** Rebuilds an error from {@link BiometricError.serialize}. */
export function deserializeError(data: SerializedBiometricError): BiometricError {
  return new BiometricError(data.hresult, data.message, data);
}

/** HRESULT of anything that was thrown; what carries no code is E_UNEXPECTED. */
export function hresultOf(thrown: unknown): HRESULT {
  return isBiometricError(thrown) ? thrown.hresult : CODES.E_UNEXPECTED.hresult;
}

/** Turns anything that was thrown into a BiometricError, keeping it as the cause. */
export function toBiometricError(thrown: unknown, code: CodeName | HRESULT = 'E_UNEXPECTED'): BiometricError {
  if (isBiometricError(thrown)) return thrown;
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  return new BiometricError(code, text, { cause: thrown });
}
