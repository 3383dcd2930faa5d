/** Connects an application to a service. */

import { BackOff } from '../../client/back-off.ts';
import { ServiceChannel } from '../../client/service-channel.ts';
import { WhorlService } from '../../client/whorl-service.ts';
import type { ServiceConfiguration } from '../../composition/configuration/service-configuration.ts';
import { startEmbedded } from '../../composition/embedded/embedded.ts';
import { hresultOf } from '../../core/biometric-error.ts';
import { checkOptions, either, flag, milliseconds, type OptionTable, record, text } from '../../core/option-rules.ts';
import { WHORL_E_SERVICE_NOT_RUNNING } from '../../core/result-constants.ts';
import { messagePortTransport } from '../../protocol/message-port-transport.ts';

/** How to reach a service. */
export interface ConnectOptions {
  /** Runs the whole service inside this process: `true`, or its configuration. Default: false. */
  readonly embedded?: boolean | ServiceConfiguration;
  /**
   * Socket of a service that runs on its own. Default: `$WHORL_SOCKET`; without it, the service of the user, then that
   * of the machine.
   */
  readonly address?: string;
  /** How long to keep trying while no service runs, milliseconds. Default: 0. */
  readonly waitMs?: number;
}

const CONNECT_OPTIONS: OptionTable<ConnectOptions> = {
  embedded: either(flag, record),
  address: text,
  waitMs: milliseconds,
};

/**
 * Connects to the service of this machine, or to one embedded in this process.
 *
 * Rejects with WHORL_E_SERVICE_NOT_RUNNING, E_ACCESSDENIED, WHORL_E_PROTOCOL or WHORL_E_CONNECTION_LOST, each naming
 * its `stage`; embedded, with what {@link startEmbedded} rejects with: WHORL_E_CONFIGURATION, WHORL_E_STATE_LOCKED,
 * WHORL_E_KEY_MISSING, WHORL_E_NEWER_FORMAT, WINBIO_E_DATABASE_CANT_OPEN, WINBIO_E_DATABASE_CANT_CREATE,
 * WINBIO_E_DATABASE_LOCKED, WINBIO_E_DATABASE_READ_ERROR, WINBIO_E_DATABASE_CORRUPTED.
 *
 * @example
 * ```ts
 * await using service = await connect({ embedded: true });
 * await using session = await service.openSession();
 * ```
 */
export async function connect(options: ConnectOptions = {}): Promise<WhorlService> {
  checkOptions('connect', options, CONNECT_OPTIONS);
  const { embedded = false, address, waitMs = 0 } = options;
  if (embedded !== false) {
    const { port, close } = await startEmbedded(embedded === true ? {} : embedded);
    return await greeted(new ServiceChannel(messagePortTransport(port)), close);
  }
  // Sockets and the codec of their frames are loaded with the first connection that needs them.
  const { connectSocket } = await import('../../client/node/connect-socket.ts');
  const meetPipe =
    process.platform === 'win32' ? (await import('../../drivers/windows/pipe-server.ts')).meetPipe : undefined;
  const deadlineMs = performance.now() + waitMs;
  const backOff = new BackOff();
  for (;;) {
    try {
      return await greeted(new ServiceChannel(await connectSocket(address, meetPipe)));
    } catch (thrown) {
      const leftMs = deadlineMs - performance.now();
      if (hresultOf(thrown) !== WHORL_E_SERVICE_NOT_RUNNING || leftMs <= 0) throw thrown;
      await backOff.pause({ mostMs: leftMs });
    }
  }
}

async function greeted(channel: ServiceChannel, closeService?: () => Promise<void>): Promise<WhorlService> {
  try {
    await channel.greet();
    return new WhorlService(channel, closeService);
  } catch (thrown) {
    channel.close();
    await closeService?.();
    throw thrown;
  }
}
