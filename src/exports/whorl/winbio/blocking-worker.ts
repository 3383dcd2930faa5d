/** The thread of a blocking connection: connects, then serves the threads that block. */

import { workerData } from 'node:worker_threads';
import { toBiometricError } from '../../../core/biometric-error.ts';
import type { BlockingAttachment } from '../../../winbio/blocking/messages.ts';
import { send, serveBlocking } from '../../../winbio/blocking/serve-blocking.ts';
import { type ConnectOptions, connect } from '../connect.ts';

interface Start {
  readonly options: ConnectOptions;
  readonly attachment: BlockingAttachment;
}

/** Connects and serves; a failure goes to the thread that waits. */
export async function connectAndServe({ options, attachment }: Start): Promise<void> {
  try {
    serveBlocking(await connect(options), attachment);
  } catch (thrown) {
    send(attachment, { type: 'failed', error: toBiometricError(thrown).serialize() });
  }
}

// Only a thread that was given work does some; an import does none.
if (workerData !== null) await connectAndServe(workerData as Start);
