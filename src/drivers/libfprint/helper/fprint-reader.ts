/** One reader as libfprint drives it: a call at a time, each in a thread that is GLib's while it lasts. */

import { createHash } from 'node:crypto';
import type { DevicePrint, EnrollStage } from '../../../adapters/matching-device.ts';
import { BiometricError } from '../../../core/biometric-error.ts';
import { WINBIO_FP_MERGE_FAILURE } from '../../../core/constants.ts';
import {
  type FaultKind,
  type FingerStatus,
  type HelperStart,
  READER_FEATURES,
  type ReaderCalls,
  type ReaderFacts,
  type ReaderPicture,
  type Rejection,
} from '../helper-messages.ts';
import { type GlibError, type GlibMeaning, meaningOf } from './glib-faults.ts';
import type { LibfprintLibrary, Pointer, WaitingCall } from './libfprint-library.ts';
import { resetUsb } from './usb-reset.ts';

/** What a call is made with. */
export interface ReaderCallOptions {
  readonly signal: AbortSignal;
  readonly onStage: (stage: EnrollStage) => void;
}

/** Told of what happens beside calls. */
export interface ReaderObserver {
  readonly finger: (status: FingerStatus) => void;
  readonly removed: () => void;
}

/** A fault with what can be done about it. */
export class ReaderFault extends Error {
  readonly error: BiometricError;
  readonly kind: FaultKind | undefined;

  constructor(error: BiometricError, kind?: FaultKind) {
    super(error.message);
    this.error = error;
    this.kind = kind;
  }
}

/** How a call of libfprint ended: with its value, or with an error. */
type Ended<T> = { readonly value: T } | { readonly error: GlibError };

/** FP_SCAN_TYPE_SWIPE. */
const SWIPE = 0;
/** FP_FINGER_STATUS_NEEDED, FP_FINGER_STATUS_PRESENT. */
const FINGER_NEEDED = 1;
const FINGER_PRESENT = 2;

export class FprintReader {
  readonly facts: ReaderFacts;
  readonly #library: LibfprintLibrary;
  readonly #device: Pointer;
  readonly #observer: ReaderObserver;
  #running = false;

