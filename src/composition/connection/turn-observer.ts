/** Lets the clients of a service take turns at its readers, by what they ask for. */

import type { ClientProcess } from '../../service/access/principal.ts';
import type { Service } from '../../service/service.ts';
import { ForegroundByUse } from './foreground-by-use.ts';
import type { ConnectionObserver } from './serve-connection.ts';

/** Which sessions of the machine's system may have touches now, such as the one at the console unless it is locked. */
export interface SessionsInFront {
  /** True for one that may. */
  isInFront(session: number): boolean;
  /** Calls back when that may be another one. */
  onChange(listener: () => void): Disposable;
}

/**
 * From now on the clients that are observed by it take turns. `sessions` says whose session may have touches; by default, and for
 * clients without a known session, everybody's may. Its changes are the caller's to pass on, to `Service.turned`.
 */
export function turnObserver(service: Service, sessions?: Pick<SessionsInFront, 'isInFront'>): ConnectionObserver {
  const foreground = new ForegroundByUse<ClientProcess>();
  const isInFront = ({ principal: { session } }: ClientProcess) =>
    session === undefined || sessions === undefined || sessions.isInFront(session);
  service.takeTurns((waiting) => foreground.among(waiting.filter(isInFront)));
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
