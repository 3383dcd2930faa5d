/** Watches the samples that operations use, if the account may. */

import { type ReadonlySignal, signal } from '@preact/signals';
import type { SampleReport, Session, WatchedSample } from '../../../src/exports/whorl/client/browser.ts';
import type { ConnectedService } from '../service/connected-service.ts';

/** Whether samples can be seen. */
export type WatchState = 'off' | 'watching' | 'not-allowed';

/** How long the last picture may take to arrive after its answer. */
const LAST_PICTURE_MS = 2000;
/** How many samples are remembered. */
const RECENT = 24;

export class SampleWatch {
  readonly #state = signal<WatchState>('off');
  readonly #sample = signal<WatchedSample | undefined>(undefined);
  readonly #count = signal(0);
  readonly #recent = signal<readonly WatchedSample[]>([]);
  #stop: AbortController | undefined;

  get state(): ReadonlySignal<WatchState> {
    return this.#state;
  }

  /**
   * The last sample, if one of these operations used it. `report` tells it from a sample of another client at the same
   * time.
   */
  sampleOf(operations: readonly string[], report?: SampleReport): WatchedSample | undefined {
    const sample = this.#sample.value;
    if (sample === undefined || !operations.includes(sample.operation)) return undefined;
    const other = sample.values.report;
    const isAnother = report !== undefined && other !== undefined && !sameReport(report, other);
    return isAnother ? undefined : sample;
  }

  /** The last samples, oldest first. */
  get recent(): ReadonlySignal<readonly WatchedSample[]> {
    return this.#recent;
  }

  /** How many samples there were. */
  get count(): ReadonlySignal<number> {
    return this.#count;
  }

  /**
   * Shows samples of the system pool from now on, where the account may see them. Each shown sample is audited, so watching
   * ends with {@link stop}.
   */
  async start(service: ConnectedService): Promise<void> {
    this.stop();
    this.#sample.value = undefined;
    this.#recent.value = [];
    if (!service.account.administrator) {
      this.#state.value = 'not-allowed';
      return;
    }
    try {
      const onlooker = await service.client.openSession({ access: ['raw'] });
      void this.#follow(onlooker).finally(() => onlooker.close().catch(() => undefined));
    } catch {
      // Policy may keep pictures from everyone.
      this.#state.value = 'not-allowed';
    }
  }

  stop(): void {
    this.#stop?.abort();
    this.#stop = undefined;
    this.#state.value = 'off';
  }

  /** Stops once the last picture, which may arrive after the answer, has had its time. */
  stopSoon(): void {
    const ending = this.#stop;
    setTimeout(() => {
      if (this.#stop === ending) ending?.abort();
    }, LAST_PICTURE_MS);
  }

  async #follow(session: Session): Promise<void> {
    const stop = new AbortController();
    this.#stop = stop;
    this.#state.value = 'watching';
    try {
      for await (const sample of session.watchSamples({ signal: stop.signal, bufferSize: 4 })) {
        this.#sample.value = sample;
        this.#recent.value = [...this.#recent.value.slice(1 - RECENT), sample];
        this.#count.value += 1;
      }
    } catch {
      // Stopped, or the connection was lost, which the frame of the page shows.
    }
    if (this.#stop === stop) this.stop();
  }
}

function sameReport(one: SampleReport, other: SampleReport): boolean {
  return one.quality === other.quality && one.areaMm2 === other.areaMm2 && one.clarity === other.clarity;
}
