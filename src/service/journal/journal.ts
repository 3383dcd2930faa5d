/** The journal of a service: lines are written before answers leave, followed live, and taken away when their time is over. */

import type { JournalStore, NewJournalLine } from '../../adapters/journal-store.ts';
import { BiometricError, toBiometricError } from '../../core/biometric-error.ts';
import type { Clock } from '../../core/clock.ts';
import type { GreyImage } from '../../core/grey-image.ts';
import type { OwnerIdentity } from '../../core/identity.ts';
import type { JournalEntry, JournalLine, JournalQuery } from '../../core/journal-line.ts';
import type { Logger } from '../../core/logger.ts';
import type { JournalPolicy } from './journal-policy.ts';

/** Where a journal is kept, and how. */
export interface JournalPort {
  readonly store: JournalStore;
  /** Whether there is a journal already: one that is not there is asked nothing before its first line. */
  readonly isThere: boolean;
  readonly policy: () => JournalPolicy;
  /** Makes a PNG of a picture, on another thread. Default: no line has a picture. */
  readonly draw?: ((image: GreyImage) => Promise<Uint8Array>) | undefined;
}

/** Lines after a number. */
export interface JournalNews {
  readonly lines: readonly JournalLine[];
  /** Number to ask with next. */
  readonly after: number;
}

const QUIET_MS = 2000;
const FIRST_TRIM_MS = 60_000;
const TRIM_EVERY_MS = 60 * 60 * 1000;
const DAY_MS = 24 * 60 * 60 * 1000;
const STEPS_A_TRIM = 10_000;
/** An export of everything goes on while others ask. */
const BETWEEN_STEPS_MS = 5;

export class Journal implements AsyncDisposable {
  readonly store: JournalStore;
  readonly #port: JournalPort;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #followers = new Set<() => void>();
  readonly #writing = new Set<Promise<unknown>>();
  #timer: Disposable | undefined;
  #trimming: Promise<void> = Promise.resolve();
  #isThere: boolean;
  /** What follows is told so. */
  #ending = false;
  #closed = false;
  /** Why lines are not written; undefined while they are. */
  #fault: BiometricError | undefined;

  constructor(port: JournalPort, clock: Clock, logger: Logger) {
    this.#port = port;
    this.store = port.store;
    this.#clock = clock;
    this.#logger = logger;
    this.#isThere = port.isThere;
    if (port.isThere) this.#trimLater(FIRST_TRIM_MS);
  }

  get policy(): JournalPolicy {
    return this.#port.policy();
  }

  /** Makes a PNG of a picture; undefined where none are kept. */
  get draw(): JournalPort['draw'] {
    return this.#port.draw;
  }

  /** False while nothing was ever written. */
  get isThere(): boolean {
    return this.#isThere;
  }

  /** What is wrong with it. */
  get faults(): readonly BiometricError[] {
    return this.#fault === undefined ? [] : [this.#fault];
  }

  /**
   * Writes lines; they are on the disk when it resolves. What cannot be written is a fault of the service; it rejects with
   * WINBIO_E_DATABASE_WRITE_ERROR only where policy requires the journal.
   */
  async note(...entries: readonly (JournalEntry | Omit<NewJournalLine, 'atMs'>)[]): Promise<void> {
    await this.write(...entries).catch((thrown: unknown) => {
      if (this.policy.required) {
        const { hresult } = toBiometricError(thrown);
        throw new BiometricError(hresult, 'the journal cannot be written, and policy requires it', { cause: thrown });
      }
    });
  }

  /** Writes lines. Rejects with what the store fails with. */
  async write(...entries: readonly (JournalEntry | Omit<NewJournalLine, 'atMs'>)[]): Promise<readonly JournalLine[]> {
    if (entries.length === 0 || this.#closed) return [];
    const atMs = this.#clock.nowMs();
    const lines = entries.map((each) => ('entry' in each ? { atMs, ...each } : { atMs, entry: each }));
    const writing = this.store.append(lines);
    const settled = writing.then(
      () => undefined,
      () => undefined,
    );
    this.#writing.add(settled);
    void settled.then(() => this.#writing.delete(settled));
    try {
      const written = await writing;
      this.#fault = undefined;
      if (!this.#isThere) this.#trimLater(FIRST_TRIM_MS);
      this.#isThere = true;
      for (const tell of [...this.#followers]) tell();
      return written;
    } catch (thrown) {
      const { code, hresult, message } = toBiometricError(thrown, 'WINBIO_E_DATABASE_WRITE_ERROR');
      if (this.#fault === undefined) this.#logger.error(`the journal cannot be written: ${message}`, { code });
      this.#fault = new BiometricError(hresult, `the journal cannot be written: ${message}`);
      throw thrown;
    }
  }

  /** Lines after a number as soon as there are any, none after two seconds; from now on without a number. */
  async follow(query: JournalQuery, after: number | undefined): Promise<JournalNews> {
    const { store } = this;
    const from = after ?? (await store.position()).number;
    for (let seen = from; ; ) {
      const heard = this.#next();
      try {
        const news = await store.since(query, seen);
        if (news.lines.length > 0) return news;
        seen = news.after;
        if (news.more) continue;
        if (!(await heard.promise) || this.#ending) return { lines: [], after: seen };
      } finally {
        heard[Symbol.dispose]();
      }
    }
  }

  /** Forgets whom lines are about; says how many. */
  async forget(identity: OwnerIdentity): Promise<number> {
    let forgotten = 0;
    for (let step = await this.store.forget(identity); step > 0; step = await this.store.forget(identity)) {
      forgotten += step;
    }
    return forgotten;
  }

  /** Takes away what is kept too long; comes by itself now and then. */
  async trim(): Promise<number> {
    const { days, pictureDays } = this.policy;
    const nowMs = this.#clock.nowMs();
    const retention = { linesBeforeMs: nowMs - days * DAY_MS, picturesBeforeMs: nowMs - pictureDays * DAY_MS };
    let taken = 0;
    for (let steps = 0; steps < STEPS_A_TRIM && !this.#closed; steps++) {
      const step = await this.store.trim(retention);
      if (step === 0) break;
      taken += step;
      await new Promise<void>((resolve) => this.#clock.after(BETWEEN_STEPS_MS, resolve));
    }
    return taken;
  }

  /** Resolves when what is being written is written, and nothing more will be. */
  async close(): Promise<void> {
    this.#timer?.[Symbol.dispose]();
    this.#ending = true;
    for (const tell of [...this.#followers]) tell();
    while (this.#writing.size > 0) await Promise.all(this.#writing);
    this.#closed = true;
    await this.#trimming;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** The next line, or none after a while. */
  #next(): Disposable & { readonly promise: Promise<boolean> } {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const tell = () => resolve(true);
    this.#followers.add(tell);
    const alarm = this.#clock.after(QUIET_MS, () => resolve(false));
    return {
      promise,
      [Symbol.dispose]: () => {
        this.#followers.delete(tell);
        alarm[Symbol.dispose]();
      },
    };
  }

  #trimLater(delayMs: number): void {
    this.#timer?.[Symbol.dispose]();
    this.#timer = this.#clock.after(delayMs, () => {
      this.#trimming = this.trim().then(
        () => undefined,
        (thrown: unknown) => {
          const { code, message } = toBiometricError(thrown);
          this.#logger.warn(`old lines of the journal were not taken away: ${message}`, { code });
        },
      );
      if (!this.#closed) this.#trimLater(TRIM_EVERY_MS);
    });
  }
}
