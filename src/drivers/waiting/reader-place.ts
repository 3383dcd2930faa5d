/** A place where a reader comes and goes: it is looked for until it answers, and again after it went. */

import { type BiometricError, toBiometricError } from '../../core/biometric-error.ts';
import { type Clock, SYSTEM_CLOCK } from '../../core/clock.ts';
import { waitBriefly } from './wait-briefly.ts';

/** What a place holds. */
export interface AtReaderPlace {
  /** Resolves when it is gone. */
  readonly gone: Promise<unknown>;
  /** Releases it; idempotent. */
  close(): Promise<void>;
}

/** Options of a {@link ReaderPlace}. */
export interface ReaderPlaceOptions<T extends AtReaderPlace> {
  /** Finds it. What it rejects with is told, and tried again. */
  readonly attach: () => Promise<T>;
  /** It is there. */
  readonly arrived: (unit: T) => void;
  /** It is gone, and will be closed. */
  readonly removed: (unit: T) => void;
  /** It could not be found; told once while the reason stays the same. Default: nobody is told. */
  readonly fault?: ((error: BiometricError) => void) | undefined;
  /** Default: the clock of the system. */
  readonly clock?: Clock | undefined;
}

/** First and longest pause between two tries, milliseconds; each is twice the one before. */
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 5000;

export class ReaderPlace<T extends AtReaderPlace> {
  readonly #options: ReaderPlaceOptions<T>;
  readonly #clock: Clock;
  readonly #closing = new AbortController();
  readonly #firstTry = Promise.withResolvers<void>();
  readonly #running: Promise<void>;
  #unit: T | undefined;
  #fault: BiometricError | undefined;

  constructor(options: ReaderPlaceOptions<T>) {
    this.#options = options;
    this.#clock = options.clock ?? SYSTEM_CLOCK;
    this.#running = this.#run();
  }

  /** What is there now. */
  get unit(): T | undefined {
    return this.#unit;
  }

  /** Why nothing is there; undefined while something is, or was not looked for yet. */
  get fault(): BiometricError | undefined {
    return this.#fault;
  }

  /** Resolves when it has looked once. */
  looked(): Promise<void> {
    return this.#firstTry.promise;
  }

  /** Stops looking and closes what is there; idempotent. Rejects with its fault. */
  async close(): Promise<void> {
    this.#closing.abort();
    const unit = this.#unit;
    if (unit !== undefined) this.#leave(unit);
    await unit?.close();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#closing;
    for (let pauseMs = FIRST_PAUSE_MS; !signal.aborted; pauseMs = Math.min(LONGEST_PAUSE_MS, 2 * pauseMs)) {
      const unit = await this.#options.attach().catch((thrown: unknown) => this.#failed(thrown));
      if (unit !== undefined && signal.aborted) await unit.close();
      else if (unit !== undefined) {
        this.#fault = undefined;
        this.#unit = unit;
        this.#options.arrived(unit);
        this.#firstTry.resolve();
        await unit.gone;
        // What is gone holds nothing any more; its owner may still ask it why.
        this.#leave(unit);
        pauseMs = FIRST_PAUSE_MS / 2;
      }
      this.#firstTry.resolve();
      await waitBriefly(this.#clock, pauseMs, signal).catch(() => {});
    }
  }

  #leave(unit: T): void {
    if (this.#unit !== unit) return;
    this.#unit = undefined;
    this.#options.removed(unit);
  }

  #failed(thrown: unknown): undefined {
    const error = toBiometricError(thrown, 'WINBIO_E_DEVICE_FAILURE');
    const isNews = this.#fault?.message !== error.message;
    this.#fault = error;
    if (isNews && !this.#closing.signal.aborted) this.#options.fault?.(error);
    return undefined;
  }
}
