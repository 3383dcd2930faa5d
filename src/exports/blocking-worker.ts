/** The thread of a blocking connection: connects, then serves the threads that block. */

import { workerData } from 'node:worker_threads';
import { toBiometricError } from '../core/biometric-error.ts';
import type { BlockingAttachment } from '../winbio/blocking/messages.ts';
import { send, serveBlocking } from '../winbio/blocking/serve-blocking.ts';
import { type ConnectOptions, connect } from './connect.ts';

// Everything in this folder may be imported; only a thread that was given its work does some.
const start = workerData as { options: ConnectOptions; attachment: BlockingAttachment } | null;

if (start !== null) {
  try {
    serveBlocking(await connect(start.options), start.attachment);
  } catch (thrown) {
    send(start.attachment, { type: 'failed', error: toBiometricError(thrown).serialize() });
  }
}
