/**
 * The connection of a service with one reader, which outlives the processes behind it. A process that dies, and one whose
 * reader libfprint takes for too hot, is replaced by a new one while a finger is waited for; the caller notices nothing.
 */

import type { EnrollStage } from '../../adapters/matching-device.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import type { Logger } from '../../core/logger.ts';
import { DEFAULT_LINGER_MS, DRIVERS, type DriverSettings, settingsOf } from './driver-settings.ts';
import type { DrivenReader } from './found-readers.ts';
import type { FingerStatus, HelperStart, ReaderCalls, ReaderFacts, ReaderMethod } from './helper-messages.ts';
import { HelperError, type HelperParts, HelperProcess } from './helper-process.ts';

/** What a link needs beside its reader. */
export interface LinkParts {
  readonly logger: Logger;
  /** Variable of the environment that holds the master key; kept from processes of readers. */
  readonly keyVariable?: string | undefined;
}

/** How a call is made. */
export interface LinkCallOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onStage?: ((stage: EnrollStage) => void) | undefined;
}

/** Hears of a reader. */
export interface LinkObserver {
  /** A finger came or went. */
  finger?(present: boolean): void;
  /** The driver began to wait for a finger. */
  needed?(): void;
  /** It is gone, for good. */
  removed?(): void;
}

/** libfprint ends a wait after 180 s; a new process, which knows nothing of the last one, comes before. */
const LONGEST_WAIT_MS = 150_000;
/** While a finger is down the change waits, for no longer than this. */
const FINGER_PATIENCE_MS = 20_000;
/** How often in a row a process may die before its reader counts as broken, and how long a start then waits. */
const DEATHS = 5;
const DEATH_WAIT_MS = 200;
/** Whose process has lived so long has not died in a row. */
const STEADY_MS = 10_000;
/** How long a driver may take to open its reader, and to end what was canceled, milliseconds. */
const OPEN_MS = 30_000;
const CANCEL_MS = 3000;

/** Calls that change nothing, so that they may be made again in a new process. */
const REPEATABLE: ReadonlySet<ReaderMethod> = new Set(['capture', 'verify', 'identify', 'list']);
/** Calls that wait for a finger. */
const WAITING: ReadonlySet<ReaderMethod> = new Set(['capture', 'verify', 'identify', 'enroll']);

/** Why a wait ended that nobody but the link asked to end. */
const CHANGE = Symbol('a new process');

export class ReaderLink {
  readonly found: DrivenReader;
  readonly facts: ReaderFacts;
  readonly settings: DriverSettings;
  readonly #parts: LinkParts;
  readonly #observers = new Set<LinkObserver>();
  #helper: HelperProcess | undefined;
  /** The process in which the reader is open. */
  #openIn: HelperProcess | undefined;
  #waitedMs = 0;
  #deaths = 0;
  #fingerPresent = false;
  #fingerNeeded = false;
  #resetNext = false;
  #kept = false;
  #gone = false;
  /** Resolves when the machine wakes. */
  #asleep: PromiseWithResolvers<void> | undefined;
  #closing: Promise<void> | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  #powering: Promise<void> = Promise.resolve();
  #linger: NodeJS.Timeout | undefined;

  private constructor(found: DrivenReader, facts: ReaderFacts, parts: LinkParts) {
    this.found = found;
    this.facts = facts;
    this.settings = settingsOf(found.driver);
    this.#parts = parts;
  }

  /**
   * Starts the process of a reader. Rejects with WHORL_E_CONFIGURATION (what is missing, and the line to run),
   * WINBIO_E_SENSOR_UNAVAILABLE (libfprint does not find it), WINBIO_E_DEVICE_FAILURE.
   */
  static async start(found: DrivenReader, parts: LinkParts): Promise<ReaderLink> {
    const told: { link?: ReaderLink } = {};
    const observed: HelperParts = {
      ...parts,
      onFinger: (status) => told.link?.tellFinger(status),
      onRemoved: () => told.link?.remove(),
    };
    const { helper, facts } = await HelperProcess.start(startOf(found), observed)
      .catch((thrown: unknown) => {
        if ((thrown as HelperError).kind !== 'absent' || found.usb === undefined) throw thrown;
        // Two drivers have readers of this id, and libfprint's table names one of them.
        return HelperProcess.start({ ...startOf(found), drivers: othersThan(found.driver) }, observed);
      })
      .catch((thrown: unknown) => {
        throw plain(thrown);
      });
    told.link = new ReaderLink({ ...found, driver: facts.driver }, facts, parts);
    told.link.#helper = helper;
    return told.link;
  }

