/**
 * Whose turn it is at a reader where no window system says who is in front. Accounts that wait there for a sample have it
 * in turn, whoever asks more often; within an account it is the client that asked last. WBF: service 9 leaves this to the
 * host.
 */

import type { OperationKind } from '../../core/operation-request.ts';
import { operationEntry } from '../../core/operation-table.ts';

/** What is known of a client. */
export interface ForegroundClient {
  readonly principal: { readonly sid: string };
}

export class ForegroundByUse<C extends ForegroundClient> {
  /** Requests that wait, by account, in the order of their turns, and by client; who asked last comes last. */
  readonly #waiting = new Map<string, Map<C, Set<number>>>();

  /** A client asks for something; comes before the service hears of it. */
  asked(client: C, requestId: number, kind: OperationKind): void {
    if (operationEntry(kind).takesSample !== true) return;
    const clients = this.#waiting.get(client.principal.sid) ?? new Map<C, Set<number>>();
    const requests = clients.get(client) ?? new Set();
    clients.delete(client);
    clients.set(client, requests.add(requestId));
    this.#waiting.set(client.principal.sid, clients);
  }

  /** A request is answered: the next account has its turn. Returns false for one that waited for no sample. */
  answered(client: C, requestId: number): boolean {
    const { sid } = client.principal;
    const clients = this.#waiting.get(sid);
    const requests = clients?.get(client);
    if (clients === undefined || requests?.delete(requestId) !== true) return false;
    if (requests.size === 0) clients.delete(client);
    this.#waiting.delete(sid);
    if (clients.size > 0) this.#waiting.set(sid, clients);
    return true;
  }

  /** A client is gone. */
  gone(client: C): void {
    const { sid } = client.principal;
    const clients = this.#waiting.get(sid);
    if (clients?.delete(client) === true && clients.size === 0) this.#waiting.delete(sid);
  }

  /** Whose turn it is among clients that wait at one reader; undefined for none. */
  among(waiting: readonly C[]): C | undefined {
    const [only] = waiting;
    if (waiting.length <= 1) return only;
    const there = new Set(waiting);
    for (const clients of this.#waiting.values()) {
      const last = [...clients.keys()].findLast((client) => there.has(client));
      if (last !== undefined) return last;
    }
    return only;
  }
}
