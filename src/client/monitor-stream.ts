/** A monitor as an async iterable: the service pushes, a loop pulls, and a bounded buffer lies between. */

import { BiometricError } from '../core/biometric-error.ts';
import { FAILED, type HRESULT } from '../core/hresult.ts';
import type { OperationRequest } from '../core/operation-request.ts';
import type { MonitorEvent } from '../core/operation-result.ts';
import { type OptionTable, signal, wholeNumber } from '../core/option-rules.ts';
import { WINBIO_E_CANCELED } from '../core/result-constants.ts';
import type { HandleClient } from './handle-client.ts';
import { abortError } from './operation-options.ts';

/** Options of a monitor, for its whole life. */
export interface MonitorOptions {
  /** Aborting makes the loop throw WINBIO_E_CANCELED. Default: none. */
  readonly signal?: AbortSignal;
  /** Most events that wait for the loop; when more come, the oldest are dropped. Default: 1000. */
  readonly bufferSize?: number;
}

/** What every monitor takes. */
export const MONITOR_OPTIONS: OptionTable<MonitorOptions> = { signal, bufferSize: wholeNumber(1, 1_000_000) };

/**
 * Starts the monitor when the loop begins; `pick` chooses its events, undefined skips one. Throws what the start is
 * refused with and what the monitor fails with; a monitor that is canceled just ends.
 */
export async function* monitorStream<T>(
  handle: HandleClient,
  request: OperationRequest,
  options: MonitorOptions,
  pick: (event: MonitorEvent) => T | undefined,
): AsyncGenerator<T, void, void> {
  const { signal, bufferSize = 1000 } = options;
  const failure = (hresult: HRESULT, message?: string) =>
    new BiometricError(hresult, message, { operation: request.kind });
  const refused = handle.check(request);
  if (FAILED(refused)) throw failure(refused);
  const events = new EventBuffer<T>(bufferSize);
  const onAbort = () => signal && events.end(abortError(signal, request.kind));
  if (signal?.aborted) onAbort();
  signal?.addEventListener('abort', onAbort, { once: true });
  const id = handle.submit(
    request,
    ({ hresult, reason = hresult, message }) => {
      if (FAILED(hresult)) events.end(failure(reason, message));
    },
    (event) => {
      const picked = pick(event);
      if (picked !== undefined) events.push(picked);
      else if (event.kind === 'ended') {
        const canceled = event.hresult === WINBIO_E_CANCELED || !FAILED(event.hresult);
        events.end(canceled ? 'stopped' : failure(event.hresult));
      }
    },
  );
  try {
    yield* events.drain();
  } finally {
    signal?.removeEventListener('abort', onAbort);
    handle.withdraw(id);
  }
}

/** Events on their way to one loop. */
class EventBuffer<T> {
  readonly #size: number;
  readonly #waiting: T[] = [];
  #ended: BiometricError | 'stopped' | undefined;
  #wake = Promise.withResolvers<void>();

  constructor(size: number) {
    this.#size = size;
  }

  push(event: T): void {
    this.#waiting.push(event);
    if (this.#waiting.length > this.#size) this.#waiting.shift();
    this.#rouse();
  }

  /** The first reason counts. */
  end(reason: BiometricError | 'stopped'): void {
    this.#ended ??= reason;
    this.#rouse();
  }

  /** Events as they come, then those that still wait, then the end: a return when stopped, else the error. */
  async *drain(): AsyncGenerator<T, void, void> {
    while (true) {
      const next = this.#waiting.shift();
      if (next !== undefined) yield next;
      else if (this.#ended === 'stopped') return;
      else if (this.#ended !== undefined) throw this.#ended;
      else await this.#wake.promise;
    }
  }

  #rouse(): void {
    this.#wake.resolve();
    this.#wake = Promise.withResolvers<void>();
  }
}
