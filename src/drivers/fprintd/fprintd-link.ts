/** A reader that a running fprintd owns: what it says of it, and each operation under a claim of its own. */

import type { MessageBus } from 'dbus-native';
import type { DeviceVerification, EnrollStage } from '../../adapters/matching-device.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import { type Clock, SYSTEM_CLOCK } from '../../core/clock.ts';
import type { RejectDetail } from '../../core/identifiers.ts';
import { Turns } from '../waiting/turns.ts';
import { throwIfCanceled } from '../waiting/wait-briefly.ts';
import {
  type EnrollResult,
  FPRINT_INTERFACES,
  FPRINT_NAME,
  FPRINT_PATHS,
  type FprintFinger,
  type VerifyResult,
} from './fprint-interface.ts';
import { FprintdClaim } from './fprintd-claim.ts';
import {
  connectionLost,
  ENROLL_STEPS,
  fprintdFault,
  fprintdLeft,
  noBus,
  notPermitted,
  readerGone,
  restNeeded,
  resultFault,
  VERIFICATIONS,
} from './fprintd-faults.ts';
import { askPolkit, fprintdAction } from './polkit.ts';
import { openSystemBus } from './system-bus.ts';
import { WaitingTime } from './waiting-time.ts';
import { type FprintdSignal, watchFprintd } from './watch-fprintd.ts';

/** Which reader, and of which fprintd. */
export interface FprintdReaderOptions {
  /** Its name or its path, as `fprintd-list` prints them. Default: the first one. */
  readonly device?: string | undefined;
  /** Address of the message bus. Default: that of the system. */
  readonly bus?: string | undefined;
  /** Measures how long the reader has waited. Default: the clock of the system. */
  readonly clock?: Clock | undefined;
}

/** What fprintd says of a reader. */
export interface FprintdReader {
  /** Path of its object. */
  readonly path: string;
  /** Its model, in words. */
  readonly name: string;
  /** Its place among readers of the same name, from 0. */
  readonly index: number;
  /** True for a reader that a finger is drawn over. */
  readonly swipe: boolean;
  /** Touches of an enrollment; of the reader that was found at least 1. */
  readonly enrollStages: number;
}

/** How an enrollment ended. */
export type FprintdEnrollment =
  | { readonly kind: 'enrolled' }
  | { readonly kind: 'duplicate' }
  | { readonly kind: 'rejected'; readonly detail: RejectDetail };

/** Hears of a reader. */
export interface FprintdLinkObserver {
  /** A finger came or went; only from drivers that tell. */
  finger?(present: boolean): void;
}

/** How long fprintd may take to answer what waits for no finger, milliseconds; it may have to be started first. */
const ANSWER_MS = 20_000;

export class FprintdLink {
  readonly reader: FprintdReader;
  readonly #bus: MessageBus;
  readonly #options: FprintdReaderOptions;
  readonly #observers = new Set<FprintdLinkObserver>();
  readonly #turns = new Turns();
  readonly #waited: WaitingTime;
  readonly #gone = Promise.withResolvers<BiometricError>();
  #ended: BiometricError | undefined;
  #path: string;
  /** True while another fprintd may have given the reader another path. */
  #unsure = false;
  #closing: Promise<void> | undefined;

