/** Ctrl+C for commands that have something to put away first. */

import { BiometricError } from '../core/biometric-error.ts';
import { EXIT_INTERRUPTED } from './exit-codes.ts';

/** Aborted by Ctrl+C; the command then exits with 130. A second Ctrl+C ends it as it is. */
export function interruptSignal(): Disposable & { readonly signal: AbortSignal } {
  const controller = new AbortController();
  const interrupt = () => {
    process.exitCode = EXIT_INTERRUPTED;
    controller.abort();
  };
  process.once('SIGINT', interrupt);
  return { signal: controller.signal, [Symbol.dispose]: () => process.off('SIGINT', interrupt) };
}

/** Throws WINBIO_E_CANCELED after Ctrl+C; for work that looks now and then. */
export function requireGoingOn(signal: AbortSignal): void {
  if (signal.aborted) throw new BiometricError('WINBIO_E_CANCELED', 'interrupted');
}
