/** Work that survives restarts of the service. */

import { hresultOf, isBiometricError } from '../core/biometric-error.ts';
import { callback, checkArgument, checkOptions, type OptionTable, signal as signalRule } from '../core/option-rules.ts';
import { WHORL_E_CONNECTION_LOST, WHORL_E_SERVICE_NOT_RUNNING } from '../core/result-constants.ts';
import { BackOff } from './back-off.ts';
import type { WhorlService } from './whorl-service.ts';

/** Options of {@link stayConnected}. */
export interface StayConnectedOptions {
  /** Aborting closes the connection and rejects the promise with the signal's reason. Default: none. */
  readonly signal?: AbortSignal;
  /** Called before each new attempt with why there is no connection. Default: nothing. */
  readonly onUnreachable?: (cause: unknown) => void;
}

const STAY_OPTIONS: OptionTable<StayConnectedOptions> = { signal: signalRule, onUnreachable: callback };

/**
 * Connects and runs `work`. When the connection is lost it connects again, with growing pauses (50 ms to 5 s), and runs
 * `work` anew: sessions, locks and enrollments of the lost connection are gone. The signal `lost` is aborted with the
 * connection. Resolves with what `work` resolves with. Rejects with what `work` and `connect` reject with, except
 * WHORL_E_SERVICE_NOT_RUNNING, WHORL_E_CONNECTION_LOST and refusals at the stages `origin` and `permission`, which start
 * the next attempt.
 *
 * @example
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
  checkArgument('stayConnected', 'connect', connect, callback);
  checkArgument('stayConnected', 'work', work, callback);
  checkOptions('stayConnected', options, STAY_OPTIONS);
  const { signal, onUnreachable = () => {} } = options;
  const backOff = new BackOff();
  for (;;) {
    signal?.throwIfAborted();
    try {
      const service = await connect();
      backOff.reset();
      return await workOn(service, work, signal);
    } catch (thrown) {
      signal?.throwIfAborted();
      if (!mayPass(thrown)) throw thrown;
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
  service.channel.onClose(() => loss.abort());
  signal?.addEventListener('abort', aborted, { once: true });
  try {
    return await work(service, loss.signal);
  } finally {
    signal?.removeEventListener('abort', aborted);
    await service.close();
  }
}

/** Whether a fault may have gone by the next attempt: the service is away, or someone has yet to let the page in. */
function mayPass(thrown: unknown): boolean {
  if (isBiometricError(thrown) && (thrown.stage === 'origin' || thrown.stage === 'permission')) return true;
  const hresult = hresultOf(thrown);
  return hresult === WHORL_E_SERVICE_NOT_RUNNING || hresult === WHORL_E_CONNECTION_LOST;
}