  private constructor(library: LibfprintLibrary, device: Pointer, observer: ReaderObserver) {
    this.#library = library;
    this.#device = device;
    this.#observer = observer;
    this.facts = factsOf(library, device);
    // They live as long as the process.
    const told = library.callback(() => this.#tellFinger(), 'GSignalHandler');
    library.glib.connect(device, 'notify::finger-status', told, null, null, 0);
    const removed = library.callback(() => observer.removed(), 'GSignalHandler');
    library.glib.connect(device, 'removed', removed, null, null, 0);
  }

  /** Finds the reader. Rejects with a {@link ReaderFault} when it is not there. */
  static async find(library: LibfprintLibrary, start: HelperStart, observer: ReaderObserver): Promise<FprintReader> {
    // A reader that is gone has nothing to be reset, and one that may not be reset may work all the same.
    if (start.reset === true && start.usb) await resetUsb(start.usb).catch(() => false);
    const context = library.context.create();
    await library.context.enumerate(context);
    const devices = library.glib.items(library.context.devices(context));
    const device = devices.find((each) => isWanted(library, each, start));
    if (device !== undefined) return new FprintReader(library, device, observer);
    const text = `libfprint finds no reader that ${start.drivers.join(' or ')} drives${start.usb ? ` at ${start.usb.bus}:${start.usb.device}` : ''}`;
    throw new ReaderFault(new BiometricError('WINBIO_E_SENSOR_UNAVAILABLE', text), 'absent');
  }

  /** Every call, by its name. */
  readonly calls: {
    readonly [Method in keyof ReaderCalls]: (
      options: ReaderCallOptions,
      ...values: Parameters<ReaderCalls[Method]>
    ) => Promise<ReturnType<ReaderCalls[Method]>>;
  } = {
    open: async ({ signal }) => this.#need(await this.#run('open', [], signal)),
    close: async ({ signal }) => this.#need(await this.#run('close', [], signal)),
    capture: async ({ signal }) => {
      const ended = await this.#run<Pointer>('capture', [true], signal);
      const image = this.#need(ended, asRejection);
      if (isRejection(image)) return image;
      const { glib } = this.#library;
      try {
        return { kind: 'picture', picture: this.#picture(image) };
      } finally {
        glib.unref(image);
      }
    },
    enroll: async ({ signal, onStage }) => await this.#enroll(signal, onStage),
    verify: async ({ signal }, handle) => {
      const print = this.#print(handle);
      const matched: [number] = [0];
      try {
        const ended = await this.#run('verify', [print], signal, [null, null, matched, null]);
        const answer = this.#need(ended, asRejection);
        if (isRejection(answer)) return answer;
        return { kind: matched[0] === 0 ? 'no-match' : 'match' };
      } finally {
        this.#library.glib.unref(print);
      }
    },
    identify: async ({ signal }, handles) => await this.#identify(signal, handles),
    list: async ({ signal }) => {
      const prints = this.#need(await this.#run<Pointer>('list', [], signal));
      const { glib } = this.#library;
      const listed = glib.items(prints).map((print) => this.#named(print));
      glib.arrayUnref(prints);
      return listed;
    },
    delete: async ({ signal }, handle) => {
      const print = this.#print(handle);
      try {
        this.#need(await this.#run('delete', [print], signal));
      } finally {
        this.#library.glib.unref(print);
      }
    },
    clear: async ({ signal }) => this.#need(await this.#run('clear', [], signal)),
    suspend: async ({ signal }) => await this.#power('suspend', signal),
    resume: async ({ signal }) => await this.#power('resume', signal),
  };

  async #enroll(signal: AbortSignal, onStage: (stage: EnrollStage) => void): ReturnType<typeof this.calls.enroll> {
    const { print, callback, forget, glib } = this.#library;
    const told = (_device: Pointer, completed: number, _print: Pointer, _data: Pointer, error: Pointer) => {
      if (error === null) {
        onStage({ kind: 'accepted', completed });
        return;
      }
      const meaning = meaningOf(glib.error(error, false));
      if (meaning.kind === 'rejected') onStage(meaning);
    };
    const progress = callback(told as (...values: never[]) => void, 'FpEnrollProgress');
    try {
      // Its user name and finger stay empty: drivers that put them on the chip then name prints by what they drew.
      const template = print.create(this.#device);
      const ended = await this.#run<Pointer>('enroll', [template], signal, [progress, null]);
      const enrolled = this.#need(ended, (meaning) => (meaning.kind === 'fault' ? undefined : meaning));
      if (typeof enrolled === 'object' && enrolled !== null) {
        return enrolled.kind === 'rejected' ? { kind: 'rejected', detail: WINBIO_FP_MERGE_FAILURE } : enrolled;
      }
      try {
        return { kind: 'enrolled', print: this.#named(enrolled) };
      } finally {
        glib.unref(enrolled);
      }
    } finally {
      forget(progress);
    }
  }

  async #identify(signal: AbortSignal, handles: readonly Uint8Array[]): ReturnType<typeof this.calls.identify> {
    const { glib, print } = this.#library;
    const prints = handles.map((handle) => this.#print(handle));
    const gallery = glib.array(prints);
    const matched: [Pointer] = [null];
    try {
      const ended = await this.#run('identify', [gallery], signal, [null, null, matched, null]);
      const answer = this.#need(ended, (meaning) => {
        // Some chips name a print of another gallery, or none, and their driver calls that an error.
        if (meaning.kind === 'fault' && meaning.code === 'WINBIO_E_DATABASE_NO_SUCH_RECORD') return 'no-match';
        return asRejection(meaning);
      });
      if (isRejection(answer)) return answer;
      const [found] = matched;
      if (answer === 'no-match' || found === null) return { kind: 'no-match' };
      const index = prints.findIndex((each) => each === found || print.equal(each, found));
      glib.unref(found);
      return index < 0 ? { kind: 'no-match' } : { kind: 'match', index };
    } finally {
      glib.arrayUnref(gallery);
      for (const each of prints) glib.unref(each);
    }
  }

  /** A sleep may come while an operation runs; then GLib's own thread tells the driver. */
  async #power(change: 'suspend' | 'resume', signal: AbortSignal): Promise<void> {
    const { device, glib, callback, forget } = this.#library;
    if (!this.#running) {
      this.#need(await this.#run(change, [], signal), () => 'already');
      return;
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    // How it ended is told by how the operation ends.
    const done = callback(() => resolve(), 'GAsyncReady');
    const inContext = callback(() => {
      const tell = change === 'suspend' ? device.suspendWhileBusy : device.resumeWhileBusy;
      tell(this.#device, null, done, null);
    }, 'GSourceOnce');
    glib.idleOnce(inContext, null);
    await promise;
    setImmediate(() => {
      forget(inContext);
      forget(done);
    });
  }

  /** Runs a call; `device`, the values before, the cancellable, and the values after it and before its error. */
  async #run<T>(
    method: keyof LibfprintLibrary['device'],
    before: readonly unknown[],
    signal: AbortSignal,
    after: readonly unknown[] = [],
  ): Promise<Ended<T>> {
    const { device, glib, addressOf } = this.#library;
    const call = device[method] as WaitingCall;
    if (this.#running) throw new BiometricError('WINBIO_E_DEVICE_BUSY', 'the reader works on something else');
    const cancellable = glib.cancellable();
    const error: [Pointer] = [null];
    let canceled = false;
    // GLib's own thread cancels: from another one it races with the driver.
    const cancel = () => {
      canceled = true;
      glib.idleOnce(addressOf.cancel, cancellable);
    };
    this.#running = true;
    if (signal.aborted) cancel();
    signal.addEventListener('abort', cancel, { once: true });
    try {
      const value = (await call(this.#device, ...before, cancellable, ...after, error)) as T;
      return error[0] === null ? { value } : { error: glib.error(error[0]) };
    } finally {
      signal.removeEventListener('abort', cancel);
      this.#running = false;
      // The cancel must not find a cancellable that is gone.
      while (canceled && !glib.isCanceled(cancellable)) glib.iterate(null, true);
      glib.unref(cancellable);
    }
  }

  /** The value of a call; `instead` makes an answer of an error that is one. */
  #need<T, A = never>(ended: Ended<T>, instead?: (meaning: GlibMeaning) => A | undefined): T | A {
    if ('value' in ended) return ended.value;
    const meaning = meaningOf(ended.error);
    const answer = instead?.(meaning);
    if (answer !== undefined) return answer;
    if (meaning.kind === 'fault') {
      throw new ReaderFault(new BiometricError(meaning.code, ended.error.message), meaning.fault);
    }
    throw new ReaderFault(new BiometricError('WINBIO_E_DEVICE_FAILURE', ended.error.message));
  }

  #picture(image: Pointer): ReaderPicture {
    const { width, height, pixelsPerMm, pixels } = this.#library.image;
    const resolution = pixelsPerMm(image);
    return {
      widthPx: width(image),
      heightPx: height(image),
      ...(resolution > 0 && { pixelsPerInch: Math.round(resolution * 25.4) }),
      pixels: pixels(image),
    };
  }

  /** A print by its bytes. */
  #print(handle: Uint8Array): Pointer {
    const error: [Pointer] = [null];
    const print = this.#library.print.deserialize(handle, handle.length, error);
    if (error[0] !== null) {
      const { message } = this.#library.glib.error(error[0]);
      throw new ReaderFault(new BiometricError('WINBIO_E_DATABASE_NO_SUCH_RECORD', `the print is none: ${message}`));
    }
    return print;
  }

  /** What the chip knows a print by gives its name: dates and descriptions may be others in a list. */
  #named(print: Pointer): DevicePrint {
    const { type, bytes } = this.#library.print.data(print);
    const handle = this.#library.print.serialized(print);
    if (handle === undefined) {
      throw new ReaderFault(new BiometricError('WINBIO_E_DEVICE_FAILURE', 'libfprint cannot write a print'));
    }
    const id = createHash('sha256').update(type).update('\0').update(bytes).digest('hex').slice(0, 32);
    return { id, handle };
  }

  #tellFinger(): void {
    const bits = this.#library.device.fingerStatus(this.#device);
    this.#observer.finger({ needed: (bits & FINGER_NEEDED) !== 0, present: (bits & FINGER_PRESENT) !== 0 });
  }
}

function asRejection(meaning: GlibMeaning): Rejection | undefined {
  return meaning.kind === 'rejected' ? meaning : undefined;
}

function isRejection(value: unknown): value is Rejection {
  return typeof value === 'object' && value !== null && (value as Rejection).kind === 'rejected';
}

function isWanted({ device }: LibfprintLibrary, each: Pointer, { drivers, usb }: HelperStart): boolean {
  if (!drivers.includes(device.driver(each))) return false;
  if (usb === undefined) return true;
  const place = device.usb(each);
  return place?.bus === usb.bus && place.device === usb.device;
}

function factsOf({ device }: LibfprintLibrary, each: Pointer): ReaderFacts {
  const bits = device.features(each);
  return {
    driver: device.driver(each),
    deviceId: device.id(each),
    name: device.name(each),
    swipe: device.scanType(each) === SWIPE,
    enrollStages: Math.max(1, device.stages(each)),
    features: READER_FEATURES.filter((_, bit) => (bits & (1 << bit)) !== 0),
  };
}
