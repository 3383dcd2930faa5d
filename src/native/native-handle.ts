/** A handle of the library that the program opened. */

import type { HandleKind } from '../core/operation-request.ts';
import { keepAlive } from '../drivers/winbio/keep-alive.ts';
import type { PrototypeName } from '../drivers/winbio/prototypes.ts';
import type { Deliver } from '../winbio/notification.ts';

/** A call that has not returned yet, and which notices wait for. */
export type Returning = object;

interface Held {
  readonly deliver: () => void;
  /** Calls that were out when it came. */
  readonly after: Set<Returning>;
}

/** Keeps the process while it is open, as a connection does. */
export class NativeHandle {
  readonly kind: HandleKind;
  /** UserData of its results, as the library has it. */
  readonly key: bigint;
  readonly userData: unknown;
  /** Undefined on synchronous sessions. */
  readonly deliver: Deliver | undefined;
  /** Its number; 0 until it is open. */
  number = 0;
  /** Keys of callbacks that may still come. */
  readonly callbacks = new Set<bigint>();
  /** Calls of control operations, whose buffers the library uses until their notices, oldest first. */
  readonly lent: object[] = [];
  /** Calls that take a thread while they wait. */
  readonly waiting = new Map<Promise<unknown>, PrototypeName>();
  /** Ends when the calls before have begun what they ask for: the threads of calls keep no order. */
  turn: Promise<unknown> = Promise.resolve();
  readonly #alive = keepAlive();
  readonly #returning = new Set<Returning>();
  #held: Held[] = [];

  constructor(kind: HandleKind, key: bigint, userData?: unknown, deliver?: Deliver) {
    this.kind = kind;
    this.key = key;
    this.userData = userData;
    this.deliver = deliver;
  }

  /** Delivers something, after what came before it and after the calls that are out have returned. D-19. */
  take(deliver: () => void): void {
    if (this.#held.length === 0 && this.#returning.size === 0) deliver();
    else this.#held.push({ deliver, after: new Set(this.#returning) });
  }

  /** A call is out. */
  begin(): Returning {
    const call = {};
    this.#returning.add(call);
    return call;
  }

  /** It has returned to the program. */
  end(call: Returning): void {
    this.#returning.delete(call);
    for (const { after } of this.#held) after.delete(call);
    while (this.#held[0]?.after.size === 0) this.#held.shift()?.deliver();
  }

  /** It is closed; idempotent. */
  close(): void {
    this.#alive[Symbol.dispose]();
  }
}