  private constructor(bus: MessageBus, reader: FprintdReader, options: FprintdReaderOptions) {
    this.reader = reader;
    this.#bus = bus;
    this.#options = options;
    this.#waited = new WaitingTime(options.clock ?? SYSTEM_CLOCK);
    this.#path = reader.path;
    bus.connection.on('close', () => this.#end(connectionLost()));
  }

  /**
   * Finds the reader; claims nothing. Rejects with WHORL_E_CONFIGURATION (no `dbus-native`; this process itself stands in
   * fprintd's place), WINBIO_E_SENSOR_UNAVAILABLE (no bus, no fprintd, no such reader),
   * E_ACCESSDENIED (polkit, the bus), WINBIO_E_DEVICE_FAILURE.
   */
  static async find(options: FprintdReaderOptions = {}): Promise<FprintdLink> {
    const bus = await openSystemBus(options.bus).catch((cause: unknown) => {
      throw noBus(cause);
    });
    try {
      await requireAnother(bus);
      const readers = await readersAt(bus);
      const { device } = options;
      const reader = readers.find(({ path, name }) => device === undefined || device === path || device === name);
      if (reader === undefined) throw noSuchReader(device, readers);
      if (reader.enrollStages < 1) {
        const text = 'fprintd does not say how many touches an enrollment takes; fprintd 1.94 does';
        throw new BiometricError('WINBIO_E_DEVICE_FAILURE', text);
      }
      await requirePermission(bus);
      const link = new FprintdLink(bus, reader, options);
      await watchFprintd(bus, {
        told: (signal) => link.#hear(signal),
        ownerChanged: ({ after }) => void link.#ownerChanged(after === ''),
      });
      return link;
    } catch (thrown) {
      await bus.close();
      throw fprintdFault(thrown);
    }
  }

  /** Resolves with the reason when the reader or fprintd is gone, or the link closed; nothing works from then on. */
  get gone(): Promise<BiometricError> {
    return this.#gone.promise;
  }

  /** Reports until the returned subscription is disposed. */
  watch(observer: FprintdLinkObserver): Disposable {
    this.#observers.add(observer);
    return { [Symbol.dispose]: () => this.#observers.delete(observer) };
  }

  /**
   * Enrolls a finger of a user; tells `onStage` of each touch. An abort leaves no print. Rejects with
   * WINBIO_E_DATABASE_FULL, and as every operation does: WINBIO_E_CANCELED, WINBIO_E_DEVICE_BUSY, E_ACCESSDENIED,
   * WINBIO_E_SENSOR_UNAVAILABLE, WINBIO_E_DEVICE_FAILURE.
   */
  enroll(
    user: string,
    finger: FprintFinger,
    { signal, onStage }: { readonly signal: AbortSignal; readonly onStage: (stage: EnrollStage) => void },
  ): Promise<FprintdEnrollment> {
    return this.#waiting(user, signal, async (claim) => {
      const stages = this.reader.enrollStages;
      let completed = 0;
      let stored = false;
      const heed = (result: string): FprintdEnrollment | undefined => {
        const step = ENROLL_STEPS[result as EnrollResult] ?? ENROLL_STEPS['enroll-unknown-error'];
        switch (step.kind) {
          case 'passed':
            // fprintd looks for duplicates with one touch more where it can; the last one is good once the print is there.
            if (completed + 1 < stages) onStage({ kind: 'accepted', completed: ++completed });
            return undefined;
          case 'touched':
            onStage({ kind: 'rejected', detail: step.detail });
            return undefined;
          case 'completed':
            stored = true;
            if (!signal.aborted) onStage({ kind: 'accepted', completed: stages });
            return { kind: 'enrolled' };
          case 'duplicate':
            return { kind: 'duplicate' };
          case 'failed':
            return { kind: 'rejected', detail: step.detail };
          default:
            throw resultFault(step);
        }
      };
      try {
        return await claim.act('Enroll', finger, heed);
      } finally {
        // The last touch came with the abort: nobody knows of the print.
        if (stored && signal.aborted) await claim.call('DeleteEnrolledFinger', finger).catch(() => undefined);
      }
    });
  }

