/** Asks whose finger it is, or whether it is the claimed one; one question at a time, anew after each answer if wanted. */

import { type ReadonlySignal, signal } from '@preact/signals';
import type {
  IdentifyOutcome,
  Person,
  ReaderPlace,
  SubFactor,
  VerifyOutcome,
} from '../../../src/exports/whorl/client/browser.ts';
import { play } from '../parts/sounds.ts';
import type { ConnectedService } from '../service/connected-service.ts';
import { type FaultWords, faultWords } from '../words/fault-words.ts';

export type MatchState =
  | { readonly kind: 'idle' | 'beginning' | 'waiting' | 'done' | 'canceled' }
  | { readonly kind: 'failed'; readonly words: FaultWords };

/** What to ask. */
export interface MatchQuestion {
  /** Only this reader; any of them if undefined. */
  readonly place: ReaderPlace | undefined;
  /** Verifies this person; identifies if undefined. */
  readonly person: Person | undefined;
  /** This finger of the person; any if undefined. */
  readonly finger: SubFactor | undefined;
  /** Asks again after each answer. */
  readonly goesOn: boolean;
}

/** An answer, and whom it was about. */
export interface MatchAnswer {
  readonly outcome: IdentifyOutcome | VerifyOutcome;
  readonly person: Person | undefined;
  readonly atMs: number;
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

  /** True while there is something to cancel. */
  get isUnderWay(): boolean {
    return this.#state.value.kind === 'beginning' || this.#state.value.kind === 'waiting';
  }

  async start(service: ConnectedService, { place, person, finger, goesOn }: MatchQuestion): Promise<void> {
    this.cancel();
    const cancel = new AbortController();
    this.#cancel = cancel;
    const { signal: aborted } = cancel;
    this.#answer.value = undefined;
    this.#state.value = { kind: 'beginning' };
    try {
      await using session = await service.client.openSession(place === undefined ? {} : { readers: [place.reader] });
      if (aborted.aborted) return;
      this.#state.value = { kind: 'waiting' };
      do {
        const outcome = await (person === undefined
          ? session.identify({ signal: aborted })
          : session.verify(
              { identity: person.identity, ...(finger !== undefined && { finger }) },
              { signal: aborted },
            ));
        if (aborted.aborted) return;
        this.#answer.value = { outcome, person, atMs: Date.now() };
        play(outcome.kind === 'identified' || outcome.kind === 'match' ? 'yes' : 'no');
      } while (goesOn);
      this.#state.value = { kind: 'done' };
    } catch (thrown) {
      if (!aborted.aborted) this.#state.value = { kind: 'failed', words: faultWords(thrown) };
    }
  }

  /** Cancels what is under way. */
  cancel(): void {
    this.#cancel.abort();
    if (this.isUnderWay) this.#state.value = { kind: this.#answer.value === undefined ? 'canceled' : 'done' };
  }
}
