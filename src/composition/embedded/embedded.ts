/** Starts a whole service in a worker thread of the calling process. */

import { MessageChannel, type MessagePort as NodeMessagePort, Worker } from 'node:worker_threads';
import { BiometricError, deserializeError, type SerializedBiometricError } from '../../core/biometric-error.ts';
import type { ServiceConfiguration } from '../configuration/service-configuration.ts';
import { workerEntry } from '../threads/worker-entry.ts';

/** What the thread is started with. */
export interface EmbeddedStart {
  readonly configuration: ServiceConfiguration;
  readonly port: NodeMessagePort;
}

/** What the thread reports about itself. */
export type EmbeddedMessage =
  | { readonly kind: 'started' | 'stopped' }
  | { readonly kind: 'failed'; readonly error: SerializedBiometricError };

/** A running embedded service. */
export interface EmbeddedService {
  /** The application's end of its connection. */
  readonly port: MessagePort;
  /** Ends the service and its thread; idempotent. Rejects with what did not close cleanly. */
  readonly close: () => Promise<void>;
}

/** Starts it. Rejects with WHORL_E_CONFIGURATION, WHORL_E_STATE_LOCKED. */
export async function startEmbedded(configuration: ServiceConfiguration = {}): Promise<EmbeddedService> {
  const { port1, port2 } = new MessageChannel();
  const workerData: EmbeddedStart = { configuration, port: port2 };
  const worker = new Worker(workerEntry('embedded-worker', import.meta.url), { workerData, transferList: [port2] });
  const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  const next = () =>
    new Promise<void>((resolve, reject) => {
      worker.once('message', (message: EmbeddedMessage) => {
        if (message.kind === 'failed') reject(deserializeError(message.error));
        else resolve();
      });
      worker.once('error', reject);
      worker.once('exit', () => reject(new BiometricError('WHORL_E_CONNECTION_LOST', 'the service thread ended')));
    });
  try {
    await next();
  } catch (thrown) {
    port1.close();
    await worker.terminate();
    throw thrown;
  }
  // From now on the connection decides whether the process stays alive.
  worker.unref();
  let closing: Promise<void> | undefined;
  const close = async () => {
    worker.ref();
    const stopped = next();
    worker.postMessage('stop');
    try {
      await stopped;
    } finally {
      await exited;
    }
  };
  return {
    port: port1 as unknown as MessagePort,
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}
