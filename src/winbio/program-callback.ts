/** Callbacks of the program: what one throws stops nothing. D-46. */

import { type BiometricError, toBiometricError } from '../core/biometric-error.ts';

/** Runs a callback; what it throws, or its promise rejects with, is reported. */
export function callProgram(callback: () => unknown, report: (error: BiometricError) => void): void {
  const fail = (thrown: unknown) => report(toBiometricError(thrown));
  try {
    const returned = callback();
    if (returned instanceof Promise) returned.catch(fail);
  } catch (thrown) {
    fail(thrown);
  }
}

/** Reports the error of a callback as the host reports uncaught ones: `reportError`, or a process warning. */
export function reportCallbackError(error: BiometricError): void {
  const host = globalThis as {
    reportError?: (error: unknown) => void;
    process?: { emitWarning?: (error: Error) => void };
  };
  if (host.reportError !== undefined) host.reportError(error.cause ?? error);
  else host.process?.emitWarning?.(error);
}
