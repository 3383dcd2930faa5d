/** A reader that matches inside and that libfprint drives. */

import type {
  DeviceEnrollment,
  DeviceIdentification,
  DevicePrint,
  DeviceVerification,
  EnrollOptions,
  MatchingDeviceCapability,
  MatchingDeviceInfo,
  NewPrint,
} from '../../adapters/matching-device.ts';
import { MatchingDeviceBase } from '../../adapters/matching-device-base.ts';
import type { AdapterOptions, PowerChange } from '../../adapters/sensor-adapter.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import { WINBIO_FP_SENSOR_SUBTYPE_SWIPE, WINBIO_FP_SENSOR_SUBTYPE_TOUCH } from '../../core/constants.ts';
import { describeReader } from '../../drivers/libfprint/found-readers.ts';
import type { ReaderFeature } from '../../drivers/libfprint/helper-messages.ts';
import type { ReaderLink } from '../../drivers/libfprint/reader-link.ts';

/** What a feature of libfprint lets a device do. */
const CAPABILITIES: Readonly<Partial<Record<ReaderFeature, MatchingDeviceCapability>>> = {
  identify: 'identify',
  verify: 'verify',
  list: 'list',
  delete: 'delete',
  clear: 'clear',
  duplicates: 'duplicates',
};

/** Its prints are on the chip; what libfprint writes of a print is the handle. Closing it closes its reader. */
export class LibfprintDevice extends MatchingDeviceBase {
  readonly info: MatchingDeviceInfo;
  readonly #link: ReaderLink;
  #watching: Disposable | undefined;

  constructor(link: ReaderLink) {
    super();
    this.#link = link;
    this.info = infoOf(link);
    this.#watching = link.watch({
      finger: (present) => this._finger(present),
      removed: () => this._removed(),
    });
  }

  /** The reader was gone before it was opened, or is now. */
  lost(): void {
    this._removed();
  }

  protected override async _open({ signal }: AdapterOptions): Promise<void> {
    await this.#link.open(signal);
  }

  protected override async _enroll(_print: NewPrint, { signal, onStage }: EnrollOptions): Promise<DeviceEnrollment> {
    const outcome = await this.#link.call('enroll', [], { signal, onStage });
    if (outcome.kind !== 'enrolled' || !signal.aborted) return outcome;
    // The last touch came before the abort: nobody knows of the print.
    await this.#link.call('delete', [outcome.print.handle]).catch(() => undefined);
    throw new BiometricError('WINBIO_E_CANCELED', undefined, { cause: signal.reason });
  }

  protected override async _verify(print: DevicePrint, options: AdapterOptions): Promise<DeviceVerification> {
    const outcome = await this.#link.call('verify', [print.handle], options);
    if (outcome.kind !== 'no-match' || !this.info.capabilities.includes('list')) return outcome;
    // Drivers answer so for prints that are not there, too.
    if (await this.#holds(print, options)) return outcome;
    throw new BiometricError('WINBIO_E_DATABASE_NO_SUCH_RECORD', 'the print is not on the reader');
  }

  protected override async _identify(
    prints: readonly DevicePrint[] | 'all',
    options: AdapterOptions,
  ): Promise<DeviceIdentification> {
    const among = prints === 'all' ? await this.#all(options) : prints;
    const outcome = await this.#link.call('identify', [among.map(({ handle }) => handle)], options);
    if (outcome.kind !== 'match') return outcome;
    const print = among[outcome.index];
    return print === undefined ? { kind: 'no-match' } : { kind: 'match', print };
  }

  protected override _list(options: AdapterOptions): Promise<readonly DevicePrint[]> {
    return this.#link.call('list', [], options);
  }

  protected override async _delete(print: DevicePrint, options: AdapterOptions): Promise<void> {
    await this.#link.call('delete', [print.handle], options);
  }

  protected override async _clear(options: AdapterOptions): Promise<void> {
    await this.#link.call('clear', [], options);
  }

  protected override _notifyPower(change: PowerChange): void {
    void this.#link.power(change);
  }

  protected override async _reset(): Promise<void> {
    if (this.#link.gone) throw new BiometricError('WINBIO_E_SENSOR_UNAVAILABLE', 'the reader is gone');
    this.#link.reset();
    await this.#link.open();
  }

  protected override async _close(): Promise<void> {
    this.#watching?.[Symbol.dispose]();
    await this.#link.close();
  }

  async #all(options: AdapterOptions): Promise<readonly DevicePrint[]> {
    if (this.info.capabilities.includes('list')) return await this._list(options);
    throw new BiometricError('E_NOTIMPL', 'the reader does not say what it holds: give the prints to identify among');
  }

  async #holds({ id }: DevicePrint, options: AdapterOptions): Promise<boolean> {
    return (await this._list(options)).some((each) => each.id === id);
  }
}

function infoOf({ found, facts }: ReaderLink): MatchingDeviceInfo {
  const { deviceInstanceId, manufacturer, product, serialNumber } = found;
  const able = facts.features.flatMap((feature) => CAPABILITIES[feature] ?? []);
  return Object.freeze({
    deviceInstanceId,
    description: facts.name || describeReader(found),
    manufacturer: manufacturer || 'unknown',
    model: product || facts.driver,
    serialNumber,
    driver: facts.driver,
    firmwareVersion: Object.freeze({ major: 0, minor: 0 }),
    subType: facts.swipe ? WINBIO_FP_SENSOR_SUBTYPE_SWIPE : WINBIO_FP_SENSOR_SUBTYPE_TOUCH,
    enrollStages: facts.enrollStages,
    capabilities: Object.freeze([...able, 'touch' as const]),
  });
}
