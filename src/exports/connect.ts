/** Connects an application to a service. */

import { ServiceChannel } from '../client/service-channel.ts';
import { WhorlService } from '../client/whorl-service.ts';
import { BiometricError } from '../core/biometric-error.ts';
import type { ServiceConfiguration } from '../daemon/configuration.ts';
import { startEmbedded } from '../daemon/embedded.ts';
import { messagePortTransport } from '../protocol/message-port-transport.ts';

/** How to reach a service. */
export interface ConnectOptions {
  /** Run the whole service inside this process: `true`, or its configuration. */
  readonly embedded?: boolean | ServiceConfiguration;
}

/**
 * Connects to a service. Rejects with WHORL_E_SERVICE_NOT_RUNNING, WHORL_E_STATE_LOCKED, WHORL_E_CONFIGURATION.
 *
 * ```ts
 * await using service = await connect({ embedded: true });
 * await using session = await service.openSession();
 * ```
 */
export async function connect(options: ConnectOptions = {}): Promise<WhorlService> {
  const { embedded = false } = options;
  if (embedded === false) {
    throw new BiometricError('WHORL_E_SERVICE_NOT_RUNNING', 'no service runs on its own yet: pass { embedded: true }');
  }
  const { port, close } = await startEmbedded(embedded === true ? {} : embedded);
  const service = new WhorlService(new ServiceChannel(messagePortTransport(port)), close);
  await service.channel.greet();
  return service;
}