  /** Number of the process that runs now; undefined while none does. */
  get pid(): number | undefined {
    return this.#helper?.running === true ? this.#helper.pid : undefined;
  }

  /** True while the driver waits for a finger. */
  get fingerNeeded(): boolean {
    return this.#fingerNeeded;
  }

  /** True once the reader is gone. */
  get gone(): boolean {
    return this.#gone;
  }

  /** Reports until the returned subscription is disposed. */
  watch(observer: LinkObserver): Disposable {
    this.#observers.add(observer);
    return { [Symbol.dispose]: () => this.#observers.delete(observer) };
  }

  /** Opens the reader, and keeps it open from call to call. Rejects as {@link call} does. */
  async open(signal?: AbortSignal): Promise<void> {
    this.#kept = true;
    await this.#inTurn(async () => void (await this.#ready(signal)));
  }

  /**
   * Calls a method. Rejects with WINBIO_E_CANCELED (aborted, or closed), WINBIO_E_SENSOR_UNAVAILABLE (gone),
   * WINBIO_E_INVALID_DEVICE_STATE (closed), WINBIO_E_DEVICE_BUSY, E_ACCESSDENIED, and what libfprint's error means.
   */
  call<M extends Exclude<ReaderMethod, 'open' | 'close' | 'suspend' | 'resume'>>(
    method: M,
    values: Parameters<ReaderCalls[M]>,
    options: LinkCallOptions = {},
  ): Promise<ReturnType<ReaderCalls[M]>> {
    return this.#inTurn(() => this.#attempt(method, values, options));
  }

  /** The machine goes to sleep, or woke. A reader that is not open sleeps by itself. Never rejects. */
  power(change: 'suspend' | 'resume'): Promise<void> {
    this.#powering = this.#powering.then(() => this.#power(change));
    return this.#powering;
  }

  async #power(change: 'suspend' | 'resume'): Promise<void> {
    const helper = this.#openIn;
    if (change === 'suspend') this.#asleep ??= Promise.withResolvers();
    if (helper?.running === true) await helper.call(change, []).catch(() => undefined);
    if (change === 'suspend') return;
    this.#asleep?.resolve();
    this.#asleep = undefined;
  }

  /** Ends the process; the next call starts a new one, which first resets the reader. */
  reset(): void {
    this.#resetNext = true;
    this.#deaths = 0;
    this.#helper?.kill('the reader is reset');
  }

  /** Lets the reader go, in the state it is in; the next call opens it. Never rejects. */
  async release(): Promise<void> {
    this.#kept = false;
    await this.#inTurn(() => this.#shut());
  }

