/** The thread of a blocking connection: connects, then serves the threads that block. */

import { workerData } from 'node:worker_threads';
import { toBiometricError } from '../core/biometric-error.ts';
import type { BlockingAttachment } from '../winbio/blocking/messages.ts';
import { send, serveBlocking } from '../winbio/blocking/serve-blocking.ts';
import { type ConnectOptions, connect } from './connect.ts';

const { options, attachment } = workerData as { options: ConnectOptions; attachment: BlockingAttachment };

try {
  serveBlocking(await connect(options), attachment);
} catch (thrown) {
  send(attachment, { type: 'failed', error: toBiometricError(thrown).serialize() });
}
