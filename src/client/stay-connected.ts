/** Goes on through restarts of the service. */

import { hresultOf } from '../core/biometric-error.ts';
import { WHORL_E_CONNECTION_LOST, WHORL_E_SERVICE_NOT_RUNNING } from '../core/result-constants.ts';
import { BackOff } from './back-off.ts';
import type { WhorlService } from './whorl-service.ts';

/** Options of {@link stayConnected}. */
export interface StayConnectedOptions {
  /** Ends it: the connection is closed, and the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Told each time no connection could be made, before the next attempt. */
  readonly onUnreachable?: (cause: unknown) => void;
}

/**
 * Connects and works; when the connection is lost, connects again, with growing pauses, and works anew: sessions, locks
 * and enrollments of the last connection are gone. `lost` is aborted when the connection is. Resolves with what the work
 * resolves to, and rejects with whatever else it or the connecting throws.
 *
 * ```ts
 * await stayConnected(() => connect(), async (service) => {
 *   await using session = await service.openSession();
 *   for (;;) open(await session.identify());
 * });
 * ```
 */
export async function stayConnected<T>(
  connect: () => Promise<WhorlService>,
  work: (service: WhorlService, lost: AbortSignal) => Promise<T>,
  options: StayConnectedOptions = {},
): Promise<T> {
  const { signal, onUnreachable = () => {} } = options;
  const backOff = new BackOff();
  for (;;) {
    signal?.throwIfAborted();
    try {
      await using service = await connect();
      backOff.reset();
      return await workOn(service, work, signal);
    } catch (thrown) {
      signal?.throwIfAborted();
      const hresult = hresultOf(thrown);
      if (hresult !== WHORL_E_SERVICE_NOT_RUNNING && hresult !== WHORL_E_CONNECTION_LOST) throw thrown;
      onUnreachable(thrown);
    }
    await backOff.pause({ signal });
  }
}

async function workOn<T>(
  service: WhorlService,
  work: (service: WhorlService, lost: AbortSignal) => Promise<T>,
  signal: AbortSignal | undefined,
): Promise<T> {
  const loss = new AbortController();
  const aborted = () => service.channel.close();
  using _ = service.channel.onClose(() => loss.abort());
  signal?.addEventListener('abort', aborted, { once: true });
  try {
    return await work(service, loss.signal);
  } finally {
    signal?.removeEventListener('abort', aborted);
  }
}
