/** Looks on at the samples that operations use, where the account may. */

import { type ReadonlySignal, signal } from '@preact/signals';
import { isBiometricError, type WatchedSample } from '../../../src/exports/client-browser.ts';
import type { ConnectedService } from '../service/connected-service.ts';

/** Whether there is something to look at. */
export type WatchState = 'off' | 'watching' | 'not-allowed';

export class SampleWatch {
  readonly #state = signal<WatchState>('off');
  readonly #sample = signal<WatchedSample | undefined>(undefined);
  readonly #count = signal(0);
  #stop: AbortController | undefined;

  get state(): ReadonlySignal<WatchState> {
    return this.#state;
  }

  /** The last one. */
  get sample(): ReadonlySignal<WatchedSample | undefined> {
    return this.#sample;
  }

  /** How many there were. */
  get count(): ReadonlySignal<number> {
    return this.#count;
  }

  /** Begins anew; resolves when the service was asked. Each sample that is shown is audited, so it watches no longer than needed. */
  async start({ client }: ConnectedService): Promise<void> {
    this.stop();
    this.#sample.value = undefined;
    const stop = new AbortController();
    this.#stop = stop;
    try {
      const session = await client.openSession({ access: ['raw'] });
      this.#state.value = 'watching';
      void this.#follow(session.watchSamples({ signal: stop.signal, bufferSize: 4 }), stop.signal).finally(() =>
        session.close().catch(() => undefined),
      );
    } catch (thrown) {
      if (!isBiometricError(thrown) || thrown.code !== 'E_ACCESSDENIED') throw thrown;
      this.#state.value = 'not-allowed';
    }
  }

  stop(): void {
    this.#stop?.abort();
    this.#stop = undefined;
    this.#state.value = 'off';
  }

  async #follow(samples: AsyncIterable<WatchedSample>, stopped: AbortSignal): Promise<void> {
    try {
      for await (const sample of samples) {
        this.#sample.value = sample;
        this.#count.value += 1;
      }
    } catch {
      // Stopped, or the connection ended, which is shown elsewhere.
    }
    if (!stopped.aborted) this.#state.value = 'off';
  }
}
