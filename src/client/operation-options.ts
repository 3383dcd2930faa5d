/** Options of the calls that wait, and the error of an aborted one. */

import { BiometricError } from '../core/biometric-error.ts';
import { milliseconds, type OptionTable, signal } from '../core/option-rules.ts';

/** Options of every call that waits. */
export interface OperationOptions {
  /**
   * Aborting rejects the call at once with WINBIO_E_CANCELED and cancels the operation; a signal of `AbortSignal.timeout` does so
   * with WHORL_E_DEADLINE. Default: none.
   */
  readonly signal?: AbortSignal;
  /** Milliseconds after which the call is aborted with WHORL_E_DEADLINE. Default: it waits without limit. */
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

/**
 * The error of an aborted call: name `AbortError`, the signal's reason as cause, code WHORL_E_DEADLINE if that is a time that
 * has passed, else WINBIO_E_CANCELED.
 */
export function abortError(signal: AbortSignal, operation: string): BiometricError {
  const isLate = (signal.reason as { readonly name?: unknown } | undefined)?.name === 'TimeoutError';
  return new BiometricError(isLate ? 'WHORL_E_DEADLINE' : 'WINBIO_E_CANCELED', undefined, {
    cause: signal.reason,
    operation,
  });
}
