/** A reader that matches inside and whose driver runs in a process of its own. */

import type {
  DeviceEnrollment,
  DeviceIdentification,
  DevicePicture,
  DevicePrint,
  DeviceVerification,
  EnrollOptions,
  FingerFeedback,
  MatchingDeviceInfo,
  MatchingDeviceStatus,
  NewPrint,
} from '../../adapters/matching-device.ts';
import { MatchingDeviceBase } from '../../adapters/matching-device-base.ts';
import type { AdapterOptions, PowerChange } from '../../adapters/sensor-adapter.ts';
import type { AdapterProcess } from './adapter-process.ts';

/** Passes every call on; the checks are made on both sides. */
export class IsolatedDevice extends MatchingDeviceBase {
  readonly info: MatchingDeviceInfo;
  readonly #process: AdapterProcess;
  readonly #object: number;

  constructor(process: AdapterProcess, object: number, info: MatchingDeviceInfo) {
    super();
    this.#process = process;
    this.#object = object;
    this.info = info;
  }

  /** The device told its status; that it was opened or closed is known here. */
  told(status: MatchingDeviceStatus): void {
    if (status === 'removed') this.lost();
    else if (status === 'failed' || status === 'needs-calibration') this._setStatus(status);
  }

  /** A finger came or went. */
  finger(present: boolean): void {
    this._finger(present);
  }

  /** It is gone, alone or with its process. */
  lost(): void {
    this._removed();
  }

  protected override _open(options: AdapterOptions): Promise<void> {
    return this.#call('open', [], options);
  }

  protected override _enroll(print: NewPrint, { signal, onStage }: EnrollOptions): Promise<DeviceEnrollment> {
    return this.#process.call(this.#object, 'enroll', [print], { signal, onStage });
  }

  protected override _verify(print: DevicePrint, options: AdapterOptions): Promise<DeviceVerification> {
    return this.#call('verify', [print], options);
  }

  protected override _identify(
    prints: readonly DevicePrint[] | 'all',
    options: AdapterOptions,
  ): Promise<DeviceIdentification> {
    return this.#call('identify', [prints], options);
  }

  protected override _capturePicture(options: AdapterOptions): Promise<DevicePicture> {
    return this.#call('capturePicture', [], options);
  }

  protected override _list(options: AdapterOptions): Promise<readonly DevicePrint[]> {
    return this.#call('list', [], options);
  }

  protected override _count(options: AdapterOptions): Promise<number> {
    return this.#call('count', [], options);
  }

  protected override _delete(print: DevicePrint, options: AdapterOptions): Promise<void> {
    return this.#call('delete', [print], options);
  }

  protected override _clear(options: AdapterOptions): Promise<void> {
    return this.#call('clear', [], options);
  }

  protected override _exportTemplate(print: DevicePrint, options: AdapterOptions): Promise<Uint8Array> {
    return this.#call('exportTemplate', [print], options);
  }

  protected override _importTemplate(
    template: Uint8Array,
    print: NewPrint,
    options: AdapterOptions,
  ): Promise<DevicePrint> {
    return this.#call('importTemplate', [template, print], options);
  }

  protected override _feedback(shown: FingerFeedback, options: AdapterOptions): Promise<void> {
    return this.#call('feedback', [shown], options);
  }

  protected override _notifyPower(change: PowerChange): void {
    this.#process.tell(this.#object, 'notifyPower', [change]);
  }

  protected override _reset(): Promise<void> {
    return this.#process.call(this.#object, 'reset', []);
  }

  /** A device whose process is gone is closed. */
  protected override async _close(): Promise<void> {
    if (this.#process.running) await this.#process.call(this.#object, 'close', []);
  }

  #call<T>(method: string, args: readonly unknown[], { signal }: AdapterOptions): Promise<T> {
    return this.#process.call<T>(this.#object, method, args, { signal });
  }
}
