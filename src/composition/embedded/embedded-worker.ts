/** The thread of an embedded service: composes it, serves its one client, and ends on request. */

import { parentPort, workerData } from 'node:worker_threads';
import { toBiometricError } from '../../core/biometric-error.ts';
import { messagePortTransport } from '../../protocol/message-port-transport.ts';
import type { ClientMessage, ServiceMessage } from '../../protocol/messages.ts';
import { ownSid } from '../accounts/own-account.ts';
import { compose } from '../compose/compose.ts';
import { serveConnection } from '../connection/serve-connection.ts';
import { turnObserver } from '../connection/turn-observer.ts';
import { DIAGNOSTICS } from '../watching/diagnostics.ts';
import { WARNING_LOGGER } from '../watching/warning-logger.ts';
import type { EmbeddedMessage, EmbeddedStart } from './embedded.ts';

const { configuration, port } = workerData as EmbeddedStart;
const report = (message: EmbeddedMessage) => parentPort?.postMessage(message);

try {
  const composition = await compose(configuration, { logger: WARNING_LOGGER });
  const { sid = ownSid(), administrator = true } = configuration.application ?? {};
  const principal = { sid, administrator, mayEnroll: true, remote: false };
  const transport = messagePortTransport<ServiceMessage, ClientMessage>(port as unknown as MessagePort);
  const { extensions, log } = composition;
  // The one client takes turns with the doors and the enrollments that the service keeps itself.
  const observers = [log, DIAGNOSTICS, turnObserver(composition.service)];
  serveConnection(composition.service, transport, principal, { extensions, observers });
  await composition.begin(observers);
  parentPort?.once('message', async () => {
    try {
      await composition[Symbol.asyncDispose]();
      report({ kind: 'stopped' });
    } catch (thrown) {
      report({ kind: 'failed', error: toBiometricError(thrown).serialize() });
    }
  });
  report({ kind: 'started' });
} catch (thrown) {
  report({ kind: 'failed', error: toBiometricError(thrown).serialize() });
}
