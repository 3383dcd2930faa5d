/** `whorl/winbio/blocking`: the functions of winbio.h that block the calling thread. Node only. */

import { MessageChannel, Worker } from 'node:worker_threads';
import { BlockingConnection } from '../../../winbio/blocking/bind-blocking.ts';
import type { ConnectOptions } from '../connect.ts';

export { attachBlocking, BlockingConnection, type BlockingWinBio } from '../../../winbio/blocking/bind-blocking.ts';
export { BlockingMessageWindow, type GetMessageOptions } from '../../../winbio/blocking/message-queue.ts';
export type { BlockingAttachment } from '../../../winbio/blocking/messages.ts';
export * from '../winbio.ts';

/**
 * Connects to a service on a thread of its own, and blocks until it is connected.
 *
 * Throws what `connect` rejects with: WHORL_E_SERVICE_NOT_RUNNING, E_ACCESSDENIED, WHORL_E_PROTOCOL,
 * WHORL_E_CONNECTION_LOST; embedded also WHORL_E_CONFIGURATION, WHORL_E_STATE_LOCKED, WHORL_E_KEY_MISSING,
 * WHORL_E_NEWER_FORMAT, WINBIO_E_DATABASE_CANT_OPEN, WINBIO_E_DATABASE_CANT_CREATE, WINBIO_E_DATABASE_LOCKED,
 * WINBIO_E_DATABASE_READ_ERROR, WINBIO_E_DATABASE_CORRUPTED.
 *
 * @example
 * ```ts
 * using connection = connectBlocking({ embedded: true });
 * const session = out<number>();
 * const hr = connection.winbio.WinBioOpenSession(
 *   WINBIO_TYPE_FINGERPRINT, WINBIO_POOL_SYSTEM, 0, null, 0, WINBIO_DB_DEFAULT, session);
 * ```
 */
export function connectBlocking(options: ConnectOptions = {}): BlockingConnection {
  const { port1, port2 } = new MessageChannel();
  const word = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  const entry = new URL(`./blocking-worker${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url);
  const attachment = { port: port2, word };
  // An idle connection does not keep the program alive.
  new Worker(entry, { workerData: { options, attachment }, transferList: [port2] }).unref();
  return new BlockingConnection({ port: port1, word });
}
