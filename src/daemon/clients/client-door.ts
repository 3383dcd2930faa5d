/** Where every client comes in, by socket or by WebSocket: it greets, is authorized, and is served. */

import type { Extensions } from '../../composition/connection/extensions.ts';
import { type ConnectionObserver, serveConnection } from '../../composition/connection/serve-connection.ts';
import type { Logger } from '../../core/logger.ts';
import type { ClientMessage, ServiceMessage } from '../../protocol/messages.ts';
import type { Transport } from '../../protocol/transport.ts';
import type { Principal } from '../../service/access/principal.ts';
import type { Service } from '../../service/service.ts';
import { ForegroundByUse } from './foreground-by-use.ts';
import { greetClient } from './greet-client.ts';

/** What clients are served with. */
export interface ClientDoorParts {
  readonly service: Service;
  readonly extensions: Extensions;
  readonly observers: readonly ConnectionObserver[];
  readonly logger: Logger;
}

/** Tells who a client is, by what it brings; rejects with E_ACCESSDENIED. */
export type Authorize = (token: string | undefined) => Promise<Principal>;

export class ClientDoor {
  readonly #parts: ClientDoorParts;

  constructor(parts: ClientDoorParts) {
    const { service, logger, observers } = parts;
    const foreground = new ForegroundByUse((connection) => service.setForeground(connection));
    this.#parts = { ...parts, observers: [...observers, foregroundObserver(foreground), logObserver(logger)] };
  }

  /** Serves the client at the other end, once it has greeted and is let in. Never rejects. */
  async accept(transport: Transport<ServiceMessage, ClientMessage>, authorize: Authorize): Promise<void> {
    const { service, extensions, observers, logger } = this.#parts;
    const principal = await greetClient(transport, authorize);
    if (principal === undefined) logger.warn('a client was refused');
    else serveConnection(service, transport, principal, { extensions, observers });
  }
}

function foregroundObserver(foreground: ForegroundByUse): ConnectionObserver {
  return {
    asked: (connection, message) => {
      if (message.type === 'submit') foreground.asked(connection, message.id, message.request.kind);
    },
    answered: (connection, requestId) => foreground.answered(connection, requestId),
    closed: (connection) => foreground.gone(connection),
  };
}

function logObserver(logger: Logger): ConnectionObserver {
  return {
    opened: ({ principal }) => logger.debug('a client connected', { sid: principal.sid }),
    closed: ({ principal: { sid } }, fault) => {
      if (fault === undefined) logger.debug('a client left', { sid });
      else logger.warn(`a client was given up: ${fault.message}`, { sid, code: fault.code });
    },
  };
}
