/** Runs identifications and verifications, one at a time. */

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

/** The owner, and possibly the finger, that a verification checks. */
export interface Claim {
  readonly identity: OwnerIdentity;
  /** Any finger if undefined. */
  readonly finger: SubFactor | undefined;
}

export type MatchState =
  | { readonly kind: 'idle' | 'beginning' | 'waiting' | 'done' | 'canceled' }
  | { readonly kind: 'failed'; readonly words: FaultWords };

/** What to ask. */
export interface MatchQuestion {
  readonly pool: PoolChoice;
  /** Verifies this claim; identifies if undefined. */
  readonly claim: Claim | undefined;
  /** Asks again after each answer, as at a door. */
  readonly goesOn: boolean;
}

/** An answer, and the claim it is about. */
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

  /** The page is left: cancels, and forgets the answer unless it failed, so that the reason can still be read. */
  leave(): void {
    this.cancel();
    if (this.#state.value.kind === 'failed') return;
    this.#answer.value = undefined;
    this.#state.value = { kind: 'idle' };
  }

  /** True while there is something to cancel. */
  get isUnderWay(): boolean {
    return this.#state.value.kind === 'beginning' || this.#state.value.kind === 'waiting';
  }

  /** Cancels what is under way. */
  cancel(): void {
    this.#cancel.abort();
    if (this.isUnderWay) {
      this.#state.value = { kind: this.#answer.value === undefined ? 'canceled' : 'done' };
    }
  }
}
