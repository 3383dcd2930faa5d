/** Starts a whole service in a worker thread of the calling process. */

import { MessageChannel, type MessagePort as NodeMessagePort, Worker } from 'node:worker_threads';
import { BiometricError, deserializeError, type SerializedBiometricError } from '../../core/biometric-error.ts';
import { workerEntry, workerOptions } from '../../core/worker-entry.ts';
import type { ServiceConfiguration } from '../configuration/service-configuration.ts';

/** What the thread is started with. */
export interface EmbeddedStart {
  readonly configuration: ServiceConfiguration;
  readonly port: NodeMessagePort;
}

/** What the thread reports. */
export type EmbeddedMessage =
  | { readonly kind: 'started' | 'stopped' }
  | { readonly kind: 'failed'; readonly error: SerializedBiometricError };

/** A running embedded service, from {@link startEmbedded}. */
export interface EmbeddedService {
  /** The end of its connection for the application. */
  readonly port: MessagePort;
  /**
   * Ends the service and its thread. Idempotent. Rejects with what does not close cleanly, such as
   * WINBIO_E_DATABASE_CANT_CLOSE.
   */
  readonly close: () => Promise<void>;
}

/**
 * Starts a whole service in a worker thread of this process; `connect({ embedded })` does so and connects to it.
 *
 * Rejects with WHORL_E_CONFIGURATION, WHORL_E_STATE_LOCKED, WHORL_E_KEY_MISSING, WHORL_E_NEWER_FORMAT,
 * WINBIO_E_DATABASE_CANT_OPEN, WINBIO_E_DATABASE_CANT_CREATE, WINBIO_E_DATABASE_LOCKED, WINBIO_E_DATABASE_READ_ERROR,
 * WINBIO_E_DATABASE_CORRUPTED, and WHORL_E_CONNECTION_LOST when the thread ends early.
 *
 * @example
 * ```ts
 * const { port, close } = await startEmbedded({ state: 'memory' });
 * ```
 */
export async function startEmbedded(configuration: ServiceConfiguration = {}): Promise<EmbeddedService> {
  const { port1, port2 } = new MessageChannel();
  const workerData: EmbeddedStart = { configuration, port: port2 };
  const worker = new Worker(workerEntry('embedded-worker', import.meta.url), {
    workerData,
    transferList: [port2],
    ...workerOptions(),
  });
  try {
    await nextReport(worker);
  } catch (thrown) {
    port1.close();
    await worker.terminate();
    throw thrown;
  }
  // From now on the connection decides whether the process stays alive.
  worker.unref();
  let closing: Promise<void> | undefined;
  return {
    port: port1 as unknown as MessagePort,
    close: () => {
      closing ??= stop(worker);
      return closing;
    },
  };
}

/** Not every runtime lets a thread end itself, so it is ended when it has reported. */
async function stop(worker: Worker): Promise<void> {
  worker.ref();
  const stopped = nextReport(worker);
  worker.postMessage('stop');
  try {
    await stopped;
  } finally {
    await worker.terminate();
  }
}

/** Resolves when the thread reports that it has started or stopped; rejects with its failure. */
function nextReport(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.once('message', (message: EmbeddedMessage) => {
      if (message.kind === 'failed') reject(deserializeError(message.error));
      else resolve();
    });
    worker.once('error', reject);
    worker.once('exit', () => reject(new BiometricError('WHORL_E_CONNECTION_LOST', 'the service thread ended')));
  });
}