  /**
   * Waits for a touch and compares it with a finger of a user. Rejects with WINBIO_E_DATABASE_NO_SUCH_RECORD, and as
   * {@link enroll} does.
   */
  verify(
    user: string,
    finger: FprintFinger,
    { signal }: { readonly signal: AbortSignal },
  ): Promise<DeviceVerification> {
    return this.#waiting(user, signal, (claim) =>
      claim.act('Verify', finger, (result) => {
        const found = VERIFICATIONS[result as VerifyResult] ?? VERIFICATIONS['verify-unknown-error'];
        if (found.kind === 'fault') throw resultFault(found);
        return found;
      }),
    );
  }

  /** Forgets a finger of a user. Rejects with WINBIO_E_DATABASE_NO_SUCH_RECORD, and as {@link enroll} does. */
  delete(user: string, finger: FprintFinger, { signal }: { readonly signal: AbortSignal }): Promise<void> {
    return this.#claimed(user, signal, (claim) => claim.call('DeleteEnrolledFinger', finger));
  }

  /** Resolves when nothing is claimed any more. */
  async idle(): Promise<void> {
    await this.#turns.take(async () => {});
  }

  /** Leaves the bus when what runs has ended; idempotent, never rejects. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await this.idle();
    this.#end(new BiometricError('WINBIO_E_INVALID_DEVICE_STATE', 'the reader is closed'));
    await this.#bus.close();
  }

  /** A claim that waits for fingers. Rejects with WINBIO_E_DEVICE_BUSY while the reader has to rest. */
  async #waiting<T>(user: string, signal: AbortSignal, work: (claim: FprintdClaim) => Promise<T>): Promise<T> {
    try {
      return await this.#claimed(user, signal, async (claim) => {
        using _wait = this.#waited.begin();
        return await work(claim);
      });
    } catch (thrown) {
      const { code } = fprintdFault(thrown);
      throw code === 'WINBIO_E_DEVICE_FAILURE' && this.#waited.isLong ? restNeeded(thrown) : thrown;
    }
  }

  /** One claim after the other, so that the next one meets a released reader. */
  #claimed<T>(user: string, signal: AbortSignal, work: (claim: FprintdClaim) => Promise<T>): Promise<T> {
    return this.#turns.take(async () => {
      try {
        const path = await this.#pathNow();
        await using claim = await FprintdClaim.take({ bus: this.#options.bus, path, user }, signal);
        return await work(claim);
      } catch (thrown) {
        throwIfCanceled(signal);
        const error = await this.#judged(fprintdFault(thrown));
        if (error.code === 'WINBIO_E_SENSOR_UNAVAILABLE') this.#end(error);
        throw error;
      }
    });
  }

  /** A reader that was pulled out is, to fprintd, a driver that failed. */
  async #judged(error: BiometricError): Promise<BiometricError> {
    if (error.code !== 'WINBIO_E_DEVICE_FAILURE') return error;
    const readers = await readersAt(this.#bus).catch(() => []);
    return readers.some(({ path }) => path === this.#path) ? error : readerGone();
  }

  async #pathNow(): Promise<string> {
    if (this.#ended !== undefined) throw this.#ended;
    if (this.#unsure) {
      const { name, index } = this.reader;
      const same = (await readersAt(this.#bus)).find((each) => each.name === name && each.index === index);
      if (same === undefined) throw readerGone();
      this.#path = same.path;
      this.#unsure = false;
    }
    return this.#path;
  }

  #hear({ member, path, body }: FprintdSignal): void {
    if (member === 'InterfacesRemoved' && body[0] === this.#path) this.#end(readerGone());
    if (member !== 'PropertiesChanged' || path !== this.#path) return;
    const present = (body[1] as Readonly<Record<string, unknown>>)['finger-present'];
    if (typeof present !== 'boolean') return;
    for (const observer of [...this.#observers]) observer.finger?.(present);
  }

  /** fprintd ends when nobody has needed it for 30 s, and the bus starts it again; without that, its readers are gone. */
  async #ownerChanged(left: boolean): Promise<void> {
    this.#unsure = true;
    try {
      if (!left) await this.#pathNow();
      else if (!(await this.#bus.listActivatableNames()).includes(FPRINT_NAME)) this.#end(fprintdLeft());
    } catch (thrown) {
      this.#end(fprintdFault(thrown));
    }
  }

  #end(reason: BiometricError): void {
    if (this.#ended !== undefined) return;
    this.#ended = reason;
    this.#observers.clear();
    this.#gone.resolve(reason);
    void this.#bus.close();
  }
}

/** The readers that fprintd has. */
async function readersAt(bus: MessageBus): Promise<readonly FprintdReader[]> {
  const manager = { destination: FPRINT_NAME, path: FPRINT_PATHS.manager, interface: FPRINT_INTERFACES.manager };
  const paths = await bus.invoke<readonly string[]>({ ...manager, member: 'GetDevices' }, { timeout: ANSWER_MS });
  const readers: FprintdReader[] = [];
  for (const path of paths) {
    const properties = await propertiesOf(bus, path);
    const name = String(properties.name);
    const index = readers.filter((each) => each.name === name).length;
    const swipe = properties['scan-type'] === 'swipe';
    readers.push({ path, name, index, swipe, enrollStages: Number(properties['num-enroll-stages']) });
  }
  return readers;
}

async function propertiesOf(bus: MessageBus, path: string): Promise<Readonly<Record<string, unknown>>> {
  return await bus.invoke<Record<string, unknown>>(
    {
      destination: FPRINT_NAME,
      path,
      interface: 'org.freedesktop.DBus.Properties',
      member: 'GetAll',
      signature: 's',
      body: [FPRINT_INTERFACES.device],
    },
    { timeout: ANSWER_MS },
  );
}

/** A service that stands in fprintd's place would find its own readers, again and again. */
async function requireAnother(bus: MessageBus): Promise<void> {
  if (!(await bus.nameHasOwner(FPRINT_NAME))) return;
  if ((await bus.getConnectionUnixProcessId(FPRINT_NAME)) !== process.pid) return;
  const text =
    "this service itself stands in fprintd's place: leave out either `fprintd` or the reader of kind fprintd, and list the reader as kind libfprint";
  throw new BiometricError('WHORL_E_CONFIGURATION', text);
}

/** fprintd would ask polkit, and polkit a person: the question is whether they would, and nobody is bothered. */
async function requirePermission(bus: MessageBus): Promise<void> {
  for (const permission of ['setusername', 'verify', 'enroll'] as const) {
    const question = { client: String(bus.name), permission, mayAskPerson: false };
    const answer = await askPolkit(bus, question).catch((cause: unknown) => {
      const text = 'polkit does not answer, and fprintd lets nobody in without it: apt-get install polkitd';
      throw new BiometricError('E_ACCESSDENIED', text, { cause });
    });
    if (answer === 'no') throw notPermitted(fprintdAction(permission));
  }
}

function noSuchReader(device: string | undefined, readers: readonly FprintdReader[]): BiometricError {
  const names = readers.map(({ name, path }) => `${name} at ${path}`).join(', ');
  const has = readers.length === 0 ? 'it has none' : `it has ${names}`;
  const text = device === undefined ? 'fprintd has no reader' : `fprintd has no reader ${device}: ${has}`;
  return new BiometricError('WINBIO_E_SENSOR_UNAVAILABLE', text);
}
