/** One identification or verification, from its beginning to its answer. */

import { type ReadonlySignal, signal } from '@preact/signals';
import {
  type IdentifyOutcome,
  isBiometricError,
  type OwnerIdentity,
  type SubFactor,
  type VerifyOutcome,
} from '../../../src/exports/client-browser.ts';
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
  | { readonly kind: 'idle' | 'canceled' }
  | { readonly kind: 'waiting'; readonly claim: Claim | undefined }
  | { readonly kind: 'done'; readonly outcome: IdentifyOutcome | VerifyOutcome; readonly claim: Claim | undefined }
  | { readonly kind: 'failed'; readonly words: FaultWords };

export class MatchRun {
  readonly #state = signal<MatchState>({ kind: 'idle' });
  #cancel = new AbortController();

  get state(): ReadonlySignal<MatchState> {
    return this.#state;
  }

  /** Verifies a claim, or identifies when there is none. */
  async start(
    service: ConnectedService,
    pool: PoolChoice,
    claim: Claim | undefined,
    watch: SampleWatch,
  ): Promise<void> {
    this.cancel();
    const cancel = new AbortController();
    this.#cancel = cancel;
    const { signal: aborted } = cancel;
    this.#state.value = { kind: 'waiting', claim };
    try {
      await using session = await watch.openSession(service, pool);
      const outcome = await (claim === undefined
        ? session.identify({ signal: aborted })
        : session.verify(
            { identity: claim.identity, ...(claim.finger !== undefined && { finger: claim.finger }) },
            { signal: aborted },
          ));
      if (!aborted.aborted) this.#state.value = { kind: 'done', outcome, claim };
    } catch (thrown) {
      if (aborted.aborted) return;
      const canceled = isBiometricError(thrown) && thrown.code === 'WINBIO_E_CANCELED';
      this.#state.value = canceled ? { kind: 'canceled' } : { kind: 'failed', words: faultWords(thrown) };
    }
  }

  /** Ends what waits. */
  cancel(): void {
    this.#cancel.abort();
    if (this.#state.value.kind === 'waiting') this.#state.value = { kind: 'canceled' };
  }
}
