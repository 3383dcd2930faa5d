/** The sensor of a device: a capture is a comparison inside, or one touch of an enrollment. */

import type { DevicePrint } from '../../adapters/matching-device.ts';
import type {
  AdapterOptions,
  CaptureOutcome,
  CaptureRequest,
  ComparedWith,
  OnBoard,
  PowerChange,
  SensorInfo,
} from '../../adapters/sensor-adapter.ts';
import { SensorAdapterBase } from '../../adapters/sensor-adapter-base.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import * as c from '../../core/constants.ts';
import { encodeFingerprintSample } from '../../formats/bir/fingerprint-sample.ts';
import { DeviceGallery } from './device-gallery.ts';
import { type DeviceFinding, encodeDeviceSample } from './device-sample.ts';
import type { OnBoardDevice } from './on-board-device.ts';

/** What a touch told, before it is a sample. */
type Touch = DeviceFinding | { readonly kind: 'rejected'; readonly detail: number };

/** Captures by comparing. */
export class DeviceSensor extends SensorAdapterBase {
  readonly info: SensorInfo;
  readonly onBoard: OnBoard;
  readonly #device: OnBoardDevice;
  readonly #closing = new AbortController();

  constructor(device: OnBoardDevice, onBoard: OnBoard) {
    super();
    this.#device = device;
    this.onBoard = onBoard;
    this.info = sensorInfo(device);
  }

  protected override async _capture(
    { purpose, against }: CaptureRequest,
    options: AdapterOptions,
  ): Promise<CaptureOutcome> {
    // Closing ends a capture also before the device knows of it.
    const signal = AbortSignal.any([options.signal, this.#closing.signal]);
    if (against === undefined && this.#device.can('picture')) return await this.#picture(purpose, signal);
    const touch = await this.#touch(purpose, against, signal);
    const good = touch.kind === 'print' || touch.kind === 'stage';
    this.#device.show(good ? 'good' : 'bad');
    if (touch.kind === 'rejected') return touch;
    return { kind: 'sample', sample: encodeDeviceSample(touch, purpose) };
  }

  protected override _notifyPower(change: PowerChange): void {
    this.#device.device.notifyPower(change);
  }

  protected override _reset(): Promise<void> {
    return this.#device.reset();
  }

  protected override _close(): Promise<void> {
    this.#closing.abort('the sensor was closed');
    return this.#device.close();
  }

  async #picture(purpose: number, signal: AbortSignal): Promise<CaptureOutcome> {
    const { device, turns } = this.#device;
    const outcome = await this.#waiting(signal, () =>
      turns.waiting(signal, (options) => device.capturePicture(options)),
    );
    if (outcome.kind === 'rejected') return outcome;
    return { kind: 'sample', sample: encodeFingerprintSample(outcome.image, { purpose }) };
  }

  async #touch(purpose: number, against: ComparedWith | undefined, signal: AbortSignal): Promise<Touch> {
    const gallery = galleryOf(against);
    const { enrollment } = this.#device;
    if (purpose === c.WINBIO_PURPOSE_ENROLL && enrollment !== undefined) {
      return await enrollment.touch(gallery ?? new DeviceGallery(() => {}), signal);
    }
    const prints = () => gallery?.prints(against?.among) ?? [];
    return await this.#waiting(signal, () =>
      this.#device.turns.waiting(signal, (options) => this.#compare(prints(), against?.among !== undefined, options)),
    );
  }

  async #compare(prints: readonly DevicePrint[], claimed: boolean, options: AdapterOptions): Promise<Touch> {
    const { device } = this.#device;
    const [only, ...others] = prints;
    if (claimed && only !== undefined && others.length === 0 && this.#device.can('verify')) {
      const outcome = await device.verify(only, options);
      if (outcome.kind === 'rejected') return outcome;
      return outcome.kind === 'match' ? { kind: 'print', id: only.id } : { kind: 'nobody' };
    }
    if (!this.#device.can('identify')) {
      const text = 'the reader compares with one finger at a time: verify, and name the person and the finger';
      throw new BiometricError('WINBIO_E_UNSUPPORTED_PURPOSE', text);
    }
    const outcome = await device.identify(prints, options);
    if (outcome.kind === 'match') return { kind: 'print', id: outcome.print.id };
    return outcome.kind === 'no-match' ? { kind: 'nobody' } : outcome;
  }

  /** Lights the way while it waits. */
  async #waiting<T>(signal: AbortSignal, wait: () => Promise<T>): Promise<T> {
    this.#device.show('waiting');
    try {
      return await wait();
    } finally {
      if (signal.aborted) this.#device.show('off');
    }
  }
}

function galleryOf(against: ComparedWith | undefined): DeviceGallery | undefined {
  if (against === undefined) return undefined;
  if (against.gallery instanceof DeviceGallery) return against.gallery;
  throw new BiometricError('E_INVALIDARG', 'the gallery is not one of the engine of this sensor');
}

function sensorInfo(device: OnBoardDevice): SensorInfo {
  const { deviceInstanceId, description, manufacturer, model, serialNumber, firmwareVersion, subType } =
    device.device.info;
  const lit = device.can('feedback') ? c.WINBIO_CAPABILITY_INDICATOR : 0;
  return {
    factor: c.WINBIO_TYPE_FINGERPRINT,
    subType,
    capabilities:
      c.WINBIO_CAPABILITY_SENSOR |
      c.WINBIO_CAPABILITY_MATCHING |
      c.WINBIO_CAPABILITY_DATABASE |
      c.WINBIO_CAPABILITY_PROCESSING |
      lit,
    deviceInstanceId,
    description,
    manufacturer,
    model,
    serialNumber,
    firmwareVersion,
    exportFlags: device.can('picture') ? [c.WINBIO_DATA_FLAG_RAW] : [],
  };
}
