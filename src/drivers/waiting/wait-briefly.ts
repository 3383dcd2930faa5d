/** A pause that an abort ends. */

import { BiometricError } from '../../core/biometric-error.ts';
import type { Clock } from '../../core/clock.ts';

/** Resolves after some milliseconds. Rejects with WINBIO_E_CANCELED when aborted. */
export async function waitBriefly(clock: Clock, delayMs: number, signal?: AbortSignal): Promise<void> {
  if (signal !== undefined) throwIfCanceled(signal);
  await new Promise<void>((resolve, reject) => {
    const leave = () => {
      timer[Symbol.dispose]();
      reject(new BiometricError('WINBIO_E_CANCELED', undefined, { cause: signal?.reason }));
    };
    const timer = clock.after(delayMs, () => {
      signal?.removeEventListener('abort', leave);
      resolve();
    });
    signal?.addEventListener('abort', leave, { once: true });
  });
}

/** Throws WINBIO_E_CANCELED, with the signal's reason as cause, when the signal has aborted. */
export function throwIfCanceled(signal: AbortSignal): void {
  if (signal.aborted) throw new BiometricError('WINBIO_E_CANCELED', undefined, { cause: signal.reason });
}
