/**
 * A reader claimed from fprintd, for one operation. Each claim has a connection of its own: fprintd releases what a
 * connection claimed when that ends, so nothing that hangs keeps the reader from others.
 */

import type { MessageBus } from 'dbus-native';
import { BiometricError } from '../../core/biometric-error.ts';
import { throwIfCanceled } from '../waiting/wait-briefly.ts';
import { FPRINT_INTERFACES, FPRINT_NAME, type FprintFinger } from './fprint-interface.ts';
import { connectionLost, fprintdFault, fprintdLeft, noBus } from './fprintd-faults.ts';
import { openSystemBus } from './system-bus.ts';
import { watchFprintd } from './watch-fprintd.ts';

/** What is claimed. */
export interface ClaimedReader {
  /** Address of the bus. Default: that of the system. */
  readonly bus?: string | undefined;
  /** Path of the device. */
  readonly path: string;
  /** Whose prints are worked with. */
  readonly user: string;
}

/** How long fprintd may take to stop and to release, milliseconds: libfprint waits until the finger is off. */
const ENDING_MS = 4000;

export class FprintdClaim implements AsyncDisposable {
  readonly #bus: MessageBus;
  readonly #path: string;
  readonly #signal: AbortSignal;
  readonly #left = Promise.withResolvers<never>();
  #hasLeft = false;
  #heed: ((result: string) => void) | undefined;
  #closer: NodeJS.Timeout | undefined;

  private constructor(bus: MessageBus, path: string, signal: AbortSignal) {
    this.#bus = bus;
    this.#path = path;
    this.#signal = signal;
    this.#left.promise.catch(() => {});
    bus.connection.on('close', () => this.#left.reject(connectionLost()));
    signal.addEventListener('abort', this.#hasten, { once: true });
  }

  /**
   * Claims. Rejects with WINBIO_E_CANCELED (aborted), WINBIO_E_DEVICE_BUSY (another program has the reader),
   * E_ACCESSDENIED (polkit, the bus), WINBIO_E_SENSOR_UNAVAILABLE (no reader, no fprintd, no bus),
   * WINBIO_E_DEVICE_FAILURE.
   */
  static async take({ bus: address, path, user }: ClaimedReader, signal: AbortSignal): Promise<FprintdClaim> {
    const bus = await openSystemBus(address).catch((cause: unknown) => {
      throw noBus(cause);
    });
    const claim = new FprintdClaim(bus, path, signal);
    try {
      throwIfCanceled(signal);
      await claim.#watch();
      await claim.call('Claim', user);
      return claim;
    } catch (thrown) {
      await claim.#close();
      throwIfCanceled(signal);
      throw fprintdFault(thrown);
    }
  }

  /** Calls a method with a text. Rejects with what fprintd's error means. */
  async call(member: string, text?: string): Promise<void> {
    const given = text === undefined ? {} : { signature: 's', body: [text] };
    const message = {
      destination: FPRINT_NAME,
      path: this.#path,
      interface: FPRINT_INTERFACES.device,
      member,
      ...given,
    };
    try {
      await this.#bus.invoke(message);
    } catch (thrown) {
      throw fprintdFault(thrown);
    }
  }

  /**
   * Starts an action, and stops it when `heed` answers with something, which is its answer; what comes until it has
   * stopped is heeded, too. Rejects with what `heed` throws, WINBIO_E_CANCELED, and what fprintd's error means.
   */
  async act<T>(action: 'Enroll' | 'Verify', finger: FprintFinger, heed: (result: string) => T | undefined): Promise<T> {
    throwIfCanceled(this.#signal);
    const ending = Promise.withResolvers<T>();
    ending.promise.catch(() => {});
    this.#heed = (result) => {
      try {
        const answer = heed(result);
        if (answer !== undefined) ending.resolve(answer);
      } catch (thrown) {
        ending.reject(thrown);
      }
    };
    const leave = () =>
      ending.reject(new BiometricError('WINBIO_E_CANCELED', undefined, { cause: this.#signal.reason }));
    this.#signal.addEventListener('abort', leave, { once: true });
    try {
      await this.call(`${action}Start`, finger);
      try {
        return await Promise.race([ending.promise, this.#left.promise]);
      } finally {
        this.#hasten();
        await this.#callLast(`${action}Stop`);
      }
    } finally {
      this.#signal.removeEventListener('abort', leave);
      this.#heed = undefined;
    }
  }

  /** Releases the reader; never rejects. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#hasten();
    await this.#callLast('Release');
    await this.#close();
  }

  /** A reader that was pulled out is stopped and released with an error; a call to an fprintd that ended would start another. */
  async #callLast(member: string): Promise<void> {
    if (!this.#hasLeft) await this.call(member).catch(() => undefined);
  }

  /** From here on it ends soon, if need be without fprintd's help. */
  readonly #hasten = (): void => {
    this.#closer ??= setTimeout(() => void this.#bus.close(), ENDING_MS).unref();
  };

  async #close(): Promise<void> {
    clearTimeout(this.#closer);
    this.#signal.removeEventListener('abort', this.#hasten);
    await this.#bus.close();
  }

  async #watch(): Promise<void> {
    await watchFprintd(this.#bus, {
      told: ({ path, member, body }) => {
        if (path !== this.#path) return;
        if (member === 'VerifyStatus' || member === 'EnrollStatus') this.#heed?.(String(body[0]));
      },
      ownerChanged: ({ before }) => {
        // The claim itself may have the bus start fprintd.
        if (before === '') return;
        this.#hasLeft = true;
        this.#left.reject(fprintdLeft());
      },
    });
  }
}
