/** What clients ask and when it is answered: numbers of what goes on, and the latest requests. Nothing of anybody. */

import type { Completion } from '../../core/operation-result.ts';
import type { AnsweredRequest } from '../../core/service-report.ts';
import type { Connection } from '../../service/connection.ts';
import type { ConnectionObserver } from '../connection/serve-connection.ts';

/** Answered requests that are kept. */
const KEPT = 1000;

interface Asked {
  readonly kind: string;
  readonly atMs: number;
}

/** Told of every answered request. */
export type AnsweredListener = (answered: AnsweredRequest) => void;

export class RequestLog implements ConnectionObserver {
  readonly #asked = new Map<Connection, Map<number, Asked>>();
  readonly #handles = new Map<Connection, Set<number>>();
  readonly #listeners = new Set<AnsweredListener>();
  #answered: AnsweredRequest[] = [];
  #lastNumber = 0;

  /** Clients that are connected. */
  get connections(): number {
    return this.#asked.size;
  }

  /** Open sessions and framework connections. */
  get handles(): number {
    return total(this.#handles);
  }

  /** Requests that are not answered yet. */
  get waiting(): number {
    return total(this.#asked);
  }

  /** The kept requests with a greater number, oldest first. */
  after(number: number): readonly AnsweredRequest[] {
    const { length } = this.#answered;
    return this.#answered.slice(Math.max(length - KEPT, length - Math.max(0, this.#lastNumber - number), 0));
  }

  onAnswered(listener: AnsweredListener): void {
    this.#listeners.add(listener);
  }

  opened(connection: Connection): void {
    this.#asked.set(connection, new Map());
    this.#handles.set(connection, new Set());
  }

  asked: NonNullable<ConnectionObserver['asked']> = (connection, message) => {
    this.#asked.get(connection)?.set(message.id, { kind: message.request.kind, atMs: performance.now() });
    if (message.type === 'submit' && message.request.kind === 'close') {
      this.#handles.get(connection)?.delete(message.handle);
    }
  };

  answered(connection: Connection, requestId: number, completion: Completion, handle?: number): void {
    const requests = this.#asked.get(connection);
    const asked = requests?.get(requestId);
    if (asked === undefined) return;
    requests?.delete(requestId);
    if (handle !== undefined) this.#handles.get(connection)?.add(handle);
    this.#lastNumber += 1;
    const { hresult, unitId } = completion;
    const answered: AnsweredRequest = {
      number: this.#lastNumber,
      atMs: Date.now(),
      kind: asked.kind,
      hresult,
      unitId,
      durationMs: performance.now() - asked.atMs,
      sid: connection.principal.sid,
    };
    this.#answered.push(answered);
    // Now and then, instead of one at a time.
    if (this.#answered.length >= 2 * KEPT) this.#answered = this.#answered.slice(-KEPT);
    for (const listener of this.#listeners) listener(answered);
  }

  closed(connection: Connection): void {
    this.#asked.delete(connection);
    this.#handles.delete(connection);
  }
}

function total(sizes: ReadonlyMap<unknown, { readonly size: number }>): number {
  let sum = 0;
  for (const { size } of sizes.values()) sum += size;
  return sum;
}
