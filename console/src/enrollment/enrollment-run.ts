/** One enrollment, from the choice of a finger to its commit or its end. */

import { type ReadonlySignal, signal } from '@preact/signals';
import type {
  CommitOutcome,
  Enrollment,
  EnrollmentStep,
  FingerName,
  Session,
} from '../../../src/exports/whorl/client/browser.ts';
import type { PoolChoice } from '../pools/pool-choice.ts';
import type { SampleWatch } from '../sample/sample-watch.ts';
import type { ConnectedService } from '../service/connected-service.ts';
import { type FaultWords, faultWords } from '../words/fault-words.ts';

export type EnrollmentState =
  | { readonly kind: 'idle' | 'beginning' | 'capturing' | 'sufficient' | 'saving' | 'discarded' | 'canceled' }
  | CommitOutcome
  | { readonly kind: 'failed'; readonly words: FaultWords };

/** One touch and its outcome. */
export interface EnrollmentTouch {
  readonly step: EnrollmentStep;
  readonly number: number;
  /** Area that this touch added, if the engine tells. */
  readonly addedMm2: number | undefined;
}

export class EnrollmentRun {
  readonly #state = signal<EnrollmentState>({ kind: 'idle' });
  readonly #touches = signal<readonly EnrollmentTouch[]>([]);
  readonly #finger = signal<FingerName | undefined>(undefined);
  #stop = new AbortController();
  #session: Session | undefined;
  #enrollment: Enrollment | undefined;

  get state(): ReadonlySignal<EnrollmentState> {
    return this.#state;
  }

  /** All touches so far, oldest first. */
  get touches(): ReadonlySignal<readonly EnrollmentTouch[]> {
    return this.#touches;
  }

  /** The finger being enrolled, or the last one. */
  get finger(): ReadonlySignal<FingerName | undefined> {
    return this.#finger;
  }

  /** True while it holds the reader. */
  get isUnderWay(): boolean {
    return ['beginning', 'capturing', 'sufficient', 'saving', 'duplicate'].includes(this.#state.value.kind);
  }

  /** Captures until the template is complete or the run is canceled. */
  async start(service: ConnectedService, finger: FingerName, pool: PoolChoice, watch: SampleWatch): Promise<void> {
    const stop = new AbortController();
    this.#stop = stop;
    this.#touches.value = [];
    this.#finger.value = finger;
    this.#state.value = { kind: 'beginning' };
    try {
      this.#session = await watch.openSession(service, pool);
      this.#enrollment = await this.#session.beginEnrollment({ finger }, { signal: stop.signal });
      this.#state.value = { kind: 'capturing' };
      for (;;) {
        const step = await this.#enrollment.capture({ signal: stop.signal });
        this.#note(step);
        if (step.kind === 'sufficient') break;
      }
      this.#state.value = { kind: 'sufficient' };
    } catch (thrown) {
      await this.#fail(thrown, stop.signal);
    }
  }

  /** Stores the template. */
  async save(): Promise<void> {
    if (this.#enrollment === undefined) return;
    this.#state.value = { kind: 'saving' };
    try {
      const outcome = await this.#enrollment.commit();
      this.#state.value = outcome;
      if (outcome.kind !== 'duplicate') await this.#end();
    } catch (thrown) {
      await this.#fail(thrown, this.#stop.signal);
    }
  }

  /** Ends the enrollment without storing anything. */
  async discard(): Promise<void> {
    const { kind } = this.#state.value;
    this.#state.value = { kind: kind === 'sufficient' || kind === 'duplicate' ? 'discarded' : 'canceled' };
    this.#stop.abort();
    await this.#end();
  }

  /** The page is left: ends the enrollment, and forgets it unless it failed, so that the reason can still be read. */
  leave(): void {
    if (this.isUnderWay) void this.discard();
    if (this.#state.value.kind !== 'failed') this.#state.value = { kind: 'idle' };
  }

  #note(step: EnrollmentStep): void {
    const before = this.#touches.value;
    const area = before.findLast((each) => each.step.coverage !== undefined)?.step.coverage?.areaMm2 ?? 0;
    const addedMm2 = step.coverage && step.kind !== 'rejected' ? Math.max(0, step.coverage.areaMm2 - area) : undefined;
    this.#touches.value = [...before, { step, number: before.length + 1, addedMm2 }];
  }

  async #fail(thrown: unknown, stopped: AbortSignal): Promise<void> {
    if (!stopped.aborted) this.#state.value = { kind: 'failed', words: faultWords(thrown) };
    await this.#end();
  }

  /** Releases the reader; closing discards what was not committed. */
  async #end(): Promise<void> {
    const session = this.#session;
    this.#session = undefined;
    this.#enrollment = undefined;
    // A lost connection has already closed the session.
    await session?.close().catch(() => undefined);
  }
}