  /** The process says how it is with the finger. */
  tellFinger({ needed, present }: FingerStatus): void {
    const [hadNeeded, hadPresent] = [this.#fingerNeeded, this.#fingerPresent];
    this.#fingerNeeded = needed;
    this.#fingerPresent = present;
    for (const observer of [...this.#observers]) {
      if (present !== hadPresent) observer.finger?.(present);
      if (needed && !hadNeeded) observer.needed?.();
    }
  }

  /** The reader is gone: it was pulled. */
  remove(): void {
    if (this.#gone) return;
    this.#gone = true;
    this.#helper?.kill('the reader is gone');
    for (const observer of [...this.#observers]) observer.removed?.();
  }

  /** Releases the reader and ends its process; idempotent, never rejects. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close(): Promise<void> {
    clearTimeout(this.#linger);
    await this.#turn;
    await this.#shut();
    await this.#helper?.end();
    this.#observers.clear();
  }

  /** One call at a time, as a process of libfprint can. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    clearTimeout(this.#linger);
    const done = this.#turn.then(work);
    this.#turn = done.then(
      () => this.#lingerOn(),
      () => this.#lingerOn(),
    );
    return done;
  }

  /** Closes a reader that nobody keeps open, a little later: the next touch of an enrollment often follows. */
  #lingerOn(): void {
    if (this.#kept || this.#closing !== undefined || this.#openIn === undefined) return;
    clearTimeout(this.#linger);
    this.#linger = setTimeout(() => {
      if (!this.#kept && this.#closing === undefined) this.#turn = this.#turn.then(() => this.#shut());
    }, this.settings.lingerMs ?? DEFAULT_LINGER_MS).unref();
  }

  async #attempt<M extends ReaderMethod>(
    method: M,
    values: Parameters<ReaderCalls[M]>,
    { signal, onStage }: LinkCallOptions,
  ): Promise<ReturnType<ReaderCalls[M]>> {
    for (;;) {
      if (this.#asleep !== undefined) await unlessAborted(this.#asleep.promise, signal);
      const helper = await this.#ready(signal);
      const change = this.#changeInTime(method);
      const ending = signal === undefined ? change.signal : AbortSignal.any([signal, change.signal]);
      const startedAtMs = performance.now();
      const stubborn = killWhenDeaf(helper, ending);
      try {
        const answer = await helper.call(method, values, { signal: ending, onStage });
        this.#deaths = 0;
        return answer;
      } catch (thrown) {
        const next = this.#afterFault(thrown, helper, { method, signal, change: change.signal });
        if (next !== undefined) throw next;
      } finally {
        stubborn[Symbol.dispose]();
        change[Symbol.dispose]();
        if (WAITING.has(method)) this.#waitedMs += performance.now() - startedAtMs;
      }
    }
  }

  /** The fault that the caller gets; undefined when a new process is to try again. */
  #afterFault(
    thrown: unknown,
    helper: HelperProcess,
    at: { readonly method: ReaderMethod; readonly signal: AbortSignal | undefined; readonly change: AbortSignal },
  ): BiometricError | undefined {
    const { kind, error } = thrown as HelperError;
    const { method, signal, change } = at;
    if (signal?.aborted === true) return new BiometricError('WINBIO_E_CANCELED', undefined, { cause: signal.reason });
    if (this.#gone || kind === 'absent') {
      this.remove();
      return gone();
    }
    // A driver that cannot wait through a sleep ends what runs; it goes on when the machine has woken.
    if (this.#asleep !== undefined && error.code === 'WINBIO_E_DEVICE_BUSY' && REPEATABLE.has(method)) return undefined;
    const hot = kind === 'too-hot' || change.aborted;
    if (!hot && kind !== 'died') return error;
    helper.kill(hot ? 'libfprint takes the reader for too hot' : 'it died');
    const changed = REPEATABLE.has(method) && !this.#resetNext;
    if (hot && changed) return undefined;
    if (!changed) return error;
    this.#deaths = performance.now() - helper.startedAtMs > STEADY_MS ? 1 : this.#deaths + 1;
    this.#parts.logger.warn('the process of a reader ended and is started again', {
      reader: this.found.deviceInstanceId,
      why: error.message,
    });
    return this.#deaths < DEATHS ? undefined : error;
  }

  /** Aborts before libfprint does, when no finger is down. */
  #changeInTime(method: ReaderMethod): Disposable & { readonly signal: AbortSignal } {
    const controller = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    if (WAITING.has(method) && method !== 'enroll' && this.settings.waitsForEver !== true) {
      const latest = performance.now() + LONGEST_WAIT_MS + FINGER_PATIENCE_MS - this.#waitedMs;
      const look = () => {
        if (!this.#fingerPresent || performance.now() > latest) controller.abort(CHANGE);
        else timer = setTimeout(look, 250).unref();
      };
      timer = setTimeout(look, Math.max(0, LONGEST_WAIT_MS - this.#waitedMs)).unref();
    }
    return { signal: controller.signal, [Symbol.dispose]: () => clearTimeout(timer) };
  }

  /** A process in which the reader is open. */
  async #ready(signal: AbortSignal | undefined): Promise<HelperProcess> {
    const helper = await this.#running(signal);
    if (this.#openIn === helper) return helper;
    const timer = setTimeout(() => helper.kill('it does not open the reader'), OPEN_MS);
    const stubborn = signal && killWhenDeaf(helper, signal);
    try {
      await helper.call('open', [], { signal });
      this.#openIn = helper;
      return helper;
    } catch (thrown) {
      if (signal?.aborted === true) throw new BiometricError('WINBIO_E_CANCELED', undefined, { cause: signal.reason });
      if ((thrown as HelperError).kind === 'absent') this.remove();
      throw plain(thrown);
    } finally {
      clearTimeout(timer);
      stubborn?.[Symbol.dispose]();
    }
  }

  async #running(signal: AbortSignal | undefined): Promise<HelperProcess> {
    for (let failures = 0; ; failures++) {
      if (signal?.aborted === true) throw new BiometricError('WINBIO_E_CANCELED', undefined, { cause: signal.reason });
      if (this.#closing !== undefined)
        throw new BiometricError('WINBIO_E_INVALID_DEVICE_STATE', 'the reader is closed');
      if (this.#gone) throw gone();
      if (this.#helper?.running === true) return this.#helper;
      await this.#helper?.ended;
      if (this.#deaths + failures > 0) await sleep(DEATH_WAIT_MS * 2 ** (this.#deaths + failures - 1), signal);
      try {
        await this.#startAgain();
      } catch (thrown) {
        if ((thrown as HelperError).kind === 'absent' && this.found.usb === undefined) this.remove();
        // A reader that was reset, or whose process died, may take a moment to be there again.
        if (this.#gone || failures + 1 >= DEATHS) throw plain(thrown);
      }
    }
  }

  async #startAgain(): Promise<void> {
    this.#waitedMs = 0;
    this.#fingerPresent = false;
    this.#fingerNeeded = false;
    const start = { ...startOf(this.found), ...(this.#resetNext && { reset: true }) };
    this.#resetNext = false;
    const { helper } = await HelperProcess.start(start, {
      ...this.#parts,
      onFinger: (status) => this.tellFinger(status),
      onRemoved: () => this.remove(),
    });
    this.#helper = helper;
  }

  async #shut(): Promise<void> {
    const helper = this.#openIn;
    this.#openIn = undefined;
    if (helper?.running !== true) return;
    const timer = setTimeout(() => helper.kill('it does not close the reader'), CANCEL_MS);
    await helper.call('close', []).catch(() => helper.kill('it cannot close the reader'));
    clearTimeout(timer);
  }
}

function startOf({ driver, usb }: DrivenReader): HelperStart {
  return { drivers: [driver], ...(usb && { usb }) };
}

/** Drivers of readers of pictures: those of chips talk to every reader that could be theirs. */
function othersThan(driver: string): readonly string[] {
  const pictures = Object.entries(DRIVERS).filter(([, { kind }]) => kind === 'picture');
  return pictures.map(([name]) => name).filter((name) => name !== driver && !name.startsWith('virtual'));
}

/** A driver that does not end what was canceled is ended with its process. */
function killWhenDeaf(helper: HelperProcess, signal: AbortSignal): Disposable {
  let timer: NodeJS.Timeout | undefined;
  const aborted = () => {
    timer = setTimeout(() => helper.kill('it does not end what was canceled'), CANCEL_MS);
  };
  if (signal.aborted) aborted();
  signal.addEventListener('abort', aborted, { once: true });
  return {
    [Symbol.dispose]() {
      clearTimeout(timer);
      signal.removeEventListener('abort', aborted);
    },
  };
}

/** What callers get of a fault. */
function plain(thrown: unknown): unknown {
  return thrown instanceof HelperError ? thrown.error : thrown;
}

function gone(): BiometricError {
  return new BiometricError('WINBIO_E_SENSOR_UNAVAILABLE', 'the reader is gone');
}

/** Ends early when the signal aborts. */
async function sleep(ms: number, signal: AbortSignal | undefined): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  await unlessAborted(promise, signal);
  clearTimeout(timer);
}

/** Resolves with the promise, or when the signal aborts. */
async function unlessAborted(promise: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  const { promise: aborted, resolve } = Promise.withResolvers<void>();
  const abort = () => resolve();
  if (signal?.aborted === true) abort();
  signal?.addEventListener('abort', abort, { once: true });
  await Promise.race([promise, aborted]);
  signal?.removeEventListener('abort', abort);
}
