/** The thread of a blocking connection: connects, then serves the threads that block on it. */

import { workerData } from 'node:worker_threads';
import { toBiometricError } from '../../../core/biometric-error.ts';
import type { BlockingAttachment } from '../../../winbio/blocking/messages.ts';
import { send, serveBlocking } from '../../../winbio/blocking/serve-blocking.ts';
import { type ConnectOptions, connect } from '../connect.ts';

interface Start {
  readonly options: ConnectOptions;
  readonly attachment: BlockingAttachment;
}

/** Connects and serves; the waiting thread receives a failure. */
export async function connectAndServe({ options, attachment }: Start): Promise<void> {
  try {
    serveBlocking(await connect(options), attachment);
  } catch (thrown) {
    send(attachment, { type: 'failed', error: toBiometricError(thrown).serialize() });
  }
}

// A worker thread is started with data; a plain import has no effect.
if (workerData !== null) await connectAndServe(workerData as Start);
