/**
 * The one error class. Faults (a call that was not carried out) are thrown as a BiometricError; answers such as
 * "no match" are values and never reach this class.
 */

import { CODES, type CodeEntry, type CodeName, codeEntry, codeName, REMEDIES, type ResultCode } from './codes.ts';
import { formatHresult, type HRESULT } from './hresult.ts';

const BRAND = Symbol.for('whorl.BiometricError');

/** What a {@link BiometricError} carries besides its code; every field is optional. */
export interface BiometricErrorDetails {
  /** Unit the fault happened on. */
  readonly unitId?: number;
  /** Operation that failed: `identify`, `enroll-commit`. */
  readonly operation?: string;
  /** Why the sample was rejected; only with WINBIO_E_BAD_CAPTURE. */
  readonly rejectDetail?: number;
  /** Stage at which a connection failed. */
  readonly stage?: ConnectionStage;
  /** The error underneath; the `cause` of the {@link BiometricError}. */
  readonly cause?: unknown;
}

/**
 * Stages of a connection, in order: the browser lets the page reach the service, the service is there, it serves pages
 * of this origin, it knows the client, both speak the same version of the protocol, and requests are understood.
 */
export type ConnectionStage = 'permission' | 'reach' | 'origin' | 'authorize' | 'version' | 'request';

/** A {@link BiometricError} as plain data, for workers and sockets. */
export interface SerializedBiometricError extends BiometricErrorDetails {
  /** The code as a number. */
  readonly hresult: HRESULT;
  /** English text; may change between versions. */
  readonly message: string;
}

/**
 * A fault: the call was not carried out. `code` is stable within a major version, `message` is not. Recognize it with
 * {@link isBiometricError}, never with `instanceof`: an application may load two copies of the package.
 */
export class BiometricError extends Error {
  readonly [BRAND] = true;
  /** The code as an unsigned 32-bit number, as Windows prints it. */
  readonly hresult: HRESULT;
  /** Name of the code, such as `WINBIO_E_DEVICE_FAILURE`; `HRESULT_0x........` when no table lists it. */
  readonly code: ResultCode;
  /** Unit the fault happened on. */
  readonly unitId: number | undefined;
  /** Operation that failed: `identify`, `enroll-commit`. */
  readonly operation: string | undefined;
  /** Why the sample was rejected; only with WINBIO_E_BAD_CAPTURE. */
  readonly rejectDetail: number | undefined;
  /** Stage at which a connection failed. */
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

  /** What a person can do about it, as an English sentence. */
  get remedy(): string {
    return REMEDIES[codeEntry(this.hresult)?.remedy ?? 'report'];
  }

  /**
   * Plain data for a worker or a socket, from which an equal error can be made; the cause is reduced to its text.
   *
   * @example
   * ```ts
   * if (isBiometricError(thrown)) parentPort?.postMessage(thrown.serialize());
   * ```
   */
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

/**
 * True for a {@link BiometricError} of any copy of this package.
 *
 * @example
 * ```ts
 * if (isBiometricError(thrown) && thrown.code !== 'WINBIO_E_CANCELED') console.error(thrown.code, thrown.remedy);
 * ```
 */
export function isBiometricError(value: unknown): value is BiometricError {
  return typeof value === 'object' && value !== null && BRAND in value;
}

/** Rebuilds an error from {@link BiometricError.serialize}. */
export function deserializeError(data: SerializedBiometricError): BiometricError {
  return new BiometricError(data.hresult, data.message, data);
}

/** HRESULT of anything thrown; E_UNEXPECTED when it carries none. */
export function hresultOf(thrown: unknown): HRESULT {
  return isBiometricError(thrown) ? thrown.hresult : CODES.E_UNEXPECTED.hresult;
}

/**
 * Wraps anything thrown in a {@link BiometricError} of the given code, as its cause; a {@link BiometricError} is
 * returned as it is.
 */
export function toBiometricError(thrown: unknown, code: CodeName | HRESULT = 'E_UNEXPECTED'): BiometricError {
  if (isBiometricError(thrown)) return thrown;
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  return new BiometricError(code, text, { cause: thrown });
}
