/**
 * Which client has the focus where no window system says it. Accounts that wait for a sample have it in turn, whoever asks
 * more often; within an account it is the client that asked last and still waits. WBF: service 9 leaves this to the host.
 */

import type { OperationKind } from '../../core/operation-request.ts';
import { operationEntry } from '../../core/operation-table.ts';

/** What is known of a client. */
export interface ForegroundClient {
  readonly principal: { readonly sid: string };
}

export class ForegroundByUse<C extends ForegroundClient> {
  readonly #setForeground: (client: C) => void;
  /** Requests that wait, by account, in the order of their turns, and by client; who asked last comes last. */
  readonly #waiting = new Map<string, Map<C, Set<number>>>();

  constructor(setForeground: (client: C) => void) {
    this.#setForeground = setForeground;
  }

  /** A client asks for something; comes before the service hears of it. */
  asked(client: C, requestId: number, kind: OperationKind): void {
    if (operationEntry(kind).takesSample !== true) return;
    const clients = this.#waiting.get(client.principal.sid) ?? new Map<C, Set<number>>();
    const requests = clients.get(client) ?? new Set();
    clients.delete(client);
    clients.set(client, requests.add(requestId));
    this.#waiting.set(client.principal.sid, clients);
    // To begin an enrollment takes nobody's sample, so that it waits for no turn.
    if (kind === 'enroll-begin') this.#setForeground(client);
    else this.#turn();
  }

  /** A request is answered: the next account has its turn. */
  answered(client: C, requestId: number): void {
    const { sid } = client.principal;
    const clients = this.#waiting.get(sid);
    const requests = clients?.get(client);
    if (clients === undefined || requests?.delete(requestId) !== true) return;
    if (requests.size === 0) clients.delete(client);
    this.#waiting.delete(sid);
    if (clients.size > 0) this.#waiting.set(sid, clients);
    this.#turn();
  }

  /** A client is gone. The last one keeps the focus until another one asks. */
  gone(client: C): void {
    const { sid } = client.principal;
    const clients = this.#waiting.get(sid);
    if (clients?.delete(client) === true && clients.size === 0) this.#waiting.delete(sid);
    this.#turn();
  }

  #turn(): void {
    const [first] = this.#waiting.values();
    const next = first && [...first.keys()].at(-1);
    if (next !== undefined) this.#setForeground(next);
  }
}
