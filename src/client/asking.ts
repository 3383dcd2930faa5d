/** Questions to a service that can be given up. */

import { BiometricError } from '../core/biometric-error.ts';
import type { ServiceChannel } from './service-channel.ts';

/** What can be given up. */
export interface MayBeCanceled {
  /** Gives it up: it rejects with WINBIO_E_CANCELED. Default: nothing does. */
  readonly signal?: AbortSignal;
}

/** Asks an extension of the service; with a signal, until that is aborted. Rejects with WINBIO_E_CANCELED then. */
export async function asking(
  channel: ServiceChannel,
  extension: string,
  body: unknown,
  signal?: AbortSignal,
): Promise<unknown> {
  if (signal?.aborted) throw new BiometricError('WINBIO_E_CANCELED');
  const answer = channel.ask(extension, body);
  if (signal === undefined) return await answer;
  const { promise, reject } = Promise.withResolvers<never>();
  const abort = () => reject(new BiometricError('WINBIO_E_CANCELED'));
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([answer, promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
