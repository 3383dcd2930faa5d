/** A reader that fprintd owns, as a device that matches inside. */

import type {
  DeviceEnrollment,
  DevicePrint,
  DeviceVerification,
  EnrollOptions,
  MatchingDeviceInfo,
  NewPrint,
} from '../../adapters/matching-device.ts';
import { MatchingDeviceBase } from '../../adapters/matching-device-base.ts';
import type { AdapterOptions } from '../../adapters/sensor-adapter.ts';
import { BiometricError, toBiometricError } from '../../core/biometric-error.ts';
import type { Clock } from '../../core/clock.ts';
import { WINBIO_FP_SENSOR_SUBTYPE_SWIPE, WINBIO_FP_SENSOR_SUBTYPE_TOUCH } from '../../core/constants.ts';
import { type FprintFinger, fprintFinger, subFactorOfFprint } from '../../drivers/fprintd/fprint-interface.ts';
import type { FprintdLink, FprintdReader } from '../../drivers/fprintd/fprintd-link.ts';

/** How fprintd calls a print that is of none of the ten fingers. */
const ANY_OTHER: FprintFinger = 'right-index-finger';

/** Where a print is at fprintd. */
interface Kept {
  readonly user: string;
  readonly finger: FprintFinger;
}

/** Options of a {@link FprintdDevice}. */
export interface FprintdDeviceOptions {
  /** Measures deadlines. Default: the clock of the system. */
  readonly clock?: Clock | undefined;
  /** Told why fprintd refused an operation: another program has the reader, or polkit does not agree. Default: nobody is. */
  readonly onRefused?: ((error: BiometricError) => void) | undefined;
}

/**
 * One reader. fprintd keeps ten prints a user and takes any text as a user's name, so each print has a name of its own,
 * made at random. It does not say which names it knows, and compares with the prints of one name alone: the device can
 * neither list nor identify. The reader is claimed only while an operation runs.
 */
export class FprintdDevice extends MatchingDeviceBase {
  /** What the device says about itself. */
  readonly info: MatchingDeviceInfo;
  readonly #link: FprintdLink;
  readonly #onRefused: (error: BiometricError) => void;
  #watching: Disposable | undefined;

  /** The link becomes its own. */
  constructor(link: FprintdLink, { clock, onRefused = () => {} }: FprintdDeviceOptions = {}) {
    super(clock && { clock });
    this.#link = link;
    this.#onRefused = onRefused;
    this.info = infoOf(link.reader);
    this.#watching = link.watch({ finger: (present) => this._finger(present) });
    void link.gone.then(({ code }) => {
      if (code === 'WINBIO_E_SENSOR_UNAVAILABLE') this._removed();
    });
  }

  /** Resolves when the reader or fprintd is gone, or the device closed. */
  get gone(): Promise<unknown> {
    return this.#link.gone;
  }

  /** There is nothing to open: others use the reader, too. */
  protected override async _open(): Promise<void> {}

  protected override async _enroll({ subFactor }: NewPrint, options: EnrollOptions): Promise<DeviceEnrollment> {
    const kept = { user: newUser(), finger: fprintFinger(subFactor) ?? ANY_OTHER };
    const outcome = await this.#told(this.#link.enroll(kept.user, kept.finger, options));
    if (outcome.kind === 'enrolled') return { kind: 'enrolled', print: printOf(kept) };
    // fprintd looks for duplicates on readers that can search. It does not say which can, nor whose the finger is.
    return outcome;
  }

  protected override async _verify(print: DevicePrint, options: AdapterOptions): Promise<DeviceVerification> {
    const { user, finger } = keptOf(print);
    return await this.#told(this.#link.verify(user, finger, options));
  }

  protected override async _delete(print: DevicePrint, options: AdapterOptions): Promise<void> {
    const { user, finger } = keptOf(print);
    await this.#told(this.#link.delete(user, finger, options));
  }

  /** Each operation has a connection of its own; the next one needs but the end of the last. */
  protected override async _reset(): Promise<void> {
    await this.#link.idle();
  }

  protected override async _close(): Promise<void> {
    this.#watching?.[Symbol.dispose]();
    await this.#link.close();
  }

  async #told<T>(operation: Promise<T>): Promise<T> {
    try {
      return await operation;
    } catch (thrown) {
      const error = toBiometricError(thrown);
      if (error.code === 'WINBIO_E_DEVICE_BUSY' || error.code === 'E_ACCESSDENIED') this.#onRefused(error);
      throw error;
    }
  }
}

function infoOf({ name, index, swipe, enrollStages }: FprintdReader): MatchingDeviceInfo {
  const word = name.toUpperCase().replace(/[^A-Z0-9]+/g, '_');
  return Object.freeze({
    deviceInstanceId: `FPRINTD\\${word}${index === 0 ? '' : `&${index + 1}`}`,
    description: `${name}, through fprintd`,
    manufacturer: 'unknown',
    model: name,
    serialNumber: '',
    driver: 'fprintd',
    firmwareVersion: Object.freeze({ major: 0, minor: 0 }),
    subType: swipe ? WINBIO_FP_SENSOR_SUBTYPE_SWIPE : WINBIO_FP_SENSOR_SUBTYPE_TOUCH,
    enrollStages,
    capabilities: Object.freeze(['verify', 'delete', 'touch'] as const),
  });
}

/** `w-` and 80 random bits: it names nobody. */
function newUser(): string {
  const bytes = globalThis.crypto.getRandomValues(new Uint8Array(10));
  return `w-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

function printOf({ user, finger }: Kept): DevicePrint {
  return { id: `${user}/${finger}`, handle: new Uint8Array() };
}

/** Where a print is. Throws WINBIO_E_DATABASE_NO_SUCH_RECORD for one of another device. */
function keptOf({ id }: DevicePrint): Kept {
  const [user = '', finger = ''] = id.split('/');
  const isOurs = /^w-[0-9a-f]{20}$/.test(user) && subFactorOfFprint(finger) !== undefined;
  if (!isOurs) throw new BiometricError('WINBIO_E_DATABASE_NO_SUCH_RECORD', 'the print is not one of fprintd');
  return { user, finger: finger as FprintFinger };
}
