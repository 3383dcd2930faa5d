/** One identification or verification, from its beginning to its answer. */

import { type ReadonlySignal, signal } from '@preact/signals';
import type {
  IdentifyOutcome,
  OwnerIdentity,
  SubFactor,
  VerifyOutcome,
} from '../../../src/exports/whorl/client/browser.ts';
import type { PoolChoice } from '../pools/pool-choice.ts';
import type { SampleWatch } from '../sample/sample-watch.ts';
import type { ConnectedService } from '../service/connected-service.ts';
import { type FaultWords, faultWords } from '../words/fault-words.ts';

/** Whose finger it is said to be. */
export interface Claim {
  readonly identity: OwnerIdentity;
  /** Any of them unless given. */
  readonly finger: SubFactor | undefined;
}

export type MatchState =
  | { readonly kind: 'idle' | 'beginning' | 'waiting' | 'done' | 'canceled' }
  | { readonly kind: 'failed'; readonly words: FaultWords };

/** What is asked. */
export interface MatchQuestion {
  readonly pool: PoolChoice;
  /** Verifies it; identifies when there is none. */
  readonly claim: Claim | undefined;
  /** Asks again after each answer, as a door does. */
  readonly goesOn: boolean;
}

/** What was answered. */
export interface MatchAnswer {
  readonly outcome: IdentifyOutcome | VerifyOutcome;
  readonly claim: Claim | undefined;
}

export class MatchRun {
  readonly #state = signal<MatchState>({ kind: 'idle' });
  readonly #answer = signal<MatchAnswer | undefined>(undefined);
  #cancel = new AbortController();

  /** The last answer. */
  get answer(): ReadonlySignal<MatchAnswer | undefined> {
    return this.#answer;
  }

  get state(): ReadonlySignal<MatchState> {
    return this.#state;
  }

  async start(service: ConnectedService, { pool, claim, goesOn }: MatchQuestion, watch: SampleWatch): Promise<void> {
    this.cancel();
    const cancel = new AbortController();
    this.#cancel = cancel;
    const { signal: aborted } = cancel;
    this.#answer.value = undefined;
    this.#state.value = { kind: 'beginning' };
    try {
      await using session = await watch.openSession(service, pool);
      if (aborted.aborted) return;
      this.#state.value = { kind: 'waiting' };
      do {
        const outcome = await (claim === undefined
          ? session.identify({ signal: aborted })
          : session.verify(
              { identity: claim.identity, ...(claim.finger !== undefined && { finger: claim.finger }) },
              { signal: aborted },
            ));
        if (aborted.aborted) return;
        this.#answer.value = { outcome, claim };
      } while (goesOn);
      this.#state.value = { kind: 'done' };
    } catch (thrown) {
      if (!aborted.aborted) this.#state.value = { kind: 'failed', words: faultWords(thrown) };
    }
  }

  /** Its page is left: ends what waits and forgets what is over, unless somebody should read why it failed. */
  leave(): void {
    this.cancel();
    if (this.#state.value.kind === 'failed') return;
    this.#answer.value = undefined;
    this.#state.value = { kind: 'idle' };
  }

  /** Whether something was asked and can be canceled. */
  get isUnderWay(): boolean {
    return this.#state.value.kind === 'beginning' || this.#state.value.kind === 'waiting';
  }

  /** Ends what waits. */
  cancel(): void {
    this.#cancel.abort();
    if (this.isUnderWay) {
      this.#state.value = { kind: this.#answer.value === undefined ? 'canceled' : 'done' };
    }
  }
}
