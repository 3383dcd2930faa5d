/**
 * Which client has the focus where no window system says it: the one that asked last for a sample and still waits for
 * it; when it has what it wanted, the one before. WBF: service 9 leaves this to the host.
 */

import type { OperationKind } from '../../core/operation-request.ts';
import { operationEntry } from '../../core/operation-table.ts';
import type { Connection } from '../../service/connection.ts';

export class ForegroundByUse {
  readonly #setForeground: (connection: Connection) => void;
  /** Requests that wait, by connection; who asked last comes last. */
  readonly #waiting = new Map<Connection, Set<number>>();

  constructor(setForeground: (connection: Connection) => void) {
    this.#setForeground = setForeground;
  }

  /** A client asks for something; comes before the service hears of it. */
  asked(connection: Connection, requestId: number, kind: OperationKind): void {
    if (operationEntry(kind).takesSample !== true) return;
    const requests = this.#waiting.get(connection) ?? new Set();
    this.#waiting.delete(connection);
    this.#waiting.set(connection, requests.add(requestId));
    this.#setForeground(connection);
  }

  /** A request is answered. */
  answered(connection: Connection, requestId: number): void {
    const requests = this.#waiting.get(connection);
    if (requests?.delete(requestId) && requests.size === 0) this.gone(connection);
  }

  /** A client is gone, or waits for nothing any more. The last one keeps the focus until another one asks. */
  gone(connection: Connection): void {
    this.#waiting.delete(connection);
    const next = [...this.#waiting.keys()].at(-1);
    if (next !== undefined) this.#setForeground(next);
  }
}
