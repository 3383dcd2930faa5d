/** Where every client comes in, by socket or by WebSocket: it greets, is authorized, and is served. */

import { Accounts, type Place } from '../../composition/connection/accounts.ts';
import { type ClientLimits, ORDINARY_MESSAGE_BYTES } from '../../composition/connection/client-limits.ts';
import type { Extensions } from '../../composition/connection/extensions.ts';
import { type ConnectionObserver, serveConnection } from '../../composition/connection/serve-connection.ts';
import { type SessionsInFront, turnObserver } from '../../composition/connection/turn-observer.ts';
import { toBiometricError } from '../../core/biometric-error.ts';
import type { Logger } from '../../core/logger.ts';
import type { GuardedTransport } from '../../protocol/guarded-transport.ts';
import type { ClientMessage, ServiceMessage } from '../../protocol/messages.ts';
import { isPrivileged, type Principal } from '../../service/access/principal.ts';
import type { Service } from '../../service/service.ts';
import { greetClient } from './greet-client.ts';

/** What clients are served with. */
export interface ClientDoorParts {
  readonly service: Service;
  readonly extensions: Extensions;
  readonly observers: readonly ConnectionObserver[];
  readonly logger: Logger;
  readonly limits: ClientLimits;
  /** Whose sessions may have touches. Default: all. */
  readonly sessions?: Pick<SessionsInFront, 'isInFront'> | undefined;
}

/** Tells who a client is, by what it brings; rejects with E_ACCESSDENIED. */
export type Authorize = (token: string | undefined) => Promise<Principal>;

/** An account whose clients are counted from the first byte, because the system has named it. */
export interface NamedAccount {
  readonly name: string;
  /** Its clients are not limited in number: the owner of the service, and root. */
  readonly trusted: boolean;
}

export class ClientDoor {
  readonly #parts: ClientDoorParts;
  readonly #accounts: Accounts;

  constructor(parts: ClientDoorParts) {
    const { service, logger, observers, limits, sessions } = parts;
    this.#accounts = new Accounts(limits);
    this.#parts = { ...parts, observers: [...observers, turnObserver(service, sessions), logObserver(logger)] };
  }

  /** Those who see all clients. */
  get observers(): readonly ConnectionObserver[] {
    return this.#parts.observers;
  }

  /**
   * Serves the client at the other end, once it has greeted and is let in. `account` is what the system says of it;
   * otherwise its greeting tells. Never rejects.
   */
  async accept(
    transport: GuardedTransport<ServiceMessage, ClientMessage>,
    authorize: Authorize,
    account?: NamedAccount,
  ): Promise<void> {
    const { service, extensions, observers, logger } = this.#parts;
    let place: Place | undefined;
    try {
      place = account && this.#accounts.enter(account.name, account);
    } catch (thrown) {
      logger.warn('a client was refused', { account: account?.name ?? '', code: toBiometricError(thrown).code });
      return transport.close();
    }
    const principal = await greetClient(transport, async (token) => {
      const known = await authorize(token);
      place ??= this.#accounts.enter(known.sid, { trusted: isPrivileged(known) });
      return known;
    });
    if (principal === undefined || place === undefined) {
      place?.[Symbol.dispose]();
      logger.warn('a client was refused');
      return;
    }
    const { bytes, operations } = place.account;
    transport.admit(bytes, isPrivileged(principal) ? undefined : ORDINARY_MESSAGE_BYTES);
    const left = { closed: () => place?.[Symbol.dispose]() };
    serveConnection(service, transport, principal, { extensions, observers: [...observers, left], operations });
  }
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
