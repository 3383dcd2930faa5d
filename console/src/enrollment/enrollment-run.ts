/** The enrollment that this page follows. The service keeps it: leaving, reloading and unplugging lose nothing. */

import { type ReadonlySignal, signal } from '@preact/signals';
import {
  type EnrollmentTouch,
  isBiometricError,
  type KeptEnrollment,
  type NewEnrollment,
} from '../../../src/exports/whorl/client/browser.ts';
import type { SeenCell } from '../parts/growing-print.tsx';
import { play } from '../parts/sounds.ts';
import type { ConnectedService } from '../service/connected-service.ts';
import { type FaultWords, faultWords } from '../words/fault-words.ts';
import { CoverageMap } from './coverage-map.ts';

export class EnrollmentRun {
  readonly #kept = signal<KeptEnrollment | undefined>(undefined);
  readonly #touches = signal<readonly EnrollmentTouch[]>([]);
  readonly #cells = signal<readonly SeenCell[]>([]);
  readonly #fault = signal<FaultWords | undefined>(undefined);
  #map = new CoverageMap();
  #service: ConnectedService | undefined;
  #stop = new AbortController();

  /** How it is; undefined when none is followed. */
  get kept(): ReadonlySignal<KeptEnrollment | undefined> {
    return this.#kept;
  }

  /** Touches that this page has seen, oldest first. */
  get touches(): ReadonlySignal<readonly EnrollmentTouch[]> {
    return this.#touches;
  }

  /** What of the finger was seen. */
  get cells(): ReadonlySignal<readonly SeenCell[]> {
    return this.#cells;
  }

  get fault(): ReadonlySignal<FaultWords | undefined> {
    return this.#fault;
  }

  /** Begins one, and follows it. */
  async begin(service: ConnectedService, enrollment: NewEnrollment): Promise<KeptEnrollment> {
    const kept = await service.client.enrollments.begin(enrollment);
    this.#start(service, kept.token);
    this.#note(kept);
    return kept;
  }

  /** Follows one that was begun before: by this page, another one, or before a reload. */
  resume(service: ConnectedService, token: string): void {
    if (this.#service === service && this.#kept.value?.token === token && !this.#stop.signal.aborted) return;
    this.#start(service, token);
  }

  /** Stores the template; a duplicate shows as a stage. */
  async save(): Promise<void> {
    await this.#work(async (service, token) => this.#note(await service.client.enrollments.save(token)));
  }

  /** Ends it without storing anything. */
  async discard(): Promise<void> {
    await this.#work(async (service, token) => await service.client.enrollments.discard(token));
    this.leave();
  }

  /** Goes on at another reader; the touches so far do not count there. */
  async restart(reader: string): Promise<void> {
    await this.#work(async (service, token) => {
      const kept = await service.client.enrollments.restart(token, reader);
      this.#forgetTouches();
      this.#note(kept);
    });
  }

  /** Follows it no more; the service keeps it. */
  leave(): void {
    this.#stop.abort();
    this.#kept.value = undefined;
    this.#fault.value = undefined;
    this.#forgetTouches();
  }

  #start(service: ConnectedService, token: string): void {
    this.leave();
    this.#service = service;
    this.#stop = new AbortController();
    void this.#follow(service, token, this.#stop.signal);
  }

  async #follow(service: ConnectedService, token: string, stopped: AbortSignal): Promise<void> {
    try {
      for await (const kept of service.client.enrollments.follow(token, { signal: stopped })) {
        if (stopped.aborted) return;
        this.#note(kept);
      }
    } catch (thrown) {
      // After a lost connection the page resumes with the next one.
      const isLost = isBiometricError(thrown) && thrown.code === 'WHORL_E_CONNECTION_LOST';
      if (!stopped.aborted && !isLost) this.#fault.value = faultWords(thrown);
    }
  }

  #note(kept: KeptEnrollment): void {
    const before = this.#kept.value;
    if (before !== undefined && before.token === kept.token && kept.number < before.number) return;
    this.#kept.value = kept;
    if (kept.coverage !== undefined && kept.coverage !== before?.coverage)
      this.#cells.value = this.#map.place(kept.coverage);
    const touch = kept.lastTouch;
    if (touch === undefined || touch.number === this.#touches.value.at(-1)?.number) return;
    this.#touches.value = [...this.#touches.value, touch];
    play(kept.stage === 'complete' ? 'done' : touch.kind === 'used' ? 'good' : 'poor');
  }

  #forgetTouches(): void {
    this.#touches.value = [];
    this.#cells.value = [];
    this.#map = new CoverageMap();
  }

  async #work(work: (service: ConnectedService, token: string) => Promise<void>): Promise<void> {
    const token = this.#kept.value?.token;
    if (this.#service === undefined || token === undefined) return;
    this.#fault.value = undefined;
    try {
      await work(this.#service, token);
    } catch (thrown) {
      this.#fault.value = faultWords(thrown);
    }
  }
}

/** One a page: the stage and the kiosk show the same. */
export const enrollmentRun = new EnrollmentRun();
