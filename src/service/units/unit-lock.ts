/** The lock of one unit: one owner, first come first served. WBF: state machines 4, D-21. */

/** A session that is waiting for a lock. */
export interface LockWaiter {
  /** The session, as an identity only. */
  readonly session: object;
  granted(): void;
  /** The unit is gone. */
  lost(): void;
}

export class UnitLock {
  #owner: object | undefined;
  #waiters: LockWaiter[] = [];

  /** Session that holds the lock. */
  get owner(): object | undefined {
    return this.#owner;
  }

  /** True when another session holds it. */
  heldAgainst(session: object): boolean {
    return this.#owner !== undefined && this.#owner !== session;
  }

  /** Grants the lock at once, or when those before have had their turn. */
  request(waiter: LockWaiter): void {
    if (this.#owner === undefined || this.#owner === waiter.session) {
      this.#owner = waiter.session;
      waiter.granted();
    } else {
      this.#waiters.push(waiter);
    }
  }

  /** Withdraws a request that was not granted. */
  withdraw(waiter: LockWaiter): void {
    this.#waiters = this.#waiters.filter((other) => other !== waiter);
  }

  /** The unit is gone: ends the ownership, and tells all waiters (D-47). */
  lose(): void {
    this.#owner = undefined;
    for (const waiter of this.#waiters.splice(0)) waiter.lost();
  }

  /** Ends the ownership of a session; the next waiter becomes the owner. */
  release(session: object): void {
    if (this.#owner !== session) return;
    this.#owner = undefined;
    const next = this.#waiters.shift();
    if (next !== undefined) this.request(next);
  }
}
