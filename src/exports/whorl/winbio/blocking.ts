/** `whorl/winbio/blocking`: the functions of winbio.h that block the calling thread. Node only. */

import { MessageChannel, Worker } from 'node:worker_threads';
import { BlockingConnection } from '../../../winbio/blocking/bind-blocking.ts';
import type { ConnectOptions } from '../connect.ts';

export { attachBlocking, BlockingConnection, type BlockingWinBio } from '../../../winbio/blocking/bind-blocking.ts';
export type { BlockingAttachment } from '../../../winbio/blocking/messages.ts';
export * from '../winbio.ts';

/**
 * Connects a thread of its own to a service and blocks until it is connected. Throws WHORL_E_SERVICE_NOT_RUNNING,
 * WHORL_E_STATE_LOCKED, WHORL_E_CONFIGURATION.
 *
 * ```ts
 * using connection = connectBlocking({ embedded: true });
 * const hr = connection.winbio.WinBioOpenSession(...);
 * ```
 */
export function connectBlocking(options: ConnectOptions = {}): BlockingConnection {
  const { port1, port2 } = new MessageChannel();
  const word = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  const entry = new URL(`./blocking-worker${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url);
  const attachment = { port: port2, word };
  // The connection must not keep a program alive that has nothing left to do.
  new Worker(entry, { workerData: { options, attachment }, transferList: [port2] }).unref();
  return new BlockingConnection({ port: port1, word });
}
