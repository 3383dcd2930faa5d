/** The first words with a client of another process: its version, who it is, and whether it is let in. */

import { BiometricError, toBiometricError } from '../../core/biometric-error.ts';
import { type ClientMessage, PROTOCOL_VERSION, type ServiceMessage } from '../../protocol/messages.ts';
import type { Transport } from '../../protocol/transport.ts';
import type { Principal } from '../../service/access/principal.ts';

/** Longest silence of a client that has connected, milliseconds. */
const PATIENCE_MS = 5000;

/**
 * Waits for the greeting and asks `authorize` about its token. Resolves to the principal, or to undefined when the
 * client is gone or was refused; then the transport is closed and the client knows why.
 */
export async function greetClient(
  transport: Transport<ServiceMessage, ClientMessage>,
  authorize: (token: string | undefined) => Promise<Principal>,
): Promise<Principal | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<ClientMessage>();
  let open = true;
  transport.onMessage(resolve);
  transport.onClose((fault) => {
    open = false;
    reject(fault ?? new BiometricError('WHORL_E_CONNECTION_LOST'));
  });
  const timer = setTimeout(() => reject(protocolFault('the client does not greet')), PATIENCE_MS);
  try {
    const hello = await promise;
    // Whatever comes before the welcome is too early.
    transport.onMessage(() => transport.close());
    if (hello.type !== 'hello') throw protocolFault('a client greets first');
    if (hello.version !== PROTOCOL_VERSION) {
      const text = `the client speaks version ${hello.version} of the protocol, the service ${PROTOCOL_VERSION}`;
      throw new BiometricError('WHORL_E_PROTOCOL', text, { stage: 'version' });
    }
    const principal = await authorize(hello.token);
    if (!open) return undefined;
    transport.send({ type: 'welcome', version: PROTOCOL_VERSION });
    return principal;
  } catch (thrown) {
    if (open) transport.send({ type: 'refused', error: toBiometricError(thrown).serialize() });
    transport.close();
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}

function protocolFault(text: string): BiometricError {
  return new BiometricError('WHORL_E_PROTOCOL', text, { stage: 'request' });
}
