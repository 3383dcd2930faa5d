/** A monitor as an async iterable: pushed by the service, pulled by a loop, bounded in between. */

import { BiometricError } from '../core/biometric-error.ts';
import { FAILED } from '../core/hresult.ts';
import type { OperationRequest } from '../core/operation-request.ts';
import type { MonitorEvent } from '../core/operation-result.ts';
import { WINBIO_E_CANCELED } from '../core/result-constants.ts';
import type { HandleClient } from './handle-client.ts';
import { abortError } from './operation-options.ts';

/** Options of a monitor. */
export interface MonitorOptions {
  /** Aborting ends the loop with WINBIO_E_CANCELED. */
  readonly signal?: AbortSignal;
  /** Events that wait for the loop at most; of more, the oldest are dropped. Default 1000. */
  readonly bufferSize?: number;
}

/** Starts the monitor when the loop begins; `pick` chooses its events. Throws what the start or the monitor fails with. */
export async function* monitorStream<T>(
  handle: HandleClient,
  request: OperationRequest,
  options: MonitorOptions,
  pick: (event: MonitorEvent) => T | undefined,
): AsyncGenerator<T, void, void> {
  const { signal, bufferSize = 1000 } = options;
  const refused = handle.check(request);
  if (FAILED(refused)) throw new BiometricError(refused, undefined, { operation: request.kind });
  const waiting: T[] = [];
  let ended: BiometricError | 'stopped' | undefined;
  let wake = Promise.withResolvers<void>();
  const rouse = () => {
    wake.resolve();
    wake = Promise.withResolvers<void>();
  };
  const end = (reason: BiometricError | 'stopped') => {
    ended ??= reason;
    rouse();
  };
  const onAbort = () => signal && end(abortError(signal, request.kind));
  if (signal?.aborted) onAbort();
  signal?.addEventListener('abort', onAbort, { once: true });
  const id = handle.submit(
    request,
    ({ hresult }) => {
      if (FAILED(hresult)) end(new BiometricError(hresult, undefined, { operation: request.kind }));
    },
    (event) => {
      const picked = pick(event);
      if (picked !== undefined) {
        waiting.push(picked);
        if (waiting.length > bufferSize) waiting.shift();
        rouse();
      } else if (event.kind === 'ended') {
        const canceled = event.hresult === WINBIO_E_CANCELED || !FAILED(event.hresult);
        end(canceled ? 'stopped' : new BiometricError(event.hresult, undefined, { operation: request.kind }));
      }
    },
  );
  try {
    while (true) {
      const next = waiting.shift();
      if (next !== undefined) yield next;
      else if (ended === 'stopped') return;
      else if (ended !== undefined) throw ended;
      else await wake.promise;
    }
  } finally {
    signal?.removeEventListener('abort', onAbort);
    handle.withdraw(id);
  }
}
