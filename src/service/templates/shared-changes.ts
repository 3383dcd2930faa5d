/** Keeps what a store has in memory in step with a database that other services change, too. */

import { asked } from '../../adapters/asked.ts';
import type { Freshness, Position } from '../../adapters/shared-history.ts';
import type { RecordChange, TemplateDatabase } from '../../adapters/storage-adapter.ts';
import { BiometricError, hresultOf } from '../../core/biometric-error.ts';
import type { Clock } from '../../core/clock.ts';
import { Follower } from '../../core/follower.ts';
import { WHORL_E_RESYNC, WHORL_E_STALE } from '../../core/result-constants.ts';

/** How often a write is tried again that others were quicker than. */
const MOST_TRIES = 30;

/** What is kept in step. */
export interface InStep {
  /** Makes a change. */
  readonly apply: (change: RecordChange) => Promise<void>;
  /** Reads everything again: the history is another one. */
  readonly reload: () => Promise<void>;
}

export class SharedChanges implements AsyncDisposable {
  readonly #database: TemplateDatabase;
  readonly #inStep: InStep;
  readonly #follower: Follower;
  #position: Position = { incarnation: '', change: 0, token: '' };

  constructor(database: TemplateDatabase, inStep: InStep, clock: Clock) {
    this.#database = database;
    this.#inStep = inStep;
    const watch = async (onHint: () => void) => database.watch?.(onHint) ?? { [Symbol.dispose]() {} };
    this.#follower = new Follower({ watch, pull: () => this.#pull() }, { clock });
  }

  /** What is in memory shows every change up to this one. */
  get position(): Position {
    return this.#position;
  }

  /** What is read from now on is at least as far. */
  async mark(): Promise<void> {
    this.#position = this.#database.freshness?.position ?? (await asked(this.#database.position?.()));
  }

  /** Begins to follow. */
  start(): void {
    this.#follower.start();
  }

  /** Takes in what has come here; asks no other machine where there is a copy. */
  takeIn(): Promise<void> {
    return this.#follower.catchUp();
  }

  /** Takes in everything that was committed by now. Rejects with WHORL_E_OFFLINE. */
  async catchUp(): Promise<void> {
    await this.#database.position?.();
    await this.#follower.catchUp();
  }

  /** Runs a check and the write that relies on it, again after others were quicker. Rejects as it does, and with WHORL_E_OFFLINE. */
  async inTurn<T>(attempt: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries++) {
      await this.catchUp();
      try {
        return await attempt();
      } catch (thrown) {
        if (hresultOf(thrown) !== WHORL_E_STALE || tries === MOST_TRIES) throw thrown;
      }
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#follower[Symbol.asyncDispose]();
  }

  async #pull(): Promise<void> {
    try {
      for await (const batch of this.#database.changes?.(this.#position) ?? []) {
        for (const change of batch) {
          await this.#inStep.apply(change);
          this.#position = change.position;
        }
      }
    } catch (thrown) {
      if (hresultOf(thrown) !== WHORL_E_RESYNC) throw thrown;
      await this.mark();
      await this.#inStep.reload();
    }
  }
}

/** Throws WHORL_E_VIEW_TOO_OLD for a copy that nobody is recognised by any more. */
export function requireFresh(freshness: Freshness | undefined): void {
  if (freshness?.isTooOld === true) throw new BiometricError('WHORL_E_VIEW_TOO_OLD');
}
