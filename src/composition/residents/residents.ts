/** Makes the clients that live inside a service; they are observed as all others are. */

import type { Principal } from '../../service/access/principal.ts';
import type { EnrollmentShelf } from '../../service/enrollment-shelf.ts';
import type { Service } from '../../service/service.ts';
import type { ConnectionObserver } from '../connection/serve-connection.ts';
import { ResidentClient } from './resident-client.ts';

export class Residents {
  readonly #service: Service;
  #observers: readonly ConnectionObserver[] = [];

  constructor(service: Service) {
    this.#service = service;
  }

  /** Residents that are made from now on are observed by these. */
  observe(observers: readonly ConnectionObserver[]): void {
    this.#observers = observers;
  }

  connect(principal: Principal, shelf?: EnrollmentShelf): ResidentClient {
    const parts = { service: this.#service, principal, observers: this.#observers };
    return new ResidentClient(shelf === undefined ? parts : { ...parts, shelf });
  }
}
