/** Lets the clients of a service take turns at its readers, by what they ask for. */

import type { ClientProcess } from '../../service/access/principal.ts';
import type { Service } from '../../service/service.ts';
import { ForegroundByUse } from './foreground-by-use.ts';
import type { ConnectionObserver } from './serve-connection.ts';

/** From now on the clients that are observed by it take turns. */
export function turnObserver(service: Service): ConnectionObserver {
  const foreground = new ForegroundByUse<ClientProcess>();
  service.takeTurns((waiting) => foreground.among(waiting));
  return {
    asked: (connection, message) => {
      if (message.type === 'submit') foreground.asked(connection, message.id, message.request.kind);
    },
    answered: (connection, requestId) => {
      if (foreground.answered(connection, requestId)) service.turned();
    },
    closed: (connection) => foreground.gone(connection),
  };
}
