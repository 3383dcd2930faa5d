/** Options of the calls that wait, and the error of an aborted one. */

import { BiometricError } from '../core/biometric-error.ts';
import { milliseconds, type OptionTable, signal } from '../core/option-rules.ts';

/** Options of every call that waits. */
export interface OperationOptions {
  /** Aborting rejects the call at once with WINBIO_E_CANCELED and cancels the operation. Default: none. */
  readonly signal?: AbortSignal;
  /** Milliseconds after which the call is aborted likewise. Default: it waits without limit. */
  readonly deadlineMs?: number;
}

/** What every call that waits takes. */
export const OPERATION_OPTIONS: OptionTable<OperationOptions> = { signal, deadlineMs: milliseconds };

/** The signal and the deadline of a call as one signal; undefined when it has neither. */
export function signalOf(options: OperationOptions): AbortSignal | undefined {
  const { signal, deadlineMs } = options;
  if (deadlineMs === undefined) return signal;
  const deadline = AbortSignal.timeout(deadlineMs);
  return signal === undefined ? deadline : AbortSignal.any([signal, deadline]);
}

/** The error of an aborted call: name `AbortError`, code WINBIO_E_CANCELED, the signal's reason as cause. */
export function abortError(signal: AbortSignal, operation: string): BiometricError {
  return new BiometricError('WINBIO_E_CANCELED', undefined, { cause: signal.reason, operation });
}
